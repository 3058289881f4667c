package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/** Moments of the numbers that are there, where NaN stands for a missing one. */
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
        int n = 0;
        double origin = 0;
        double sum = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                origin = n == 0 ? value : origin;
                sum += value - origin;
                n++;
            }
        }
        if (n < 2) {
            return Double.NaN;
        }
        double mean = sum / n;
        double squares = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                squares += (value - origin - mean) * (value - origin - mean);
            }
        }
        return Math.sqrt(squares / (n - 1));
    }
}
