package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/** How many rows of a vocabulary are worked on at a time: few enough for a cache, enough to keep a GPU busy. */
final class Slices {

    private static final long CPU_ELEMENTS = 1L << 19;
    private static final long GPU_ELEMENTS = 1L << 25;

    private Slices() {}

    /** Rows of the last dimension in one slice. */
    static Long rows(NDArray logits) {
        long vocabulary = Math.max(1, logits.getShape().get(2));
        return Math.max(1, (logits.getDevice().isGpu() ? GPU_ELEMENTS : CPU_ELEMENTS) / vocabulary);
    }
}
