package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * {@link Dpo} whose credit is shifted towards the tokens that a weak token reward points at. Zhou et al. 2024 (T-REG).
 *
 * <p>{@code -log sigmoid(R_c - R_r) + alpha w (reg_c + reg_r)} with {@code R = beta sum_t (logps - refLogps)}, {@link
 * TokenRegularizer} reg and the gate {@code w = sigmoid(R_r - R_c)}, a constant: where DPO has learned a pair, the
 * regulariser lets go of it. The gradient at a chosen token is {@code -beta w (1 + alpha r) / B}, at a rejected one {@code
 * beta w (1 - alpha r) / B}: with alpha up to 1 and rewards r up to 1/2 the sign is that of DPO's. Alpha 0 is DPO.
 *
 * <p>{@code losses} (B). Metrics: those of {@link PreferenceLoss}, {@code dpo_loss} and {@code token_reg}, the mean of w
 * times the regularisers. Token rewards ({@link org.rewardlab.credit.ContrastiveTokenRewards}) and references are
 * constants.
 *
 * <pre>{@code
 * var ref = nd.create(new float[][] {{-2, -2}});
 * var mask = nd.create(new float[][] {{1, 1}});
 * var rewards = nd.create(new float[][] {{0.5f, -0.5f}}); // in both responses the first token is the better one
 * var pairs = new TokenPairs(
 *         nd.create(new float[][] {{-1, -2}}),
 *         nd.create(new float[][] {{-2, -3}}),
 *         ref, ref, mask, mask, rewards, rewards);
 * new TokenRegularizedDpo(0.5, 1).weights(pairs)
 * // => ND: (1) cpu() float32 [0.2689]
 * new TokenRegularizedDpo(0.5, 1).lossAndGradients(pairs).of("chosenLogps")   // 3 to 1
 * // => ND: (1, 2) cpu() float32 [[-0.2017, -0.0672]]
 * new TokenRegularizedDpo(0.5, 1).lossAndGradients(pairs).of("rejectedLogps") // 1 to 3
 * // => ND: (1, 2) cpu() float32 [[0.0672, 0.2017]]
 * new TokenRegularizedDpo(0.5, 0).lossAndGradients(pairs).of("chosenLogps")   // DPO
 * // => ND: (1, 2) cpu() float32 [[-0.1345, -0.1345]]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param alpha weight of the regulariser, at least 0
 * @param weighting how a pair's regulariser is weighted
 * @param reduction of the regulariser over a response's tokens
 */
public record TokenRegularizedDpo(double beta, double alpha, Weighting weighting, TokenRegularizer.Reduction reduction)
        implements TokenPreferenceLoss {

    /** What a pair's regulariser is multiplied by. */
    public enum Weighting {
        /** The weight of the pair in DPO's gradient, a constant. */
        SEQUENCE,
        /** 1. */
        STATIC
    }

    public TokenRegularizedDpo {
        Check.positive("beta", beta);
        Check.notNegative("alpha", alpha);
    }

    /** Gated by the sequence, summed over tokens. */
    public TokenRegularizedDpo(double beta, double alpha) {
        this(beta, alpha, Weighting.SEQUENCE, TokenRegularizer.Reduction.SUM);
    }

    /** With beta 0.1 and alpha 0.25. */
    public TokenRegularizedDpo() {
        this(0.1, 0.25);
    }

    @Override
    public LossOutput loss(TokenPairs pairs) {
        return formula().loss(pairs, "dpo_loss");
    }

    @Override
    public LossGradients lossAndGradients(TokenPairs pairs) {
        return formula().lossAndGradients(pairs, "dpo_loss");
    }

    /** What each pair's regulariser is multiplied by (B), constant. */
    public NDArray weights(TokenPairs pairs) {
        return formula().weights(pairs);
    }

    private TokenRegularizedFormula formula() {
        return new TokenRegularizedFormula(
                beta, 0, alpha, false, reduction == TokenRegularizer.Reduction.MEAN, weighting == Weighting.STATIC);
    }
}
