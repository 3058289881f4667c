package org.rewardlab.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.policy.PolicyFormula.Metric;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * The clipped surrogate of proximal policy optimization. Schulman et al. 2017, eq. 7; dual clip of Ye et al. 2020;
 * clip-higher of Yu et al. 2025 (DAPO).
 *
 * <p>With {@code r = exp(logps - oldLogps)} (the exponent clamped to [-20, 20]): {@code max(-A r, -A clip(r, 1-clipLow,
 * 1+clipHigh))}, and where A is negative at most {@code -A dualClip}. On policy the value is {@code -mean A} and the
 * gradient {@code -A} over the denominator.
 *
 * <p>Metrics over counted tokens: {@code actor/pg_clipfrac} where the clip decided, {@code actor/pg_clipfrac_lower}
 * where the dual clip did, {@code actor/ppo_kl}.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new PpoClip(0.2, 0.2).loss(batch).losses()
 * // => ND: (1, 3) cpu() float32 [[-1., -1.2, 0.8]]
 * new PpoClip(0.2, 0.2).lossAndGradients(batch).of("logps")  // no pull where the clip decides
 * // => ND: (1, 3) cpu() float32 [[-0.3333, -0., 0.]]
 * }</pre>
 *
 * @param clipLow how far a ratio may fall below 1, above 0
 * @param clipHigh how far it may rise above 1, above 0
 * @param dualClip bound on the loss of bad tokens, above 1; null for none
 * @param aggregation which denominator
 */
public record PpoClip(
        double clipLow, double clipHigh, @Nullable Double dualClip, Aggregation aggregation) implements PolicyLoss {

    /**
     * Log-ratios {@code x}, {@code ratio}, the losses {@code plain} and {@code clipped}, and 1 where the clip decides.
     */
    static final String RATIO = """
            x = torch.clamp(d, -20., 20.)
            ratio = torch.exp(x)
            plain = torch.neg(torch.mul(a, ratio))
            clipped = torch.neg(torch.mul(a, torch.clamp(ratio, 1. - low, 1. + high)))
            losses = torch.maximum(plain, clipped)
            held = torch.sign(torch.relu(torch.sub(clipped, plain)))
            """;

    /** The derivative of the larger of {@code plain} and {@code clipped}. */
    static final String SLOPE = """
            far = torch.sign(torch.abs(torch.sub(d, x)))
            slope = torch.mul(plain, torch.relu(torch.rsub(torch.add(held, far), 1)))
            """;

    /** Losses of bad tokens are positive, those of good ones are not: a bound of 0 changes nothing there. */
    private static final PolicyFormula FORMULA = PolicyFormula.of(
            List.of("low: float", "high: float", "dual: float"),
            RATIO + """
                    beyond = torch.zeros_like(n)
                    if dual > 0.:
                      bound = torch.mul(torch.clamp_max(a, 0.), torch.neg(dual))
                      beyond = torch.sign(torch.relu(torch.detach(torch.sub(losses, bound))))
                      losses = torch.minimum(losses, bound)
                    """,
            """
            far = torch.sign(torch.abs(torch.sub(d, x)))
            slope = torch.mul(plain, torch.relu(torch.rsub(torch.add(torch.add(held, far), beyond), 1)))
            """,
            PolicyFormula.CLIP_FRACTION,
            new Metric("actor/pg_clipfrac_lower", "torch.div(torch.sum(beyond), n8)"),
            PolicyFormula.PPO_KL);

    public PpoClip {
        Check.positive("clipLow", clipLow);
        Check.positive("clipHigh", clipHigh);
        if (dualClip != null && !(dualClip > 1 && Double.isFinite(dualClip))) {
            throw Check.failure("dualClip", "a finite number above 1, or none", dualClip);
        }
    }

    /** With the dual clip at 3 and a mean over tokens. */
    public PpoClip(double clipLow, double clipHigh) {
        this(clipLow, clipHigh, 3.0, Aggregation.tokenMean());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, aggregation, PolicyFormula.NOTHING, clipLow, clipHigh, dual());
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, aggregation, PolicyFormula.NOTHING, clipLow, clipHigh, dual());
    }

    private double dual() {
        return dualClip == null ? 0 : dualClip;
    }
}
