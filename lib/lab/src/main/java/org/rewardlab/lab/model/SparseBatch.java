package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.rewardlab.tensor.Tensors;

/**
 * Sparse vectors as three arrays, the entries of all rows one after another.
 *
 * @param positions where entries stand, int64, (N)
 * @param values the entries, float32, (N)
 * @param starts the first entry of each row, int64, (B)
 */
public record SparseBatch(NDArray positions, NDArray values, NDArray starts) {

    /** Packs vectors, a row each, into arrays of the manager. */
    public static SparseBatch of(NDManager manager, List<SparseVector> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows: expected at least one vector, came none");
        }
        int entries = rows.stream().mapToInt(SparseVector::size).sum();
        long[] positions = new long[entries];
        float[] values = new float[entries];
        long[] starts = new long[rows.size()];
        int next = 0;
        for (int row = 0; row < starts.length; row++) {
            starts[row] = next;
            SparseVector vector = rows.get(row);
            for (int entry = 0; entry < vector.size(); entry++) {
                positions[next] = vector.position(entry);
                values[next++] = vector.value(entry);
            }
        }
        return new SparseBatch(
                Tensors.create(manager, positions, entries),
                Tensors.create(manager, values, entries),
                Tensors.create(manager, starts, starts.length));
    }
}
