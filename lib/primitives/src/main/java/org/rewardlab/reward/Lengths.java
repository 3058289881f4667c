package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/** Response lengths as Java numbers. */
final class Lengths {

    private Lengths() {}

    /** Rejects other ranks, an empty batch, negative lengths and NaN. */
    static double[] of(NDArray lengths) {
        Check.vector("lengths", lengths);
        double[] numbers = Tensors.toDoubles(lengths);
        for (double number : numbers) {
            if (!(number >= 0)) {
                throw Check.failure("lengths", "numbers of at least 0", number);
            }
        }
        return numbers;
    }
}
