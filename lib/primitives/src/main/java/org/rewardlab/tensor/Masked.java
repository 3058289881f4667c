package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Statistics over the elements that a mask counts.
 *
 * <p>Whatever stands outside the mask, NaN and infinity included, leaks into neither result nor gradient: it is
 * replaced before any arithmetic. Masks are boolean or numeric, hold nothing but 0 and 1 and have the shape of the
 * values; rows may be empty and may have holes. All results are differentiable with respect to the values.
 *
 * <p>Rejected everywhere: shapes that differ, an empty batch, masks with other numbers than 0 and 1.
 *
 * <pre>{@code
 * var values = nd.create(new float[][] {{1, 2, Float.NaN}, {5, Float.NaN, Float.NaN}});
 * var mask = nd.create(new float[][] {{1, 1, 0}, {1, 0, 0}});
 * Masked.sum(values, mask)
 * // => ND: () cpu() float32 8.
 * Masked.sumRows(values, mask)
 * // => ND: (2) cpu() float32 [3., 5.]
 * Masked.mean(values, mask)
 * // => ND: () cpu() float32 2.6667
 * Masked.meanRows(values, mask)
 * // => ND: (2) cpu() float32 [1.5, 5.]
 * Masked.variance(values, mask, true)
 * // => ND: () cpu() float32 4.3333
 * Masked.whiten(values, mask, true)
 * // => ND: (2, 3) cpu() float32 [[-0.8006, -0.3203, nan], [1.1209, nan, nan]]
 * Masked.normalizeRows(values, mask, 1e-8)
 * // => ND: (2, 3) cpu() float32 [[-1., 1., 0.], [0., 0., 0.]]
 * Masked.zeroOutside(values, mask)
 * // => ND: (2, 3) cpu() float32 [[1., 2., 0.], [5., 0., 0.]]
 * Masked.count(mask)
 * // => 3
 * }</pre>
 */
public final class Masked {

    /** What a mean adds to its denominator unless told otherwise. */
    public static final double EPSILON = 1e-8;

    private static final Script SUM = Script.of("""
            def total(self, values: Tensor, mask: Tensor) -> Tensor:
              return torch.sum(torch.where(torch.ne(mask, 0), values, torch.zeros_like(values)))
            """);

    private static final Script SUM_ROWS = Script.of("""
            def total(self, values: Tensor, mask: Tensor) -> Tensor:
              return torch.sum(torch.where(torch.ne(mask, 0), values, torch.zeros_like(values)), [-1])
            """);

    private static final Script MEAN = Script.of("""
            def mean(self, values: Tensor, mask: Tensor, eps: float) -> Tensor:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, values, torch.zeros_like(values))
              n = torch.sum(torch.type_as(counted, values))
              return torch.div(torch.sum(kept), torch.add(n, eps))
            """);

    private static final Script MEAN_ROWS = Script.of("""
            def mean(self, values: Tensor, mask: Tensor, eps: float) -> Tensor:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, values, torch.zeros_like(values))
              n = torch.sum(torch.type_as(counted, values), [-1])
              return torch.div(torch.sum(kept, [-1]), torch.add(n, eps))
            """);

    private static final Script VARIANCE = Script.of("""
            def variance(self, values: Tensor, mask: Tensor, eps: float, unbiased: bool) -> Tensor:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, values, torch.zeros_like(values))
              n = torch.sum(torch.type_as(counted, values))
              mean = torch.div(torch.sum(kept), torch.add(n, eps))
              centred = torch.where(counted, torch.sub(kept, mean), torch.zeros_like(values))
              var = torch.div(torch.sum(torch.mul(centred, centred)), torch.add(n, eps))
              if unbiased:
                var = torch.mul(var, torch.div(n, torch.sub(n, 1)))
              return var
            """);

    /** What rounding leaves of the mean is taken away as well: of equal floats, a small deviation would make it large. */
    private static final Script WHITEN = Script.of("""
            def whiten(self, values: Tensor, mask: Tensor, eps: float, shift: bool) -> Tensor:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, values, torch.zeros_like(values))
              n = torch.sum(torch.type_as(counted, values))
              mean = torch.div(torch.sum(kept), torch.add(n, eps))
              centred = torch.where(counted, torch.sub(kept, mean), torch.zeros_like(values))
              left = torch.detach(torch.sum(centred))
              rest = torch.div(torch.sub(left, torch.mul(torch.detach(mean), eps)), torch.add(n, eps))
              excess = torch.mul(rest, torch.sub(torch.mul(left, 2), torch.mul(n, rest)))
              var = torch.div(torch.sub(torch.sum(torch.mul(centred, centred)), excess), torch.add(n, eps))
              var = torch.mul(var, torch.div(n, torch.sub(n, 1)))
              white = torch.mul(torch.sub(torch.sub(values, mean), rest), torch.rsqrt(torch.add(var, eps)))
              if not shift:
                white = torch.add(torch.add(white, mean), rest)
              return white
            """);

    /** Twice centred, for the same reason. */
    private static final Script NORMALIZE_ROWS = Script.of("""
            def normalize(self, values: Tensor, mask: Tensor, eps: float) -> Tensor:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, values, torch.zeros_like(values))
              n = torch.clamp(torch.sum(torch.type_as(counted, values), [-1], True), 1.)
              mean = torch.div(torch.sum(kept, [-1], True), n)
              centred = torch.where(counted, torch.sub(kept, mean), torch.zeros_like(values))
              rest = torch.detach(torch.div(torch.sum(centred, [-1], True), n))
              centred = torch.where(counted, torch.sub(centred, rest), torch.zeros_like(values))
              var = torch.div(torch.sum(torch.mul(centred, centred), [-1], True), n)
              return torch.div(centred, torch.sqrt(torch.clamp(var, eps)))
            """);

    private static final Script ZERO_OUTSIDE = Script.of("""
            def zero(self, values: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), values, torch.zeros_like(values))
            """);

    private Masked() {}

    /** The sum of counted elements (). */
    public static NDArray sum(NDArray values, NDArray mask) {
        check(values, mask);
        return SUM.call(values, mask);
    }

    /** The sum of counted elements of each row: (B,T) to (B). */
    public static NDArray sumRows(NDArray values, NDArray mask) {
        checkRows(values, mask);
        return SUM_ROWS.call(values, mask);
    }

    /** The mean of counted elements (), 0 if there are none. */
    public static NDArray mean(NDArray values, NDArray mask) {
        return mean(values, mask, EPSILON);
    }

    /** The mean {@code sum / (count + epsilon)} (); with 0 the exact mean, NaN if nothing is counted. */
    public static NDArray mean(NDArray values, NDArray mask, double epsilon) {
        check(values, mask);
        Check.notNegative("epsilon", epsilon);
        return MEAN.call(values, mask, epsilon);
    }

    /** The mean of counted elements of each row: (B,T) to (B), 0 for an empty row. */
    public static NDArray meanRows(NDArray values, NDArray mask) {
        return meanRows(values, mask, EPSILON);
    }

    /** The mean of each row with its own epsilon: (B,T) to (B). */
    public static NDArray meanRows(NDArray values, NDArray mask, double epsilon) {
        checkRows(values, mask);
        Check.notNegative("epsilon", epsilon);
        return MEAN_ROWS.call(values, mask, epsilon);
    }

    /**
     * The variance of counted elements (), with divisor n-1 if unbiased.
     *
     * @throws IllegalArgumentException if unbiased with fewer than two counted elements
     */
    public static NDArray variance(NDArray values, NDArray mask, boolean unbiased) {
        check(values, mask);
        if (unbiased) {
            requireTwo(mask);
        }
        return VARIANCE.call(values, mask, EPSILON, unbiased);
    }

    /**
     * Values moved and scaled to mean 0 and variance 1 over the whole batch.
     *
     * <p>Elements outside the mask are transformed too, by the same mean and variance: multiply by the mask where zeros
     * are wanted. Equal values give 0, not NaN.
     *
     * @param shiftMean false rescales around the mean without moving it
     * @throws IllegalArgumentException if fewer than two elements are counted
     */
    public static NDArray whiten(NDArray values, NDArray mask, boolean shiftMean) {
        check(values, mask);
        requireTwo(mask);
        return WHITEN.call(values, mask, EPSILON, shiftMean);
    }

    /** Each row to mean 0 and (biased) variance 1: (B,T) to (B,T), 0 outside the mask; an empty row stays 0. */
    public static NDArray normalizeRows(NDArray values, NDArray mask, double epsilon) {
        checkRows(values, mask);
        Check.positive("epsilon", epsilon);
        return NORMALIZE_ROWS.call(values, mask, epsilon);
    }

    /** Counted elements as they are, 0 in place of all others, whatever they were. */
    public static NDArray zeroOutside(NDArray values, NDArray mask) {
        check(values, mask);
        return ZERO_OUTSIDE.call(values, mask);
    }

    /** How many elements a mask counts. */
    public static long count(NDArray mask) {
        long count = mask.getDevice().isGpu() ? NativeScan.UNKNOWN : NativeScan.ones(mask);
        if (count != NativeScan.UNKNOWN) {
            return count;
        }
        count = 0;
        for (double value : Tensors.toDoubles(mask)) {
            if (value != 0) {
                count++;
            }
        }
        return count;
    }

    private static void requireTwo(NDArray mask) {
        long counted = count(mask);
        if (counted < 2) {
            throw Check.failure("mask", "at least two counted elements", counted);
        }
    }

    private static void checkRows(NDArray values, NDArray mask) {
        Check.matrix("values", values);
        check(values, mask);
    }

    private static void check(NDArray values, NDArray mask) {
        Check.floating("values", values);
        Check.notEmpty("values", values);
        Check.sameShape("mask", mask, "values", values);
        ValueCheck.of().mask("mask", mask).run();
    }
}
