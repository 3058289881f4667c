package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The logistic function in Java numbers. A loss on a few hundred pairs on the CPU is a loop of these: a native call for
 * each operation would cost more than the numbers.
 *
 * <pre>{@code
 * Logistic.sigmoid(-1)
 * // => 0.2689414213699951
 * Logistic.softplus(1000)                    // -log sigmoid(-1000)
 * // => 1000.0
 * Logistic.at(0)
 * // => Point[softplus=0.6931471805599453, sigmoid=0.5]
 * Logistic.fits(nd.create(new float[] {1, 2}))
 * // => true
 * }</pre>
 */
public final class Logistic {

    /** Up to how many numbers a loop is faster than vectorised native calls. */
    private static final long MOST = 1024;

    private Logistic() {}

    /** Whether an array is so small, and where a loop can read it, that Java is the faster way. */
    public static boolean fits(NDArray array) {
        DataType type = array.getDataType();
        return array.size() <= MOST
                && (type == DataType.FLOAT32 || type == DataType.FLOAT64)
                && !array.getDevice().isGpu();
    }

    /**
     * A loss and its derivative, from one exponential function.
     *
     * @param softplus {@code log(1 + exp(x))}
     * @param sigmoid its slope
     */
    public record Point(double softplus, double sigmoid) {}

    /** Both functions at x. */
    public static Point at(double x) {
        double e = Math.exp(-Math.abs(x));
        return new Point(softplus(x, e), sigmoid(x, e));
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public static double sigmoid(double x) {
        return sigmoid(x, Math.exp(-Math.abs(x)));
    }

    /** {@code log(1 + exp(x)) = -log sigmoid(-x)}, exact for numbers of any size. */
    public static double softplus(double x) {
        return softplus(x, Math.exp(-Math.abs(x)));
    }

    private static double sigmoid(double x, double e) {
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    private static double softplus(double x, double e) {
        double u = 1 + e;
        double log1p = u == 1 ? e : Math.log(u) * (e / (u - 1)); // Kahan's correction of what 1 + e rounds away
        return Math.max(x, 0) + log1p;
    }
}
