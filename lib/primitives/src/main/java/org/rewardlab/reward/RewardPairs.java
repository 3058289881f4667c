package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Scores that a reward model gives to pairs of responses.
 *
 * @param chosenRewards of the preferred responses (B), differentiable
 * @param rejectedRewards of the other responses (B), differentiable
 * @param margin by how much each pair should differ (B), if known
 */
public record RewardPairs(
        NDArray chosenRewards,
        NDArray rejectedRewards,
        @Nullable NDArray margin) implements LossInput<RewardPairs> {

    /** Pairs without a known margin. */
    public RewardPairs(NDArray chosenRewards, NDArray rejectedRewards) {
        this(chosenRewards, rejectedRewards, null);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("chosenRewards", chosenRewards), new Named("rejectedRewards", rejectedRewards));
    }

    @Override
    public RewardPairs withDifferentiable(List<NDArray> arrays) {
        return new RewardPairs(arrays.get(0), arrays.get(1), margin);
    }

    /** Rejects anything but vectors of one length of at least 1, of finite numbers. */
    void check() {
        Check.floating("chosenRewards", chosenRewards);
        Check.vector("chosenRewards", chosenRewards);
        Check.sameShape("rejectedRewards", rejectedRewards, "chosenRewards", chosenRewards);
        var values = ValueCheck.of().finite("chosenRewards", chosenRewards).finite("rejectedRewards", rejectedRewards);
        if (margin != null) {
            Check.sameShape("margin", margin, "chosenRewards", chosenRewards);
            values.finite("margin", margin);
        }
        values.run();
    }
}
