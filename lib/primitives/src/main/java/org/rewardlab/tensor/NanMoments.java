package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Moments of the numbers that are there, where NaN stands for a missing one.
 *
 * <pre>{@code
 * NanMoments.std(nd.create(new float[] {1, Float.NaN, 3}))
 * // => ND: () cpu() float32 1.4142
 * NanMoments.mean(1, Double.NaN, 3)
 * // => 2.0
 * }</pre>
 */
public final class NanMoments {

    private NanMoments() {}

    /**
     * The standard deviation, with divisor n-1, of the entries that are not NaN.
     *
     * @param values of any shape, with at least one row
     * @return (); NaN when fewer than two entries are left
     * @throws IllegalArgumentException for an empty array
     */
    public static NDArray std(NDArray values) {
        Check.floating("values", values);
        Check.notEmpty("values", values);
        double std = std(Tensors.toDoubles(values));
        return Tensors.create(values.getManager(), new double[] {std}, values.getDataType());
    }

    /** The same of Java numbers; exactly 0 for equal ones. */
    public static double std(double... values) {
        double mean = mean(values);
        int n = 0;
        double squares = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                squares += (value - mean) * (value - mean);
                n++;
            }
        }
        return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
    }

    /** The mean of the Java numbers that are not NaN, exact for equal ones; NaN when none is left. */
    public static double mean(double... values) {
        int n = 0;
        double origin = Double.NaN;
        double sum = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                origin = n == 0 ? value : origin;
                sum += value - origin;
                n++;
            }
        }
        return origin + sum / Math.max(n, 1);
    }
}
