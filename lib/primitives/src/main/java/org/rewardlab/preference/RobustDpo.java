package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * DPO whose expectation under a known rate of flipped labels is that of DPO on clean ones. Chowdhury et al. 2024,
 * "Provably robust DPO".
 *
 * <p>{@code (-(1-e) log sigmoid(z) + e log sigmoid(-z)) / (1-2e)}; it can be negative. With e = 0 it is {@link Dpo}.
 *
 * <pre>{@code
 * var policy = nd.create(new float[] {-10, -9});
 * var reference = nd.create(new float[] {-11, -11});
 * var pairs = new PairLogps(policy, reference, reference, policy);   // log-ratios 1, 2 and -1, -2
 * new RobustDpo(1, 0).loss(pairs).losses()
 * // => ND: (2) cpu() float32 [0.1269, 0.0181]
 * new RobustDpo(1, 0.1).loss(pairs).losses()                         // lower where DPO is confident
 * // => ND: (2) cpu() float32 [-0.1231, -0.4819]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param labelSmoothing rate e of flipped labels, in [0, 0.5)
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record RobustDpo(double beta, double labelSmoothing, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.ofMargin(
            "((e - 1.) * torch.log_sigmoid(z) + e * torch.log_sigmoid(-z)) / (1. - 2. * e)",
            "((e - 1.) * torch.sigmoid(-z) - e * torch.sigmoid(z)) / (1. - 2. * e)");

    public RobustDpo {
        Check.positive("beta", beta);
        Check.withinHalfOpen("labelSmoothing", labelSmoothing, 0, 0.5);
    }

    /** With reverse KL. */
    public RobustDpo(double beta, double labelSmoothing) {
        this(beta, labelSmoothing, FDivergence.reverseKl());
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return FORMULA.loss(pairs, beta, labelSmoothing, divergence);
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return FORMULA.lossAndGradients(pairs, beta, labelSmoothing, divergence);
    }
}
