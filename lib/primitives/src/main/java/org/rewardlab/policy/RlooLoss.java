package org.rewardlab.policy;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * PPO's clip on whole sequences, each one action: the loss of leave-one-out REINFORCE when a batch is used more than
 * once. Ahmadian et al. 2024, section 3.
 *
 * <p>The ratio of a row is {@code exp(sum of logps - oldLogps)} over its counted tokens, its advantage the mean of
 * theirs; the loss is the mean over rows of {@code max(-A r, -A clip(r))}. Sequence log-probabilities (B,1) with a mask
 * of ones give the same. On policy its gradient is that of {@link Reinforce} with sums over tokens.
 *
 * <p>{@code losses} are (B). Metrics: {@code actor/pg_clipfrac} over rows, {@code actor/ppo_kl} over tokens. Rejects
 * importance weights.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, 1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new RlooLoss(0.2, 0.2).loss(batch).losses()  // ratio exp(0 + 0.5 - 0.5) of the whole sequence
 * // => ND: (1) cpu() float32 [-1.]
 * }</pre>
 *
 * @param clipLow how far a ratio may fall below 1, above 0
 * @param clipHigh how far it may rise above 1, above 0
 */
public record RlooLoss(double clipLow, double clipHigh) implements PolicyLoss {

    private static final SequenceFormula FORMULA = SequenceFormula.of(
            """
            ratio = torch.exp(torch.sum(x, [-1], True))
            mean = torch.div(torch.sum(a, [-1], True), torch.clamp(lengths, 1.))
            plain = torch.neg(torch.mul(mean, ratio))
            clipped = torch.neg(torch.mul(mean, torch.clamp(ratio, 1. - low, 1. + high)))
            losses = torch.squeeze(torch.maximum(plain, clipped), -1)
            held = torch.gt(clipped, plain)
            """,
            "slope = torch.mul(torch.where(held, torch.zeros_like(plain), plain), m)",
            "torch.mean(torch.type_as(held, logps))");

    public RlooLoss {
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(unweighted(batch), clipLow, clipHigh, 0);
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(unweighted(batch), clipLow, clipHigh, 0);
    }

    private static PolicyBatch unweighted(PolicyBatch batch) {
        if (batch.isWeights() != null) {
            throw Check.failure("isWeights", "none", batch.isWeights().getShape());
        }
        return batch;
    }
}
