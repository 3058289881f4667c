package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Anchored preference optimization that makes both responses less likely, the preferred one less so: for a policy that
 * is better than the data. D'Oosterlinck et al. 2024.
 *
 * <p>{@code sigmoid(beta u) + 1 - sigmoid(z)} with the log-ratio u of the preferred response and z as in {@link Dpo}.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new ApoDown(0.5).loss(pairs).losses()
 * // => ND: (2) cpu() float32 [0.8914, 1.2449]
 * new ApoDown(0.5).lossAndGradients(pairs).of("chosenLogps")     // the first pair's goes down
 * // => ND: (2) cpu() float32 [0.0096, 0.]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record ApoDown(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.ofScoresAndRatio(
            "torch.sigmoid(beta * uc) + torch.sigmoid(-z)",
            "-beta * torch.sigmoid(z) * torch.sigmoid(-z)",
            "beta * torch.sigmoid(z) * torch.sigmoid(-z)",
            "beta * torch.sigmoid(beta * uc) * torch.sigmoid(-beta * uc)");

    public ApoDown {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public ApoDown(double beta) {
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
