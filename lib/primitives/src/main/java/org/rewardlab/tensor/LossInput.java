package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A record of named arrays that a loss reads, and which of them it may be differentiated by.
 *
 * @param <I> the record itself
 */
public interface LossInput<I extends LossInput<I>> {

    /** One array and the name that it goes by. */
    record Named(String name, NDArray array) {}

    /** The arrays that gradients flow to, in a fixed order. */
    List<Named> differentiable();

    /** The same input with other arrays in place of {@link #differentiable()}, in the same order. */
    I withDifferentiable(List<NDArray> arrays);
}
