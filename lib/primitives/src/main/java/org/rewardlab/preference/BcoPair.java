package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Binary classifier optimization on pairs: preferred responses are one class, the others the second, with no shift between
 * them. Jung et al. 2024; {@link Bco} is the loss with its running shift.
 *
 * <p>{@code -log sigmoid(beta c) - log sigmoid(-beta r)} with the scores c and r of the log-ratios.
 *
 * @param beta strength of the pull to the reference, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record BcoPair(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.of(
            "-torch.log_sigmoid(beta * c) - torch.log_sigmoid(-beta * r)",
            "-beta * torch.sigmoid(-beta * c)",
            "beta * torch.sigmoid(beta * r)");

    public BcoPair {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public BcoPair(double beta) {
        this(beta, FDivergence.reverseKl());
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return FORMULA.loss(pairs, beta, 0, divergence);
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return FORMULA.lossAndGradients(pairs, beta, 0, divergence);
    }
}
