package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Numbers;

/**
 * {@link Masked#whiten} for float32 matrices on the CPU, and 0 outside the mask: takes its sums from the rows while
 * they are scanned, and goes over the matrix once more.
 *
 * <p>The sums are of distances from the mean of the first row that counts anything, so that those of numbers far from 0
 * keep their digits. A few rows at a time are added up in float32, position by position, and these sums in float64.
 */
final class FloatWhitening {

    private final int[] lengths;
    private final float[] sums;
    private final float[] squares;
    private int rows;
    private long counted;
    private float origin;
    private double distance;
    private double energy;

    /** Of a matrix of some shape. */
    FloatWhitening(long rows, long tokens) {
        lengths = new int[(int) rows];
        sums = new float[(int) tokens];
        squares = new float[(int) tokens];
    }

    /** Takes in the next rows of the matrix, {@link FloatScan#ROWS} at most; the mask is read for rows without a length. */
    void add(float[][] values, float[][] mask, int[] some) {
        for (int b = 0; b < some.length; b++) {
            lengths[rows++] = some[b];
            if (some[b] < 0) {
                addWhereCounted(values[b], mask[b]);
            } else if (some[b] > 0) {
                origin = counted == 0 ? (float) (sum(values[b], some[b]) / some[b]) : origin;
                counted += some[b];
                addDistances(sums, values[b], some[b], origin);
                addSquares(squares, values[b], some[b], origin);
            }
        }
        distance += sum(sums, sums.length);
        energy += sum(squares, squares.length);
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
    }

    private void addWhereCounted(float[] values, float[] mask) {
        for (int t = 0; t < values.length; t++) {
            if (mask[t] != 0) {
                origin = counted == 0 ? values[t] : origin;
                counted++;
                distance += (double) values[t] - origin;
                energy += ((double) values[t] - origin) * ((double) values[t] - origin);
            }
        }
    }

    /** Four sums at a time, since each addition waits for the one before it. */
    private static double sum(float[] values, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int t = 0;
        for (; t < count - 3; t += 4) {
            s0 += values[t];
            s1 += values[t + 1];
            s2 += values[t + 2];
            s3 += values[t + 3];
        }
        for (; t < count; t++) {
            s0 += values[t];
        }
        return s0 + s1 + s2 + s3;
    }

    /** Counted values at mean 0 and variance 1, zeros elsewhere; rejects fewer than two counted ones. */
    NDArray whiten(NDArray values, NDArray mask) {
        if (counted < 2) {
            throw Check.failure("mask", "at least two counted elements", counted);
        }
        double divisor = counted + Masked.EPSILON;
        double mean = (distance + counted * (double) origin) / divisor;
        double off = mean - origin;
        double around = Math.max(0, energy - 2 * off * distance + counted * off * off);
        double scale = 1 / Math.sqrt(around / divisor * counted / (counted - 1) + Masked.EPSILON);
        NDArray white = values.getManager().create(values.getShape(), values.getDataType());
        try (Numbers v = Numbers.of(values);
                Numbers m = Numbers.of(mask);
                Numbers out = Numbers.of(white)) {
            float[] row = sums;
            float[] flags = squares;
            for (int b = 0; b < rows; b++) {
                int tokens = row.length;
                v.read(b * tokens, row, tokens);
                scale(row, (float) mean, (float) scale);
                if (lengths[b] >= 0) {
                    Arrays.fill(row, lengths[b], tokens, 0);
                } else {
                    m.read(b * tokens, flags, tokens);
                    FloatScan.zeroOutside(row, flags);
                }
                out.write(b * tokens, row, tokens);
            }
        }
        return white;
    }

    // The loops below are what the compiler turns into vector instructions: plain, with one array written.

    private static void addDistances(float[] sums, float[] values, int count, float origin) {
        for (int t = 0; t < count; t++) {
            sums[t] += values[t] - origin;
        }
    }

    private static void addSquares(float[] sums, float[] values, int count, float origin) {
        for (int t = 0; t < count; t++) {
            sums[t] += (values[t] - origin) * (values[t] - origin);
        }
    }

    private static void scale(float[] values, float mean, float scale) {
        for (int t = 0; t < values.length; t++) {
            values[t] = (values[t] - mean) * scale;
        }
    }
}
