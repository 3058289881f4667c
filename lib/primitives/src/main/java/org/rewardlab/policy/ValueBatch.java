package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a value loss reads of B sequences of T tokens.
 *
 * @param values the critic's prediction for each token (B,T), differentiable
 * @param oldValues its predictions when the responses were sampled (B,T), for losses that clip
 * @param returns what it should have predicted (B,T), constant
 * @param mask 1 on tokens that count (B,T)
 */
public record ValueBatch(NDArray values, @Nullable NDArray oldValues, NDArray returns, NDArray mask)
        implements LossInput<ValueBatch> {

    /** Without old predictions. */
    public ValueBatch(NDArray values, NDArray returns, NDArray mask) {
        this(values, null, returns, mask);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("values", values));
    }

    @Override
    public ValueBatch withDifferentiable(List<NDArray> arrays) {
        return new ValueBatch(arrays.get(0), oldValues, returns, mask);
    }

    /** Rejects shapes that differ, an empty batch, and NaN on counted tokens; old values only if they are read. */
    void check(boolean readsOldValues) {
        Check.matrix("values", values);
        Check.floating("values", values);
        Check.sameShape("returns", returns, "values", values);
        Check.sameShape("mask", mask, "values", values);
        var numbers =
                ValueCheck.of().mask("mask", mask).noNaN("values", values, mask).noNaN("returns", returns, mask);
        if (readsOldValues) {
            NDArray old = Check.present("oldValues", oldValues, "a clipped value loss");
            Check.sameShape("oldValues", old, "values", values);
            numbers.noNaN("oldValues", old, mask);
        }
        numbers.run();
    }
}
