package org.rewardlab.evaluate;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * How much of the variance of returns a critic explains.
 *
 * <pre>{@code
 * var returns = nd.create(new float[][] {{1, 2, 3}});
 * var mask = nd.create(new float[][] {{1, 1, 1}});
 * ExplainedVariance.of(nd.create(new float[][] {{1.5f, 2, 2.5f}}), returns, mask)
 * // => 0.75
 * ExplainedVariance.of(nd.create(new float[][] {{3, 2, 1}}), returns, mask)   // worse than a constant
 * // => -3.0
 * }</pre>
 */
public final class ExplainedVariance {

    private ExplainedVariance() {}

    /**
     * {@code 1 - var(returns - values) / (var(returns) + epsilon)} over counted tokens.
     *
     * <p>1 is perfect, 0 as good as the mean, negative worse. Returns that do not vary give NaN with epsilon 0. Take it
     * over the whole batch: a mean over micro-batches is another number.
     *
     * @param values (B,T)
     * @param returns (B,T)
     * @param mask (B,T)
     * @param unbiased whether variances have divisor n-1
     * @param epsilon added to the variance of returns, at least 0
     * @throws IllegalArgumentException for shapes that differ, NaN on counted tokens, a mask that counts nothing (fewer
     *     than two if unbiased)
     */
    public static double of(NDArray values, NDArray returns, NDArray mask, boolean unbiased, double epsilon) {
        Check.notEmpty("values", values);
        Check.sameShape("returns", returns, "values", values);
        Check.sameShape("mask", mask, "values", values);
        Check.notNegative("epsilon", epsilon);
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("values", values, mask)
                .noNaN("returns", returns, mask)
                .run();
        int n = (int) Masked.count(mask);
        if (n < (unbiased ? 2 : 1)) {
            throw Check.failure("mask", unbiased ? "at least two counted tokens" : "a counted token", n);
        }
        double[] v = Tensors.toDoubles(values);
        double[] r = Tensors.toDoubles(returns);
        double[] m = Tensors.toDoubles(mask);
        double[] target = new double[n];
        double[] residual = new double[n];
        int k = 0;
        for (int i = 0; i < m.length; i++) {
            if (m[i] != 0) {
                target[k] = r[i];
                residual[k++] = r[i] - v[i];
            }
        }
        double total = variance(target, unbiased) + epsilon;
        return total == 0 ? Double.NaN : 1 - variance(residual, unbiased) / total;
    }

    /** With divisor n and no epsilon. */
    public static double of(NDArray values, NDArray returns, NDArray mask) {
        return of(values, returns, mask, false, 0);
    }

    /** Around the first number, so that equal numbers have variance 0 exactly. */
    private static double variance(double[] numbers, boolean unbiased) {
        double sum = 0;
        for (double number : numbers) {
            sum += number - numbers[0];
        }
        double mean = sum / numbers.length;
        double squares = 0;
        for (double number : numbers) {
            squares += (number - numbers[0] - mean) * (number - numbers[0] - mean);
        }
        return squares / (numbers.length - (unbiased ? 1 : 0));
    }
}
