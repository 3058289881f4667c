package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Efficient exact optimization on pairs: the reverse KL divergence between the preference that the policy implies and a
 * smoothed label. Ji et al. 2024.
 *
 * <p>{@code p (log sigmoid(z) - log(1-e)) + (1-p) (log sigmoid(-z) - log e)} with {@code p = sigmoid(z)}, differentiated
 * through p too; 0 where p = 1-e, and a step beyond that is pulled back.
 *
 * @param beta strength of the pull to the reference, above 0
 * @param labelSmoothing probability e left to the other response, in (0, 1); 1e-3 is usual
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record ExoPair(double beta, double labelSmoothing, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.ofMargin(
            "torch.sigmoid(z) * (torch.log_sigmoid(z) - torch.log(1. - e)) + torch.sigmoid(-z) * (torch.log_sigmoid(-z) - torch.log(e))",
            "torch.sigmoid(z) * torch.sigmoid(-z) * (z + torch.log(e) - torch.log(1. - e))");

    public ExoPair {
        Check.positive("beta", beta);
        Check.strictlyWithin("labelSmoothing", labelSmoothing, 0, 1);
    }

    /** With the usual smoothing of 0.001. */
    public ExoPair(double beta) {
        this(beta, 1e-3);
    }

    /** With reverse KL. */
    public ExoPair(double beta, double labelSmoothing) {
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
