package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Log-probabilities of given responses, as supervised losses read them.
 *
 * @param logps log-probability of each token (B,T), differentiable
 * @param mask 1 on tokens that count (B,T)
 */
public record TokenLogps(NDArray logps, NDArray mask) implements LossInput<TokenLogps> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public TokenLogps withDifferentiable(List<NDArray> arrays) {
        return new TokenLogps(arrays.get(0), mask);
    }

    /** Rejects shapes that differ, an empty batch, and NaN on counted tokens. */
    void check() {
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        ValueCheck.of().mask("mask", mask).noNaN("logps", logps, mask).run();
    }
}
