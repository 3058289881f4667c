package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * DPO whose expectation under a known rate of flipped labels is that of DPO on clean ones. Chowdhury et al. 2024, "Provably
 * robust DPO".
 *
 * <p>{@code (-(1-e) log sigmoid(z) + e log sigmoid(-z)) / (1-2e)}; it can be negative. With e = 0 it is {@link Dpo}.
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
