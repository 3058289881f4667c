package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Masks (B,K) whose ones stand before their zeros: trajectories of different length, padded on the right.
 *
 * <pre>{@code
 * PrefixMask.lengths("mask", nd.create(new float[][] {{1, 1, 0}, {0, 0, 0}}))
 * // => int[2] { 2, 0 }
 * PrefixMask.lengths("mask", nd.create(new float[][] {{1, 1, 0}, {1, 0, 1}}))
 * // => IllegalArgumentException: mask: expected ones before zeros in each row, got a 1 after a 0 in row 1
 * PrefixMask.positiveLengths("mask", nd.create(new float[][] {{1, 1, 0}, {1, 0, 0}}))
 * // => int[2] { 2, 1 }
 * PrefixMask.positiveLengths("mask", nd.create(new float[][] {{1, 1, 0}, {0, 0, 0}}))
 * // => IllegalArgumentException: mask: expected at least one counted position in each row, got none in row 1
 * }</pre>
 */
public final class PrefixMask {

    private PrefixMask() {}

    /**
     * The length of each row.
     *
     * @param name of the mask in messages
     * @param mask (B,K)
     * @throws IllegalArgumentException for another rank, an empty batch, other numbers than 0 and 1, a 1 after a 0
     */
    public static int[] lengths(String name, NDArray mask) {
        Check.matrix(name, mask);
        ValueCheck.of().mask(name, mask).run();
        double[][] rows = Tensors.toRows(mask);
        int[] lengths = new int[rows.length];
        for (int b = 0; b < rows.length; b++) {
            for (int k = 0; k < rows[b].length; k++) {
                if (rows[b][k] != 0 && lengths[b] < k) {
                    throw Check.failure(name, "ones before zeros in each row", "a 1 after a 0 in row " + b);
                }
                lengths[b] += rows[b][k] != 0 ? 1 : 0;
            }
        }
        return lengths;
    }

    /** Like {@link #lengths}; rejects a row that counts nothing. */
    public static int[] positiveLengths(String name, NDArray mask) {
        int[] lengths = lengths(name, mask);
        for (int b = 0; b < lengths.length; b++) {
            if (lengths[b] == 0) {
                throw Check.failure(name, "at least one counted position in each row", "none in row " + b);
            }
        }
        return lengths;
    }
}
