package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One piece of work, here and in PyTorch.
 *
 * @param name by which the other side knows it
 * @param title what a reader calls it
 * @param bars for each way to do it in PyTorch, the ratio that we want to stay below; of those named {@link #BEST} or
 *     not at all, the fastest counts
 * @param setup makes the inputs in a manager; what it returns does the work once and gives one array of it
 */
record Benchmark(String name, String title, Map<String, Double> bars, Function<NDManager, Supplier<NDArray>> setup) {

    /** The fastest way in PyTorch that has no bar of its own. */
    static final String BEST = "best";
}
