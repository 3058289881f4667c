package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Direct preference optimization: a logistic loss on the difference of implicit rewards. Rafailov et al. 2023, eq. 7; with
 * label smoothing, conservative DPO (Mitchell 2023).
 *
 * <p>{@code -(1-e) log sigmoid(beta z) - e log sigmoid(-beta z)} with {@code z = (chosen - refChosen) - (rejected -
 * refRejected)}. At policy = reference the loss is log 2 and the gradient of each pair -+beta (1-2e) / 2B.
 *
 * @param beta strength of the pull to the reference, above 0
 * @param labelSmoothing share e of pairs whose label is taken to be wrong, in [0, 0.5]
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record Dpo(double beta, double labelSmoothing, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.of(
            "torch.add(torch.mul(torch.softplus(torch.neg(z)), 1. - e), torch.mul(torch.softplus(z), e))",
            "torch.mul(torch.sub(torch.sigmoid(z), 1. - e), beta)",
            "torch.mul(torch.sub(torch.sigmoid(z), 1. - e), -beta)");

    public Dpo {
        Check.positive("beta", beta);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.5);
    }

    /** Without label smoothing. */
    public Dpo(double beta) {
        this(beta, 0);
    }

    /** With reverse KL. */
    public Dpo(double beta, double labelSmoothing) {
        this(beta, labelSmoothing, FDivergence.reverseKl());
    }

    @Override
    public LossOutput loss(PairLogps logps) {
        return FORMULA.loss(logps, beta, labelSmoothing, divergence);
    }

    @Override
    public LossGradients lossAndGradients(PairLogps logps) {
        return FORMULA.lossAndGradients(logps, beta, labelSmoothing, divergence);
    }
}
