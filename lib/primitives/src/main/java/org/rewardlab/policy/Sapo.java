package org.rewardlab.policy;

import java.util.List;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Soft adaptive policy optimization: a sigmoid gate in place of PPO's clip. Gao et al. 2025, eq. 6.
 *
 * <p>{@code -A (4/tau) sigmoid(tau (r - 1))}, {@code tau = tauPos} where A is positive and {@code tauNeg} elsewhere;
 * log-ratios are clamped to [-20, 20]. On policy its gradient is that of PPO, {@code -A}; away from it the gradient
 * fades, faster for a larger tau. Metric: {@code actor/ppo_kl}.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * new Sapo(1, 1.05).loss(batch).losses()
 * // => ND: (1, 3) cpu() float32 [[-2., -2.6269, 1.5168]]
 * new Sapo(1, 1.05).lossAndGradients(batch).of("logps")
 * // => ND: (1, 3) cpu() float32 [[-0.3333, -0.4956, 0.1938]]
 * }</pre>
 *
 * @param tauPos steepness for good tokens, above 0
 * @param tauNeg steepness for the others, above 0
 * @param aggregation which denominator; the published one is a mean over tokens, then over sequences
 */
public record Sapo(double tauPos, double tauNeg, Aggregation aggregation) implements PolicyLoss {

    private static final PolicyFormula FORMULA =
            PolicyFormula.of(List.of("pos: float", "neg: float"), """
            x = torch.clamp(d, -20., 20.)
            ratio = torch.exp(x)
            tau = torch.where(torch.gt(a, 0), torch.full_like(zero, pos), torch.full_like(zero, neg))
            gate = torch.sigmoid(torch.mul(tau, torch.sub(ratio, 1)))
            losses = torch.neg(torch.div(torch.mul(torch.mul(a, gate), 4.), tau))
            """, """
            steep = torch.mul(torch.mul(gate, torch.rsub(gate, 1)), ratio)
            slope = torch.mul(torch.mul(a, steep), -4.)
            slope = torch.where(torch.gt(torch.abs(d), 20.), zero, slope)
            """, PolicyFormula.PPO_KL);

    public Sapo {
        Check.positive("tauPos", tauPos);
        Check.positive("tauNeg", tauNeg);
    }

    /** With means over tokens, then over sequences. */
    public Sapo(double tauPos, double tauNeg) {
        this(tauPos, tauNeg, Aggregation.sequenceMeanTokenMean());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        return FORMULA.loss(batch, aggregation, PolicyFormula.NOTHING, tauPos, tauNeg);
    }

    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        return FORMULA.lossAndGradients(batch, aggregation, PolicyFormula.NOTHING, tauPos, tauNeg);
    }
}
