package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Token rewards as a regulariser: rewarded tokens become likelier, punished ones less likely. Zhou et al. 2024 (T-REG).
 *
 * <p>{@code -beta sum_t r_t logps_t}, from maximising the product of a token's implicit reward {@code beta (logps -
 * refLogps)} and its given reward r; the reference's part has no gradient. Token rewards are constants.
 *
 * <pre>{@code
 * var logps = nd.create(new float[][] {{-1, -2, 0}});
 * var rewards = nd.create(new float[][] {{0.5f, -0.5f, 0}});
 * var mask = nd.create(new float[][] {{1, 1, 0}});
 * TokenRegularizer.losses(logps, rewards, mask, 2, TokenRegularizer.Reduction.SUM) // -2 * (-0.5 + 1)
 * // => ND: (1) cpu() float32 [-1.]
 * TokenRegularizer.losses(logps, rewards, mask, 2, TokenRegularizer.Reduction.MEAN)
 * // => ND: (1) cpu() float32 [-0.5]
 * }</pre>
 */
public final class TokenRegularizer {

    /** What the sum over a response's tokens is divided by. */
    public enum Reduction {
        /** Nothing. */
        SUM,
        /** The number of its tokens. */
        MEAN
    }

    private static final Script LOSSES = Script.of("""
            def losses(self, logps: Tensor, rewards: Tensor, mask: Tensor, beta: float, mean: bool) -> Tensor:
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(logps)
              kept = torch.where(counted, logps, zero)
              r = torch.where(counted, torch.type_as(torch.detach(rewards), logps), zero)
              total = torch.sum(r * kept, [-1]) * -beta
              if mean:
                total = total / torch.sum(torch.type_as(counted, logps), [-1])
              return total
            """);

    private TokenRegularizer() {}

    /**
     * The regulariser of each response, differentiable with respect to the log-probabilities: {@code -beta r} at each token,
     * by the length if a mean.
     *
     * @param logps (B,T)
     * @param tokenRewards (B,T), in [-1, 1] on response tokens
     * @param mask 1 on response tokens (B,T)
     * @param beta above 0
     * @return (B)
     * @throws IllegalArgumentException for shapes that differ, an empty batch or response, NaN on response tokens, token
     *     rewards out of range, other masks than of 0 and 1
     */
    public static NDArray losses(NDArray logps, NDArray tokenRewards, NDArray mask, double beta, Reduction reduction) {
        Check.positive("beta", beta);
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("tokenRewards", tokenRewards, "logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        ValueCheck.of().mask("mask", mask).noNaN("logps", logps, mask).run();
        TokenPairs.checkRewards("tokenRewards", tokenRewards, "mask", mask);
        return LOSSES.call(logps, tokenRewards, mask, beta, reduction == Reduction.MEAN);
    }
}
