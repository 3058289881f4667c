package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Sparse vectors as two arrays: each row padded behind its own entries by position 0 with value 0.
 *
 * @param positions where entries stand, int64, (B,N)
 * @param values the entries, float32, (B,N)
 */
public record SparseBatch(NDArray positions, NDArray values) {

    /** Packs vectors, a row each, into arrays of the manager. */
    public static SparseBatch of(NDManager manager, List<SparseVector> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows: expected at least one vector, came none");
        }
        int longest =
                Math.max(1, rows.stream().mapToInt(SparseVector::size).max().orElse(1));
        long[] positions = new long[rows.size() * longest];
        float[] values = new float[rows.size() * longest];
        for (int row = 0; row < rows.size(); row++) {
            SparseVector vector = rows.get(row);
            for (int entry = 0; entry < vector.size(); entry++) {
                positions[row * longest + entry] = vector.position(entry);
                values[row * longest + entry] = vector.value(entry);
            }
        }
        Shape shape = new Shape(rows.size(), longest);
        return new SparseBatch(manager.create(positions, shape), manager.create(values, shape));
    }
}
