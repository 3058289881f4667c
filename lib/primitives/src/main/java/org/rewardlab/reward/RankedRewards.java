package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Scores that a reward model gives to K responses of one prompt, in the order of a human ranking.
 *
 * @param rewards best first (B,K), differentiable
 */
public record RankedRewards(NDArray rewards) implements LossInput<RankedRewards> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("rewards", rewards));
    }

    @Override
    public RankedRewards withDifferentiable(List<NDArray> arrays) {
        return new RankedRewards(arrays.get(0));
    }

    /** Rejects another rank, an empty batch, an empty ranking and numbers that are not finite. */
    void check() {
        Check.floating("rewards", rewards);
        Check.matrix("rewards", rewards);
        if (rewards.getShape().get(1) == 0) {
            throw Check.failure("rewards", "at least one response", rewards.getShape());
        }
        ValueCheck.of().finite("rewards", rewards).run();
    }
}
