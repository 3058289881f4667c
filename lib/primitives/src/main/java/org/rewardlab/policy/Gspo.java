package org.rewardlab.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Group sequence policy optimization: one ratio for a whole sequence. Zheng et al. 2025, eq. 5 with the token form of
 * eq. 14.
 *
 * <p>The ratio of every token is {@code exp(s)}, {@code s} the mean of {@code logps - oldLogps} over the counted tokens
 * of its row, at most {@code exp(10)}, with gradient to that token alone; it is clipped as in PPO, so whole sequences
 * are clipped at once. Means over tokens, then over rows. With one token in a row it is {@link PpoClip} without its
 * dual clip.
 *
 * <p>Metrics: {@code actor/pg_clipfrac}, {@code actor/ppo_kl}.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new Gspo(3e-4, 4e-4).loss(batch).losses()  // one ratio, exp of the mean of 0, 0.5 and -0.5: 1
 * // => ND: (1, 3) cpu() float32 [[-1., -1., 1.]]
 * new Gspo(3e-4, 4e-4).lossAndGradients(batch).of("logps")
 * // => ND: (1, 3) cpu() float32 [[-0.3333, -0.3333, 0.3333]]
 * }</pre>
 *
 * @param clipLow how far a ratio may fall below 1, above 0; 3e-4 is usual
 * @param clipHigh how far it may rise above 1, above 0; 4e-4 is usual
 * @param globalBatchSize non-empty rows of the whole optimizer step; null for those of the batch
 */
public record Gspo(
        double clipLow, double clipHigh, @Nullable Double globalBatchSize) implements PolicyLoss {

    private static final PolicyFormula FORMULA = PolicyFormula.of(
            List.of("low: float", "high: float"), """
            x = d
            s = torch.detach(torch.div(torch.sum(x, [-1], True), torch.clamp(lengths, 1.)))
            own = torch.sub(x, torch.detach(x))
            ratio = torch.exp(torch.clamp_max(torch.add(own, s), 10.))
            plain = torch.neg(torch.mul(a, ratio))
            clipped = torch.neg(torch.mul(a, torch.clamp(ratio, 1. - low, 1. + high)))
            losses = torch.maximum(plain, clipped)
            held = torch.sign(torch.relu(torch.sub(clipped, plain)))
            """, """
            far = torch.type_as(torch.gt(s, 10.), s)
            slope = torch.mul(plain, torch.relu(torch.rsub(torch.add(held, far), 1)))
            """, PolicyFormula.CLIP_FRACTION, PolicyFormula.PPO_KL);

    public Gspo {
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
        if (globalBatchSize != null) {
            Check.positive("globalBatchSize", globalBatchSize);
        }
    }

    /** With the rows of the batch as denominator. */
    public Gspo(double clipLow, double clipHigh) {
        this(clipLow, clipHigh, null);
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, aggregation(), PolicyFormula.NOTHING, clipLow, clipHigh);
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, aggregation(), PolicyFormula.NOTHING, clipLow, clipHigh);
    }

    private Aggregation aggregation() {
        return new Aggregation(Aggregation.Mode.SEQ_MEAN_TOKEN_MEAN, null, globalBatchSize, null);
    }
}
