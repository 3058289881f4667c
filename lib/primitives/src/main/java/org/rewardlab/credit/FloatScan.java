package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.rewardlab.tensor.Numbers;

/**
 * {@link RowScan} for float32 matrices: eight rows at a time, straight from native memory.
 *
 * <p>A recurrence waits for its last number at each step; eight that do not depend on each other wait together.
 */
final class FloatScan {

    /** How many rows are scanned together. */
    static final int ROWS = 8;

    private static final int LONGEST = 1 << 17;

    /** What happens to some rows; every row of every matrix is an array of its own. */
    @FunctionalInterface
    interface Rows {
        /**
         * @param in the inputs; the last one, the mask, is filled only where not all rows have lengths
         * @param lengths of each row, how many tokens count, if these are the first ones; -1 otherwise
         * @return {@code false} if a row ended in NaN
         */
        boolean scan(float[][][] in, float[][][] out, int[] lengths);
    }

    private FloatScan() {}

    /**
     * Backwards over the first {@code count} tokens, {@code x_t = x_t + decay x_{t+1}}, in place; {@code false} if one of
     * so many rows ended in NaN.
     */
    static boolean accumulate(float[][] x, int rows, int count, double decay) {
        double ends = 0;
        int b = 0;
        for (; b + ROWS <= rows; b += ROWS) {
            ends += accumulateEight(x, b, count, decay);
        }
        for (; b < rows; b++) {
            float[] row = x[b];
            double last = 0;
            for (int t = count - 1; t >= 0; t--) {
                last = row[t] + decay * last;
                row[t] = (float) last;
            }
            ends += last;
        }
        return !Double.isNaN(ends);
    }

    /** The sum of what the rows end in. */
    private static double accumulateEight(float[][] x, int b, int count, double decay) {
        float[] x0 = x[b];
        float[] x1 = x[b + 1];
        float[] x2 = x[b + 2];
        float[] x3 = x[b + 3];
        float[] x4 = x[b + 4];
        float[] x5 = x[b + 5];
        float[] x6 = x[b + 6];
        float[] x7 = x[b + 7];
        double last0 = 0;
        double last1 = 0;
        double last2 = 0;
        double last3 = 0;
        double last4 = 0;
        double last5 = 0;
        double last6 = 0;
        double last7 = 0;
        for (int t = count - 1; t >= 0; t--) {
            last0 = x0[t] + decay * last0;
            last1 = x1[t] + decay * last1;
            last2 = x2[t] + decay * last2;
            last3 = x3[t] + decay * last3;
            last4 = x4[t] + decay * last4;
            last5 = x5[t] + decay * last5;
            last6 = x6[t] + decay * last6;
            last7 = x7[t] + decay * last7;
            x0[t] = (float) last0;
            x1[t] = (float) last1;
            x2[t] = (float) last2;
            x3[t] = (float) last3;
            x4[t] = (float) last4;
            x5[t] = (float) last5;
            x6[t] = (float) last6;
            x7[t] = (float) last7;
        }
        return last0 + last1 + last2 + last3 + last4 + last5 + last6 + last7;
    }

    /** Forwards over the first {@code count} tokens, the sum of each row so far, in place; {@code false} likewise. */
    static boolean sumUp(float[][] x, int rows, int count) {
        double ends = 0;
        int b = 0;
        for (; b + ROWS <= rows; b += ROWS) {
            ends += sumUpEight(x, b, count);
        }
        for (; b < rows; b++) {
            float[] row = x[b];
            double sum = 0;
            for (int t = 0; t < count; t++) {
                sum += row[t];
                row[t] = (float) sum;
            }
            ends += sum;
        }
        return !Double.isNaN(ends);
    }

    private static double sumUpEight(float[][] x, int b, int count) {
        float[] x0 = x[b];
        float[] x1 = x[b + 1];
        float[] x2 = x[b + 2];
        float[] x3 = x[b + 3];
        float[] x4 = x[b + 4];
        float[] x5 = x[b + 5];
        float[] x6 = x[b + 6];
        float[] x7 = x[b + 7];
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        double sum4 = 0;
        double sum5 = 0;
        double sum6 = 0;
        double sum7 = 0;
        for (int t = 0; t < count; t++) {
            sum0 += x0[t];
            sum1 += x1[t];
            sum2 += x2[t];
            sum3 += x3[t];
            sum4 += x4[t];
            sum5 += x5[t];
            sum6 += x6[t];
            sum7 += x7[t];
            x0[t] = (float) sum0;
            x1[t] = (float) sum1;
            x2[t] = (float) sum2;
            x3[t] = (float) sum3;
            x4[t] = (float) sum4;
            x5[t] = (float) sum5;
            x6[t] = (float) sum6;
            x7[t] = (float) sum7;
        }
        return sum0 + sum1 + sum2 + sum3 + sum4 + sum5 + sum6 + sum7;
    }

    /** Puts 0 where the mask of a row does. */
    static void zeroOutside(float[] row, float[] mask) {
        for (int t = 0; t < row.length; t++) {
            row[t] = mask[t] == 0 ? 0 : row[t];
        }
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

    /** How many tokens hold all that some rows count; {@code tokens} where one has no length. */
    static int longest(int[] lengths, int rows, int tokens) {
        int longest = 0;
        for (int i = 0; i < rows; i++) {
            longest = Math.max(longest, lengths[i] < 0 ? tokens : lengths[i]);
        }
        return longest;
    }

    /** Whether all arrays are float32, and rows short enough to be held some at a time. */
    static boolean reads(NDArray... inputs) {
        for (NDArray input : inputs) {
            if (input.getDataType() != DataType.FLOAT32) {
                return false;
            }
        }
        return inputs[0].getShape().get(1) <= LONGEST;
    }

    /**
     * Matrices of the shape and type of the first input, filled eight rows at a time.
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
            float[][] buffers = RowBuffers.take(open.length * ROWS, tokens);
            float[][][] in = new float[inputs.length][][];
            float[][][] out = new float[results][][];
            for (int i = 0; i < open.length; i++) {
                float[][] some = Arrays.copyOfRange(buffers, i * ROWS, (i + 1) * ROWS);
                if (i < in.length) {
                    in[i] = some;
                } else {
                    out[i - in.length] = some;
                }
            }
            int last = inputs.length - 1;
            for (int b = 0; b < count; b += ROWS) {
                int[] lengths = new int[Math.min(ROWS, count - b)];
                for (int i = 0; i < lengths.length; i++) {
                    lengths[i] = open[last].onesBeforeZeros((b + i) * tokens, tokens);
                }
                boolean plain = areLengths(lengths);
                for (int i = 0; i < (plain ? last : inputs.length); i++) {
                    read(open[i], b, in[i], lengths.length);
                }
                boolean clean = rows.scan(in, out, lengths) && plain;
                if (!clean && !checked) {
                    check.run();
                    checked = true;
                }
                for (int i = 0; i < results; i++) {
                    write(open[inputs.length + i], b, out[i], lengths.length);
                }
            }
            RowBuffers.giveBack(buffers);
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

    private static void read(Numbers numbers, int from, float[][] rows, int count) {
        for (int i = 0; i < count; i++) {
            numbers.read((from + i) * rows[i].length, rows[i], rows[i].length);
        }
    }

    private static void write(Numbers numbers, int from, float[][] rows, int count) {
        for (int i = 0; i < count; i++) {
            numbers.write((from + i) * rows[i].length, rows[i], rows[i].length);
        }
    }
}
