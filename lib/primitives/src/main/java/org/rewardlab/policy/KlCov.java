package org.rewardlab.policy;

import java.util.List;
import org.rewardlab.policy.PolicyFormula.Metric;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * An unclipped surrogate that holds back the few tokens whose log-probability and advantage move together most. Cui et
 * al. 2025, "The entropy mechanism of RL", eq. 13.
 *
 * <p>{@code -A r}, and for the {@code max(1, floor(ratio * counted))} counted tokens of largest {@code (A - mean
 * A)(logps - mean logps)} also {@code klCoefficient |logps - oldLogps|}. With a coefficient of 0 it is {@link PpoClip}
 * with an endless range.
 *
 * <p>Metrics: {@code actor/ppo_kl}, {@code actor/ppo_kl_abs}, the mean size of the log-ratio.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1.2f, -0.5f, -1}}),     // policy in training
 *         nd.create(new float[][] {{-1.2f, -1, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new KlCov(0.4, 1).loss(batch).losses()  // |x| is added to the second token
 * // => ND: (1, 3) cpu() float32 [[-1., -1.1487, 0.6065]]
 * new KlCov(0.4, 1).lossAndGradients(batch).of("logps")
 * // => ND: (1, 3) cpu() float32 [[-0.3333, -0.2162, 0.2022]]
 * }</pre>
 *
 * @param ratio share of counted tokens that is held, in (0, 1]; 2e-4 is usual
 * @param klCoefficient how strongly, at least 0
 * @param aggregation which denominator
 */
public record KlCov(double ratio, double klCoefficient, Aggregation aggregation) implements PolicyLoss {

    private static final PolicyFormula FORMULA = PolicyFormula.of(
            List.of("share_held: float", "coefficient: float"),
            """
            x = d
            plain = torch.neg(torch.mul(a, torch.exp(x)))
            lp = self.kept(torch.detach(logps), mask, m, finite)
            n1 = torch.clamp(n, 1.)
            cov = torch.mul(torch.sub(a, torch.div(torch.sum(a), n1)), torch.sub(lp, torch.div(torch.sum(lp), n1)))
            ranked = torch.masked_fill(torch.reshape(cov, [-1]), torch.reshape(torch.eq(m, 0), [-1]), torch.neg(inf))
            many = int(torch.clamp(torch.floor(torch.mul(torch.to(n, 7), share_held)), 1.))
            top, where = torch.topk(ranked, many)
            held = torch.reshape(torch.scatter(torch.reshape(torch.zeros_like(zero), [-1]), 0, where, 1.), torch.size(zero))
            held = torch.mul(held, m)
            losses = torch.add(plain, torch.mul(torch.mul(held, torch.abs(x)), coefficient))
            """,
            "slope = torch.add(plain, torch.mul(torch.mul(held, torch.sign(x)), coefficient))",
            PolicyFormula.PPO_KL,
            new Metric("actor/ppo_kl_abs", "torch.div(torch.sum(torch.abs(x)), n8)"));

    public KlCov {
        if (!(ratio > 0 && ratio <= 1)) {
            throw Check.failure("ratio", "a number in (0, 1]", ratio);
        }
        Check.notNegative("klCoefficient", klCoefficient);
    }

    /** With a mean over tokens. */
    public KlCov(double ratio, double klCoefficient) {
        this(ratio, klCoefficient, Aggregation.tokenMean());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, aggregation, PolicyFormula.NOTHING, ratio, klCoefficient);
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, aggregation, PolicyFormula.NOTHING, ratio, klCoefficient);
    }
}
