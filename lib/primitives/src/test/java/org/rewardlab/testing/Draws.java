package org.rewardlab.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.rewardlab.tensor.Tensors;

/**
 * Inputs of tests, drawn from a seed, in a manager of their own that is closed with them.
 *
 * <pre>{@code try (Draws draw = new Draws(7)) { NDArray logps = draw.logps(3, 5); ... }}</pre>
 */
public final class Draws implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager();
    private final Random random;
    private final DataType type;

    /** Inputs in float64. */
    public Draws(long seed) {
        this(seed, DataType.FLOAT64);
    }

    public Draws(long seed, DataType type) {
        this.random = new Random(seed);
        this.type = type;
    }

    public NDManager manager() {
        return manager;
    }

    public Random random() {
        return random;
    }

    /** An array of the drawer's type from given numbers. */
    public NDArray of(double[] values, long... shape) {
        return Tensors.create(manager, values, type, shape);
    }

    /** A vector of the drawer's type. */
    public NDArray vector(double... values) {
        return of(values, values.length);
    }

    /** A matrix of the drawer's type. */
    public NDArray matrix(double[][] rows) {
        return Tensors.fromRows(manager, rows, type);
    }

    /** A vector of int64. */
    public NDArray integers(long... values) {
        return Tensors.create(manager, values, values.length);
    }

    /** Standard normal numbers. */
    public NDArray normal(long... shape) {
        return draw(random::nextGaussian, shape);
    }

    /** Normal numbers of a given spread. */
    public NDArray normal(double deviation, long[] shape) {
        return draw(() -> deviation * random.nextGaussian(), shape);
    }

    /** Numbers between two bounds. */
    public NDArray uniform(double low, double high, long[] shape) {
        return draw(() -> low + (high - low) * random.nextDouble(), shape);
    }

    /** Negative numbers as token log-probabilities are: mostly near 0, some down to about -6. */
    public NDArray logps(long... shape) {
        return draw(() -> Math.log(1e-3 + 0.999 * random.nextDouble()) - 1e-4, shape);
    }

    /** Zeros and ones. */
    public NDArray flags(long... shape) {
        return draw(() -> random.nextBoolean() ? 1 : 0, shape);
    }

    /** Token ids below a vocabulary size, int64. */
    public NDArray ids(int vocabulary, long... shape) {
        double[] values = new double[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(vocabulary);
        }
        return Tensors.create(manager, values, DataType.INT64, shape);
    }

    /** Group ids out of a few far apart and negative ones, int64; every group is likely to have several rows. */
    public NDArray groups(int rows, int groups) {
        long[] ids = new long[rows];
        for (int b = 0; b < rows; b++) {
            ids[b] = (b < 2 ? 0 : random.nextInt(groups)) * 1000L - 7;
        }
        return integers(ids);
    }

    /** A right-padded mask (B,T) with rows of any length from 1 on; row 0 is full. */
    public NDArray mask(int rows, int tokens) {
        return matrix(maskRows(rows, tokens, false));
    }

    /** A mask (B,T) with holes, padding on both sides and, from three rows on, one empty row; row 0 has tokens. */
    public NDArray raggedMask(int rows, int tokens) {
        return matrix(maskRows(rows, tokens, true));
    }

    private double[][] maskRows(int rows, int tokens, boolean holes) {
        double[][] mask = new double[rows][tokens];
        for (int b = 0; b < rows; b++) {
            int length = b == 0 ? tokens : 1 + random.nextInt(tokens);
            for (int t = 0; t < length; t++) {
                mask[b][t] = holes && random.nextInt(4) == 0 ? 0 : 1;
            }
            mask[b][b == 0 ? 0 : random.nextInt(length)] = 1;
        }
        if (holes && rows > 2) {
            mask[rows - 1] = new double[tokens];
        }
        return mask;
    }

    /** The same numbers with another number, such as NaN, wherever the mask is 0. */
    public NDArray replacedOutside(NDArray values, NDArray mask, double number) {
        double[] numbers = Tensors.toDoubles(values);
        double[] counted = Tensors.toDoubles(mask);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = counted[i] == 0 ? number : numbers[i];
        }
        return Tensors.create(
                manager, numbers, values.getDataType(), values.getShape().getShape());
    }

    /** A matrix with more columns of a given number on the left and on the right. */
    public NDArray padded(NDArray matrix, int left, int right, double number) {
        double[][] rows = Tensors.toRows(matrix);
        double[][] wide = new double[rows.length][];
        for (int b = 0; b < rows.length; b++) {
            wide[b] = new double[left + rows[b].length + right];
            java.util.Arrays.fill(wide[b], number);
            System.arraycopy(rows[b], 0, wide[b], left, rows[b].length);
        }
        return Tensors.fromRows(manager, wide, matrix.getDataType());
    }

    /** A random order of n things. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The rows (first dimension) of an array in another order: row i of the result is row {@code order[i]}. */
    public NDArray permuted(NDArray array, int[] order) {
        double[] from = Tensors.toDoubles(array);
        double[] to = new double[from.length];
        int row = from.length / order.length;
        for (int b = 0; b < order.length; b++) {
            System.arraycopy(from, order[b] * row, to, b * row, row);
        }
        return Tensors.create(manager, to, array.getDataType(), array.getShape().getShape());
    }

    private NDArray draw(DoubleSupplier source, long... shape) {
        double[] values = new double[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = source.getAsDouble();
        }
        return of(values, shape);
    }

    @Override
    public void close() {
        manager.close();
    }
}
