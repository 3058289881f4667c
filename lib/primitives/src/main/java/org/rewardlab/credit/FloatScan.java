package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.rewardlab.tensor.Numbers;

/**
 * {@link RowScan} for float32 matrices: four rows at a time, straight from native memory.
 *
 * <p>A recurrence waits for its last number at each step; four that do not depend on each other wait together.
 */
final class FloatScan {

    /** How many rows are scanned together. */
    static final int ROWS = 4;

    private static final int LONGEST = 1 << 18;

    /** What happens to some rows, row b at [b T, (b+1) T) of every array. */
    @FunctionalInterface
    interface Rows {
        void scan(float[][] in, float[][] out, int rows, int tokens);
    }

    private FloatScan() {}

    /** Whether all arrays are float32, and rows short enough to be held four at a time. */
    static boolean reads(NDArray... inputs) {
        for (NDArray input : inputs) {
            if (input.getDataType() != DataType.FLOAT32) {
                return false;
            }
        }
        return inputs[0].getShape().get(1) <= LONGEST;
    }

    /** Matrices of the shape and type of the first input, filled four rows at a time. */
    static NDArray[] over(int results, Rows rows, NDArray... inputs) {
        NDArray first = inputs[0];
        Shape shape = first.getShape();
        NDArray[] outputs = new NDArray[results];
        for (int i = 0; i < results; i++) {
            outputs[i] = first.getManager().create(shape, first.getDataType());
        }
        int count = (int) shape.get(0);
        int tokens = (int) shape.get(1);
        Numbers[] open = new Numbers[inputs.length + results];
        int opened = 0;
        try {
            for (; opened < open.length; opened++) {
                open[opened] = Numbers.of(opened < inputs.length ? inputs[opened] : outputs[opened - inputs.length]);
            }
            float[][] in = new float[inputs.length][Math.min(count, ROWS) * tokens];
            float[][] out = new float[results][Math.min(count, ROWS) * tokens];
            for (int b = 0; b < count; b += ROWS) {
                int some = Math.min(ROWS, count - b);
                for (int i = 0; i < in.length; i++) {
                    open[i].read(b * tokens, in[i], some * tokens);
                }
                rows.scan(in, out, some, tokens);
                for (int i = 0; i < results; i++) {
                    open[in.length + i].write(b * tokens, out[i], some * tokens);
                }
            }
        } catch (RuntimeException rejected) {
            for (NDArray output : outputs) {
                output.close();
            }
            throw rejected;
        } finally {
            while (opened > 0) {
                open[--opened].close();
            }
        }
        return outputs;
    }
}
