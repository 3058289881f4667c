package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * {@link Simpo} with a token regulariser, no reference. Zhou et al. 2024 (T-REG); the weight is our reading.
 *
 * <p>{@code -log sigmoid(R_c - R_r - gamma) + alpha w (reg_c + reg_r)} with R the mean log-probability of a token times
 * beta, {@link TokenRegularizer} means reg and {@code w = sigmoid(R_r - R_c + gamma)}, a constant. Alpha 0 is SimPO.
 *
 * <p>{@code losses} (B). Metrics: those of {@link PreferenceLoss}, {@code simpo_loss} and {@code token_reg}.
 *
 * <pre>{@code
 * var mask = nd.create(new float[][] {{1, 1}});
 * var rewards = nd.create(new float[][] {{0.5f, -0.5f}}); // in both responses the first token is the better one
 * var pairs = new TokenPairs(
 *         nd.create(new float[][] {{-1, -2}}),
 *         nd.create(new float[][] {{-2, -3}}),
 *         null, null, mask, mask, rewards, rewards);
 * new TokenRegularizedSimpo(2, 1, 0).loss(pairs).losses() // SimPO: margin 2 * (2.5 - 1.5) - 1
 * // => ND: (1) cpu() float32 [0.3133]
 * new TokenRegularizedSimpo(2, 1, 1).loss(pairs).losses()
 * // => ND: (1) cpu() float32 [0.0443]
 * new TokenRegularizedSimpo(2, 1, 1).lossAndGradients(pairs).of("chosenLogps")
 * // => ND: (1, 2) cpu() float32 [[-0.4034, -0.1345]]
 * }</pre>
 *
 * @param beta scale of the difference, above 0
 * @param gamma target margin, finite
 * @param alpha weight of the regulariser, at least 0
 */
public record TokenRegularizedSimpo(double beta, double gamma, double alpha) implements TokenPreferenceLoss {

    public TokenRegularizedSimpo {
        Check.positive("beta", beta);
        Check.finite("gamma", gamma);
        Check.notNegative("alpha", alpha);
    }

    /** With beta 10, gamma 5 and alpha 0.25. */
    public TokenRegularizedSimpo() {
        this(10, 5, 0.25);
    }

    @Override
    public LossOutput loss(TokenPairs pairs) {
        return formula().loss(pairs, "simpo_loss");
    }

    @Override
    public LossGradients lossAndGradients(TokenPairs pairs) {
        return formula().lossAndGradients(pairs, "simpo_loss");
    }

    /** What each pair's regulariser is multiplied by (B), constant. */
    public NDArray weights(TokenPairs pairs) {
        return formula().weights(pairs);
    }

    private TokenRegularizedFormula formula() {
        return new TokenRegularizedFormula(beta, gamma, alpha, true, true, false);
    }
}
