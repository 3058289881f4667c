package org.rewardlab.policy;

import java.util.List;
import org.rewardlab.policy.PolicyFormula.Metric;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * REINFORCE with a clipped importance weight, so that no token loses its gradient. MiniMax 2025 (M1), eq. 4.
 *
 * <p>{@code -sg[clip(r, 1-clipLow, 1+clipHigh)] A logps}, log-ratios clamped to [-20, 20]. With a very wide range and
 * on policy it is {@link Reinforce}. Metrics: {@code actor/pg_clipfrac}, tokens whose ratio is outside the range, and
 * {@code actor/ppo_kl}. {@link GrpoSurrogate.Capped} has no lower end and an absolute upper one.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new Cispo(0.2, 0.2).loss(batch).losses()
 * // => ND: (1, 3) cpu() float32 [[1., 1.2, -0.8]]
 * new Cispo(0.2, 0.2).lossAndGradients(batch).of("logps")  // a clipped weight, and no token without a pull
 * // => ND: (1, 3) cpu() float32 [[-0.3333, -0.4, 0.2667]]
 * }</pre>
 *
 * @param clipLow how far a weight may fall below 1, above 0
 * @param clipHigh how far it may rise above 1, above 0
 * @param aggregation which denominator
 */
public record Cispo(double clipLow, double clipHigh, Aggregation aggregation) implements PolicyLoss {

    private static final PolicyFormula FORMULA = PolicyFormula.of(
            List.of("low: float", "high: float"),
            """
            x = torch.clamp(torch.detach(d), -20., 20.)
            ratio = torch.exp(x)
            clip = torch.clamp(ratio, 1. - low, 1. + high)
            slope = torch.neg(torch.mul(a, clip))
            losses = torch.mul(slope, self.kept(logps, mask, m, finite))
            """,
            "",
            new Metric(
                    "actor/pg_clipfrac",
                    "torch.div(torch.sum(torch.mul(torch.type_as(torch.ne(clip, ratio), m), m)), n8)"),
            PolicyFormula.PPO_KL);

    public Cispo {
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
    }

    /** With a mean over tokens. */
    public Cispo(double clipLow, double clipHigh) {
        this(clipLow, clipHigh, Aggregation.tokenMean());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, aggregation, PolicyFormula.NOTHING, clipLow, clipHigh);
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, aggregation, PolicyFormula.NOTHING, clipLow, clipHigh);
    }
}
