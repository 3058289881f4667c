package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * The loss that a search over loss functions by a language model discovered: logistic for close pairs, exponential for
 * clear ones. Lu et al. 2024 (DiscoPOP, the log-ratio modulated loss).
 *
 * <p>{@code -(1-w) log sigmoid(z) + w exp(-z)} with {@code w = sigmoid(z / tau)}, differentiated through w too. The
 * product {@code w exp(-z)} is one exponential, so that wrongly ordered pairs far apart overflow in neither factor.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new DiscoPop(0.05).loss(pairs).losses()       // z = 0.1 and -0.05
 * // => ND: (2) cpu() float32 [0.8738, 0.808]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param tau how sharply the two losses are told apart, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record DiscoPop(double beta, double tau, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.ofMargin(
            "torch.exp(torch.log_sigmoid(z / e) - z) - torch.log_sigmoid(z) * torch.sigmoid(-z / e)",
            "torch.exp(torch.log_sigmoid(z / e) - z) * (torch.sigmoid(-z / e) / e - 1.)"
                    + " - torch.sigmoid(-z) * torch.sigmoid(-z / e)"
                    + " + torch.log_sigmoid(z) * torch.sigmoid(z / e) * torch.sigmoid(-z / e) / e");

    public DiscoPop {
        Check.positive("beta", beta);
        Check.positive("tau", tau);
    }

    /** With the published temperature of 0.05. */
    public DiscoPop(double beta) {
        this(beta, 0.05);
    }

    /** With reverse KL. */
    public DiscoPop(double beta, double tau) {
        this(beta, tau, FDivergence.reverseKl());
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return FORMULA.loss(pairs, beta, tau, divergence);
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return FORMULA.lossAndGradients(pairs, beta, tau, divergence);
    }
}
