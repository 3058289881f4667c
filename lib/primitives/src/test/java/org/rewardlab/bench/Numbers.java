package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.rewardlab.tensor.Tensors;

/** The numbers that both sides draw: exact in 64-bit integers, then scaled. */
final class Numbers {

    private Numbers() {}

    static NDArray draw(NDManager manager, int salt, double low, double high, long... shape) {
        float[] values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            double unit = (i * (7919L + 2L * salt) + salt * 104729L) % 10007 / 10007.0;
            values[i] = (float) (low + (high - low) * unit);
        }
        return Tensors.create(manager, values, shape);
    }

    /** Right-padded rows of falling lengths, the first one full. */
    static NDArray mask(NDManager manager, int rows, int tokens) {
        float[] mask = new float[rows * tokens];
        for (int row = 0; row < rows; row++) {
            java.util.Arrays.fill(mask, row * tokens, row * tokens + tokens - row * tokens / (2 * rows), 1);
        }
        return Tensors.create(manager, mask, rows, tokens);
    }

    static NDArray ones(NDManager manager, int rows, int tokens) {
        return draw(manager, 0, 1, 1, rows, tokens);
    }
}
