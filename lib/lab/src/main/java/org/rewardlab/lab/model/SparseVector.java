package org.rewardlab.lab.model;

import java.util.Arrays;

/** The non-zero entries of a vector: positions in rising order, and the value at each. */
public final class SparseVector {
    private final int[] positions;
    private final float[] values;

    /**
     * @param positions where the vector is not zero, rising
     * @param values what stands there, one for each position
     */
    public SparseVector(int[] positions, float[] values) {
        if (positions.length != values.length) {
            throw new IllegalArgumentException(
                    "values: expected " + positions.length + ", one for each position, came " + values.length);
        }
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] <= (i == 0 ? -1 : positions[i - 1])) {
                throw new IllegalArgumentException(
                        "positions: expected rising from 0 on, came " + positions[i] + " as number " + (i + 1));
            }
        }
        this.positions = positions.clone();
        this.values = values.clone();
    }

    /** The number of entries. */
    public int size() {
        return positions.length;
    }

    /** The position of an entry. */
    public int position(int entry) {
        return positions[entry];
    }

    /** The value of an entry. */
    public float value(int entry) {
        return values[entry];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseVector that
                && Arrays.equals(positions, that.positions)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(positions) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return size() + " entries at " + Arrays.toString(positions) + ": " + Arrays.toString(values);
    }
}
