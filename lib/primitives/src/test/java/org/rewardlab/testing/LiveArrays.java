package org.rewardlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** A count of the native arrays that a manager holds. */
public final class LiveArrays {

    private LiveArrays() {}

    /** How many arrays a manager holds now. */
    public static int in(NDManager manager) {
        return manager.getManagedArrays().size();
    }

    /**
     * Runs a primitive twice (the first call may compile and cache) and asserts that the second leaves its results and
     * nothing else.
     *
     * @param manager the manager that the inputs live in
     * @param primitive gives all arrays that it returned
     */
    public static void assertNothingLeftBut(NDManager manager, Supplier<List<NDArray>> primitive) {
        primitive.get().forEach(NDArray::close);
        int before = in(manager);
        List<NDArray> results = primitive.get();
        assertThat(in(manager) - before)
                .as("arrays left over by a call that returned %d", results.size())
                .isEqualTo(results.size());
        results.forEach(NDArray::close);
        assertThat(in(manager)).as("arrays after closing the results").isEqualTo(before);
    }

    /** The same for one result or a few. */
    public static void assertOneLeft(NDManager manager, Supplier<NDArray> primitive) {
        assertNothingLeftBut(manager, () -> Arrays.asList(primitive.get()));
    }
}
