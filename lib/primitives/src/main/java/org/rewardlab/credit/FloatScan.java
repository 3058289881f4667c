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

    private static final int ONE = 0x3f800000;

    /** What happens to some rows, row b at [b T, (b+1) T) of every array; the last input is the mask. */
    @FunctionalInterface
    interface Rows {
        /**
         * @param lengths of each row, how many tokens count, if these are the first ones; -1 otherwise
         * @return {@code false} if a row ended in NaN
         */
        boolean scan(float[][] in, float[][] out, int[] lengths, int tokens);
    }

    /** How many ones a row of a mask starts with, if zeros alone follow; -1 for any other row. */
    private static int length(int[] mask, int start, int end) {
        int length = leading(mask, start, end);
        return ones(mask, start, start + length) == 0 && zeros(mask, start + length, end) == 0 ? length : -1;
    }

    /** The number of ones in a mask of zeros and ones. */
    private static int leading(int[] mask, int start, int end) {
        int sum = 0;
        for (int t = start; t < end; t++) {
            sum += mask[t] >>> 29;
        }
        return Math.min(sum, end - start);
    }

    private static int ones(int[] mask, int start, int end) {
        int others = 0;
        for (int t = start; t < end; t++) {
            others |= mask[t] ^ ONE;
        }
        return others;
    }

    private static int zeros(int[] mask, int start, int end) {
        int others = 0;
        for (int t = start; t < end; t++) {
            others |= mask[t];
        }
        return others;
    }

    private FloatScan() {}

    /** Backwards over t, {@code x_t = x_t + decay x_{t+1}}, in place; {@code false} if a row ended in NaN. */
    static boolean accumulate(float[] x, int rows, int tokens, double decay) {
        if (rows == ROWS) {
            return accumulateFour(x, tokens, decay);
        }
        boolean clean = true;
        for (int b = 0; b < rows; b++) {
            double last = 0;
            for (int t = (b + 1) * tokens - 1; t >= b * tokens; t--) {
                last = x[t] + decay * last;
                x[t] = (float) last;
            }
            clean &= !Double.isNaN(last);
        }
        return clean;
    }

    private static boolean accumulateFour(float[] x, int tokens, double decay) {
        double last0 = 0;
        double last1 = 0;
        double last2 = 0;
        double last3 = 0;
        for (int t = tokens - 1; t >= 0; t--) {
            int t1 = t + tokens;
            int t2 = t1 + tokens;
            int t3 = t2 + tokens;
            last0 = x[t] + decay * last0;
            last1 = x[t1] + decay * last1;
            last2 = x[t2] + decay * last2;
            last3 = x[t3] + decay * last3;
            x[t] = (float) last0;
            x[t1] = (float) last1;
            x[t2] = (float) last2;
            x[t3] = (float) last3;
        }
        return !Double.isNaN(last0 + last1 + last2 + last3);
    }

    /** Whether every row counts its first tokens and no others. */
    static boolean areLengths(int[] lengths) {
        for (int length : lengths) {
            if (length < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether all arrays are float32, and rows short enough to be held four at a time. */
    static boolean reads(NDArray... inputs) {
        for (NDArray input : inputs) {
            if (input.getDataType() != DataType.FLOAT32) {
                return false;
            }
        }
        return inputs[0].getShape().get(1) <= LONGEST;
    }

    /**
     * Matrices of the shape and type of the first input, filled four rows at a time.
     *
     * @param check of all numbers of the inputs, made at most once: when a row came out as NaN, which is contagious, or
     *     its mask is not plainly a run of ones
     * @param inputs matrices, the last one a mask
     */
    static NDArray[] over(int results, Rows rows, Runnable check, NDArray... inputs) {
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
            boolean checked = false;
            int[] mask = new int[Math.min(count, ROWS) * tokens];
            float[][] in = new float[inputs.length][Math.min(count, ROWS) * tokens];
            float[][] out = new float[results][Math.min(count, ROWS) * tokens];
            for (int b = 0; b < count; b += ROWS) {
                int some = Math.min(ROWS, count - b);
                for (int i = 0; i < in.length; i++) {
                    open[i].read(b * tokens, in[i], some * tokens);
                }
                open[in.length - 1].readBits(b * tokens, mask, some * tokens);
                int[] lengths = new int[some];
                for (int i = 0; i < some; i++) {
                    lengths[i] = length(mask, i * tokens, (i + 1) * tokens);
                }
                boolean clean = rows.scan(in, out, lengths, tokens) && areLengths(lengths);
                if (!clean && !checked) {
                    check.run();
                    checked = true;
                }
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
