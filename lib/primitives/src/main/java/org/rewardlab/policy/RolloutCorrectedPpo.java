package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Set;
import org.rewardlab.policy.PolicyFormula.Metric;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * PPO whose token losses are weighted by how far the engine that sampled was from the policy it stood for. Yao et al.
 * 2025 (truncated importance sampling); IcePop, Ling team 2025.
 *
 * <p>With {@code w = exp(oldLogps - rolloutLogps)}, constant: {@code w max(-A r, -A clip(r))}, no dual clip. All
 * counted tokens stay in the denominator, also those of weight 0. With an engine that gives the policy's own numbers
 * every weight is 1 and the loss is {@link PpoClip} without its dual clip.
 *
 * <p>Metrics: {@code actor/pg_clipfrac}, {@code actor/ppo_kl} and {@code rollout_kl}, the mean of
 * {@code rolloutLogps - oldLogps}. Rejects a batch without rollout log-probabilities.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * var engine = nd.create(new float[][] {{-1, -2.5f, -0.5f}});   // what the engine that sampled says: weights 1, 2.7, 1
 * new RolloutCorrectedPpo(RolloutCorrectedPpo.Correction.TIS, 0, 2, 0.2, 0.2, Aggregation.tokenMean())
 *         .loss(batch.withRolloutLogps(engine)).losses()
 * // => ND: (1, 3) cpu() float32 [[-1., -2.4, 0.8]]
 * }</pre>
 *
 * @param correction what becomes of the weights
 * @param low lower end of their range, at least 0
 * @param high upper end of their range, above the lower
 * @param clipLow how far a ratio may fall below 1, above 0
 * @param clipHigh how far it may rise above 1, above 0
 * @param aggregation which denominator
 */
public record RolloutCorrectedPpo(
        Correction correction, double low, double high, double clipLow, double clipHigh, Aggregation aggregation)
        implements PolicyLoss {

    /** What becomes of importance weights outside the range. */
    public enum Correction {
        /** They are clamped to it: truncated importance sampling. */
        TIS("tis", 0),
        /** They become 0. */
        ICEPOP("icepop", 1),
        /** Weights stay; a row whose geometric mean weight is outside loses all tokens. */
        SEQ_MASK_TIS("seq-mask-tis", 2);

        private final String label;
        private final long code;

        Correction(String label, long code) {
            this.label = label;
            this.code = code;
        }

        /** The correction of that name. */
        public static Correction of(String name) {
            return Labels.find("correction", name, values());
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final PolicyFormula FORMULA = PolicyFormula.of(
            List.of("low: float", "high: float", "correction: int", "least: float", "most: float"),
            PpoClip.RATIO + """
                    apart = torch.detach(self.kept(torch.sub(old, extra[0]), mask, m, finite))
                    rollout = torch.exp(apart)
                    if correction == 0:
                      rollout = torch.clamp(rollout, least, most)
                    else:
                      judged = rollout
                      if correction == 2:
                        judged = torch.exp(torch.div(torch.sum(apart, [-1], True), torch.clamp(lengths, 1.)))
                      inside = torch.logical_and(torch.ge(judged, least), torch.le(judged, most))
                      rollout = torch.where(inside, rollout, zero)
                    losses = torch.mul(rollout, losses)
                    """,
            PpoClip.SLOPE + "slope = torch.mul(rollout, slope)\n",
            PolicyFormula.CLIP_FRACTION,
            PolicyFormula.PPO_KL,
            new Metric("rollout_kl", "torch.neg(torch.div(torch.sum(apart), torch.clamp(n, 1.)))"));

    public RolloutCorrectedPpo {
        Check.notNegative("low", low);
        if (!(high > low && Double.isFinite(high))) {
            throw Check.failure("high", "a finite number above low = " + low, high);
        }
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
    }

    /** {@inheritDoc} */
    @Override
    public Set<PolicyBatch.Part> reads() {
        return Set.of(PolicyBatch.Part.ROLLOUT_LOGPS);
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, aggregation, this::rollout, parameters());
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, aggregation, this::rollout, parameters());
    }

    private NDArray[] rollout(PolicyBatch batch) {
        NDArray rollout = Check.present("rolloutLogps", batch.rolloutLogps(), "a rollout correction");
        return new NDArray[] {rollout};
    }

    private Object[] parameters() {
        return new Object[] {clipLow, clipHigh, correction.code, low, high};
    }
}
