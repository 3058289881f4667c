package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Losses of a flow network on a policy's own samples, and what decides which of them it learns from.
 *
 * @param tokenLosses of single tokens (B,T), differentiable
 * @param mask 1 on tokens that count (B,T)
 * @param rewards of the responses (B), at least 1 for a right one
 * @param entropies of the distribution each token was drawn from (B,T); null where nobody asks for them
 */
public record FlowUpdateBatch(
        NDArray tokenLosses,
        NDArray mask,
        NDArray rewards,
        @Nullable NDArray entropies) implements LossInput<FlowUpdateBatch> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("tokenLosses", tokenLosses));
    }

    @Override
    public FlowUpdateBatch withDifferentiable(List<NDArray> arrays) {
        return new FlowUpdateBatch(arrays.get(0), mask, rewards, entropies);
    }

    /** Rejects other shapes, an empty batch, a mask of other numbers, NaN that counts. */
    void check() {
        Check.matrix("tokenLosses", tokenLosses);
        Check.floating("tokenLosses", tokenLosses);
        Check.sameShape("mask", mask, "tokenLosses", tokenLosses);
        Check.shape("rewards", rewards, tokenLosses.getShape().get(0));
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("tokenLosses", tokenLosses, mask)
                .noNaN("rewards", rewards)
                .run();
    }
}
