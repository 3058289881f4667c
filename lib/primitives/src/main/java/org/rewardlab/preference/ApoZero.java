package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Anchored preference optimization that makes preferred responses more and others less likely than under the reference:
 * for a policy that is worse than the data. D'Oosterlinck et al. 2024.
 *
 * <p>{@code 1 - sigmoid(beta (chosen - refChosen)) + sigmoid(beta (rejected - refRejected))}.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new ApoZero(0.5).loss(pairs).losses()
 * // => ND: (2) cpu() float32 [0.7551, 1.1086]
 * new ApoZero(0.5).lossAndGradients(pairs).of("chosenLogps")     // always up
 * // => ND: (2) cpu() float32 [-0.0588, -0.0588]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 */
public record ApoZero(double beta) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.of(
            "torch.sigmoid(-beta * uc) + torch.sigmoid(beta * ur)",
            "-beta * torch.sigmoid(beta * uc) * torch.sigmoid(-beta * uc)",
            "beta * torch.sigmoid(beta * ur) * torch.sigmoid(-beta * ur)");

    public ApoZero {
        Check.positive("beta", beta);
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return FORMULA.loss(pairs, beta, 0, FDivergence.reverseKl());
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return FORMULA.lossAndGradients(pairs, beta, 0, FDivergence.reverseKl());
    }
}
