package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Scores that a reward model gives to responses and the numbers that they should be.
 *
 * @param rewards (B), differentiable
 * @param targets (B)
 * @param weights of the responses (B), at least 0; absent: 1 each
 */
public record RewardTargets(
        NDArray rewards, NDArray targets, @Nullable NDArray weights) implements LossInput<RewardTargets> {

    /** Responses of equal weight. */
    public RewardTargets(NDArray rewards, NDArray targets) {
        this(rewards, targets, null);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("rewards", rewards));
    }

    @Override
    public RewardTargets withDifferentiable(List<NDArray> arrays) {
        return new RewardTargets(arrays.get(0), targets, weights);
    }

    /** Rejects anything but vectors of one length of at least 1 of finite numbers, and weights below 0. */
    void check() {
        Check.floating("rewards", rewards);
        Check.vector("rewards", rewards);
        Check.sameShape("targets", targets, "rewards", rewards);
        ValueCheck values = ValueCheck.of().finite("rewards", rewards).finite("targets", targets);
        if (weights != null) {
            Check.sameShape("weights", weights, "rewards", rewards);
            values.within("weights", weights, 0, Double.MAX_VALUE);
        }
        values.run();
    }
}
