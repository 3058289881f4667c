package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** Some rows of a batch. */
final class Rows {

    private static final Script SELECT = Script.of("""
            def select(self, x: Tensor, rows: Tensor, width: int) -> Tensor:
              return torch.narrow(torch.index_select(x, 0, rows), 1, 0, width)
            """);

    private final NDArray index;

    Rows(NDManager manager, int[] rows) {
        long[] places = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            places[i] = rows[i];
        }
        this.index = Tensors.create(manager, places, places.length);
    }

    /** These rows of a matrix, cut to the width of the longest of them. */
    NDArray of(NDArray matrix, int width) {
        return SELECT.call(matrix, index, (long) width);
    }
}
