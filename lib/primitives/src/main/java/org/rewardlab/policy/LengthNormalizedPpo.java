package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * PPO on whole sentences whose ratio does not grow with their length, with a penalty for leaving the reference. Shi et al. 2021 (Refine and
 * Imitate), section 3.3.
 *
 * <p>With l the mean of {@code logps} over a row's counted tokens, the ratio is {@code exp(l - lOld)} and the loss the mean over rows of {@code
 * max(-A r, -A clip(r))}, A the mean advantage of the row's counted tokens, plus {@code klCoefficient} times the penalty. Saying every token
 * twice leaves the ratio as it is. {@link Gspo} has the same ratio and a gradient for each token alone. On policy the gradient of a token
 * is {@code -A / (length B)}.
 *
 * <p>Old and reference log-probabilities and advantages are constants. The released code also offers the full divergence of the policy
 * from the reference, summed over tokens: that is {@link Kl#exact} forward.
 *
 * <p>{@code losses} are (B), penalty included. Metrics: {@code policy_loss}, {@code kl_penalty} (before its coefficient; 0 without a
 * reference), {@code actor/pg_clipfrac} over rows. Rejects a row without counted token, importance weights, and a missing reference unless
 * the coefficient is 0.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *                 nd.create(new float[][] {{-1, -2, 0, 0}, {-1, -2, -1, -2}}),              // the same, said twice
 *                 nd.create(new float[][] {{-1.1f, -2.1f, 0, 0}, {-1.1f, -2.1f, -1.1f, -2.1f}}),
 *                 nd.create(new float[][] {{1, 1, 1, 1}, {1, 1, 1, 1}}),                    // advantages
 *                 nd.create(new float[][] {{1, 1, 0, 0}, {1, 1, 1, 1}}))                    // mask
 *         .withRefLogps(nd.create(new float[][] {{0, -1, 0, 0}, {0, -1, 0, -1}}));          // 1 above the policy
 * var ppo = new LengthNormalizedPpo(0.2, 0.1, LengthNormalizedPpo.Distance.SQUARED);
 * ppo.ratios(batch)
 * // => ND: (2) cpu() float32 [1.1052, 1.1052]
 * ppo.loss(batch).losses() // -1.1052 + 0.1 * 1
 * // => ND: (2) cpu() float32 [-1.0052, -1.0052]
 * ppo.loss(batch).metrics().toMap()
 * // => {policy_loss=-1.1051708459854126, kl_penalty=1.0, actor/pg_clipfrac=0.0}
 * }</pre>
 *
 * @param clip how far a ratio may move from 1, above 0
 * @param klCoefficient weight of the penalty, at least 0
 * @param penalty how the distance to the reference is measured
 */
public record LengthNormalizedPpo(double clip, double klCoefficient, Distance penalty) implements PolicyLoss {

    /** How the distance to the reference is measured. */
    public enum Distance {
        /** The square of the difference of mean log-probabilities. */
        SQUARED,
        /** The mean over a row's tokens of {@code exp(d) - d - 1} with {@code d = refLogps - logps}. */
        K3
    }

    private static final List<String> METRICS = List.of("policy_loss", "kl_penalty", "actor/pg_clipfrac");

    private static final String SIGNATURE =
            "(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, ref: List[Tensor],"
                    + " clip: float, coefficient: float, squared: bool) -> List[Tensor]:\n";

    private static final String BODY = """
              counted = mask != 0
              zero = torch.zeros_like(logps)
              m = torch.type_as(counted, logps)
              n = torch.sum(m, [-1])
              x = torch.where(counted, logps - torch.detach(old), zero)
              a = torch.sum(torch.where(counted, torch.detach(adv), zero), [-1]) / n
              ratio = torch.exp(torch.sum(x, [-1]) / n)
              plain = -a * ratio
              clipped = -a * torch.clamp(ratio, 1. - clip, 1. + clip)
              policy = torch.maximum(plain, clipped)
              held = torch.type_as(clipped > plain, logps)
              penalty = torch.zeros_like(policy)
              d = zero
              mean = torch.zeros_like(policy)
              if len(ref) > 0:
                d = torch.where(counted, torch.detach(ref[0]) - logps, zero)
                mean = torch.sum(d, [-1]) / n
                if squared:
                  penalty = mean * mean
                else:
                  penalty = torch.sum(m * (torch.expm1(d) - d), [-1]) / n
              losses = policy
              if coefficient > 0.:
                losses = policy + coefficient * penalty
              loss = torch.mean(losses)
              metrics = torch.detach(torch.stack([torch.mean(policy), torch.mean(penalty), torch.mean(held)], 0))
            """;

    private static final Script LOSS = Script.of("def loss" + SIGNATURE + BODY + "  return [loss, losses, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + BODY + """
              slope = torch.expand_as(torch.unsqueeze(plain * (1. - held), -1), logps)
              if coefficient > 0.:
                if squared:
                  slope = slope - torch.unsqueeze(2. * coefficient * mean, -1)
                else:
                  slope = slope - coefficient * torch.expm1(d)
              slope = m * slope / torch.unsqueeze(n * torch.numel(n), -1)
              return [loss, losses, metrics, slope]
            """);

    private static final Script RATIOS = Script.of("def ratios" + SIGNATURE + BODY + "  return [ratio]\n");

    public LengthNormalizedPpo {
        Check.positive("clip", clip);
        Check.notNegative("klCoefficient", klCoefficient);
    }

    /** Clip 0.2 and 0.01 times the squared distance. */
    public LengthNormalizedPpo() {
        this(0.2, 0.01, Distance.SQUARED);
    }

    /** {@inheritDoc} */
    @Override
    public Set<PolicyBatch.Part> reads() {
        return klCoefficient > 0 ? Set.of(PolicyBatch.Part.REF_LOGPS) : Set.of();
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return output(run(LOSS, batch));
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(GRADIENTS, batch);
            return new LossGradients(output(results), Map.of("logps", results[3]));
        }
    }

    /** The ratio of each row (B), constant. */
    public NDArray ratios(PolicyBatch batch) {
        try (GradientMode mode = GradientMode.paused()) {
            return run(RATIOS, batch)[0];
        }
    }

    private NDArray[] run(Script script, PolicyBatch batch) {
        batch.check();
        if (batch.isWeights() != null) {
            throw Check.failure("isWeights", "none", batch.isWeights().getShape());
        }
        double[][] mask = Tensors.toRows(batch.mask());
        for (int b = 0; b < mask.length; b++) {
            double counted = 0;
            for (double flag : mask[b]) {
                counted += flag;
            }
            if (counted == 0) {
                throw Check.failure("mask", "a counted token in each row", "none in row " + b);
            }
        }
        NDArray reference = batch.refLogps();
        if (klCoefficient > 0) {
            Check.present("refLogps", reference, "a penalty with coefficient " + klCoefficient);
        }
        return script.callMany(
                batch.logps(),
                batch.oldLogps(),
                batch.advantages(),
                batch.mask(),
                reference == null ? new NDArray[0] : new NDArray[] {reference},
                clip,
                klCoefficient,
                penalty == Distance.SQUARED);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
