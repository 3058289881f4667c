package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Efficient exact optimization on pairs: the reverse KL divergence between the preference that the policy implies and a
 * smoothed label. Ji et al. 2024.
 *
 * <p>{@code p (log sigmoid(z) - log(1-e)) + (1-p) (log sigmoid(-z) - log e)} with {@code p = sigmoid(z)},
 * differentiated through p too; 0 where p = 1-e, and a step beyond that is pulled back.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new ExoPair(0.5).loss(pairs).losses()
 * // => ND: (2) cpu() float32 [1.2763, 3.6373]
 * new ExoPair(0.5, 0.25).loss(pairs).losses()   // p = 0.73 is close to 1 - e, so the loss is close to 0
 * // => ND: (2) cpu() float32 [0.0009, 0.3087]
 * }</pre>
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
