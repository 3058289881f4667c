package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Weak rewards for single tokens from two opinions on the same response: {@code sigmoid(for - against) - 1/2}, between -1/2
 * and 1/2. Zhou et al. 2024 (T-REG).
 *
 * <p>0 where both agree; exchanging the two negates it; far apart it saturates without overflow. A constant for
 * differentiation. To imitate preferred responses instead, give their mask as rewards and zeros to the others.
 */
public final class ContrastiveTokenRewards {

    private static final Script SQUASH = Script.of("""
            def squash(self, better: Tensor, worse: Tensor, mask: Tensor, beta: float) -> Tensor:
              counted = torch.ne(mask, 0)
              d = torch.detach(better - worse) * beta
              r = 0.5 * torch.tanh(0.5 * d)
              return torch.where(counted, r, torch.zeros_like(r))
            """);

    private ContrastiveTokenRewards() {}

    /**
     * What a model that is asked to improve likes more than the same model asked to worsen.
     *
     * @param betterLogps log-probability of each response token after the improving prompt (B,T)
     * @param worseLogps after the worsening prompt (B,T)
     * @param mask 1 on response tokens (B,T)
     * @return (B,T), 0 outside the mask
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN on counted tokens, other masks than of 0
     *     and 1
     */
    public static NDArray of(NDArray betterLogps, NDArray worseLogps, NDArray mask) {
        return squash("betterLogps", betterLogps, "worseLogps", worseLogps, mask, 1);
    }

    /**
     * What a trained policy likes more than its reference: {@code sigmoid(beta (logps - refLogps)) - 1/2}, the tokens' implicit
     * rewards of DPO, squashed.
     *
     * @param logps under the policy (B,T)
     * @param refLogps under the reference (B,T)
     * @param mask 1 on response tokens (B,T)
     * @param beta above 0
     * @return (B,T), 0 outside the mask
     * @throws IllegalArgumentException as {@link #of}
     */
    public static NDArray ofPolicy(NDArray logps, NDArray refLogps, NDArray mask, double beta) {
        Check.positive("beta", beta);
        return squash("logps", logps, "refLogps", refLogps, mask, beta);
    }

    private static NDArray squash(
            String name, NDArray better, String otherName, NDArray worse, NDArray mask, double beta) {
        Check.matrix(name, better);
        Check.floating(name, better);
        Check.sameShape(otherName, worse, name, better);
        Check.sameShape("mask", mask, name, better);
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN(name, better, mask)
                .noNaN(otherName, worse, mask)
                .run();
        try (Scope scope = Scope.open()) {
            return scope.keep(SQUASH.call(better, worse, mask, beta));
        }
    }
}
