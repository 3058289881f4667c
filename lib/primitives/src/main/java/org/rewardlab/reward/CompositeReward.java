package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/** Several component rewards added up to one. Moskovitz et al. 2023. */
public final class CompositeReward {

    private static final Script SUM = Script.of("""
            def total(self, rewards: Tensor, weights: Tensor) -> Tensor:
              r = torch.detach(rewards)
              return torch.matmul(r, torch.type_as(weights, r))
            """);

    private static final Script SATURATED = Script.of("""
            def total(self, rewards: Tensor, thresholds: Tensor, weights: Tensor) -> Tensor:
              r = torch.detach(rewards)
              return torch.matmul(torch.minimum(r, torch.type_as(thresholds, r)), torch.type_as(weights, r))
            """);

    private CompositeReward() {}

    /**
     * The weighted sum, a constant for differentiation.
     *
     * @param rewards of each component (B,N)
     * @param weights of the components (N)
     * @return (B)
     * @throws IllegalArgumentException for other shapes, an empty batch, numbers that are not finite
     */
    public static NDArray sum(NDArray rewards, NDArray weights) {
        check(rewards, weights);
        try (Scope scope = Scope.open()) {
            return scope.keep(SUM.call(rewards, weights));
        }
    }

    /**
     * The weighted sum of components that earn nothing beyond their thresholds: {@code sum_i w_i min(r_i, theta_i)}. With
     * infinite thresholds it is {@link #sum}. It takes the incentive to go past a threshold, and does not pull back.
     *
     * @param rewards of each component (B,N)
     * @param thresholds beyond which more is not better (N), infinite for none
     * @param weights of the components (N)
     * @return (B), a constant for differentiation
     * @throws IllegalArgumentException for other shapes, an empty batch, rewards and weights that are not finite, NaN
     */
    public static NDArray saturated(NDArray rewards, NDArray thresholds, NDArray weights) {
        check(rewards, weights);
        Check.sameShape("thresholds", thresholds, "weights", weights);
        ValueCheck.of().noNaN("thresholds", thresholds).run();
        try (Scope scope = Scope.open()) {
            return scope.keep(SATURATED.call(rewards, thresholds, weights));
        }
    }

    private static void check(NDArray rewards, NDArray weights) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.shape("weights", weights, rewards.getShape().get(1));
        ValueCheck.of().finite("rewards", rewards).finite("weights", weights).run();
    }
}
