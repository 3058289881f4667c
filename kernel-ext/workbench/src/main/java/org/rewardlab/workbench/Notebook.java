package org.rewardlab.workbench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.Shown;
import org.rewardlab.tensor.Tensors;

/**
 * The words that every cell may use without an import: arrays from numbers, and showing things. Arrays live as long as a
 * variable reaches them; nothing needs to be closed.
 */
public final class Notebook {

    private Notebook() {}

    private static volatile @Nullable NDManager base;

    /** The manager of the notebook's arrays, on the default device unless {@code %device} named another. */
    public static synchronized NDManager manager() {
        NDManager manager = base;
        if (manager == null) {
            manager = NDManager.newBaseManager();
            base = manager;
        }
        return manager;
    }

    /** Makes further arrays of the notebook on a device; those that exist stay where they are. */
    public static synchronized void device(Device device) {
        base = NDManager.newBaseManager(device);
    }

    /** A float32 vector: {@code array(2f, 0.5f, -1f)}. */
    public static NDArray array(float... values) {
        return Tensors.create(manager(), values, values.length);
    }

    /** A float64 vector: {@code array(2.0, 0.5, -1.0)}. */
    public static NDArray array(double... values) {
        return Tensors.create(manager(), values, DataType.FLOAT64, values.length);
    }

    /** An int64 vector, such as token ids or group numbers. */
    public static NDArray array(long... values) {
        return Tensors.create(manager(), values, values.length);
    }

    /** An int64 vector, such as token ids or group numbers. */
    public static NDArray array(int... values) {
        return array(Arrays.stream(values).asLongStream().toArray());
    }

    /** A float32 matrix; rows of unequal length are rejected. */
    public static NDArray array(float[][] rows) {
        int columns = width(rows, row -> rows[row].length);
        float[] flat = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
        }
        return Tensors.create(manager(), flat, rows.length, columns);
    }

    /** A float64 matrix; rows of unequal length are rejected. */
    public static NDArray array(double[][] rows) {
        width(rows, row -> rows[row].length);
        return Tensors.fromRows(manager(), rows, DataType.FLOAT64);
    }

    /** An int64 matrix; rows of unequal length are rejected. */
    public static NDArray array(long[][] rows) {
        int columns = width(rows, row -> rows[row].length);
        long[] flat = Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
        return Tensors.create(manager(), flat, rows.length, columns);
    }

    /** A float32 array of zeros. */
    public static NDArray zeros(long... shape) {
        return manager().zeros(new Shape(shape));
    }

    /** A float32 array of ones. */
    public static NDArray ones(long... shape) {
        return manager().ones(new Shape(shape));
    }

    /** The numbers of an array in row-major order, for plots and plain Java. */
    public static double[] numbers(NDArray array) {
        return Tensors.toDoubles(array);
    }

    /** Shows something now, in the midst of a cell; the handle replaces it later. */
    public static Shown show(@Nullable Object content) {
        return Display.current().show(content == null ? "null" : content);
    }

    private static int width(Object[] rows, IntUnaryOperator lengthOfRow) {
        int columns = rows.length == 0 ? 0 : lengthOfRow.applyAsInt(0);
        for (int i = 1; i < rows.length; i++) {
            if (lengthOfRow.applyAsInt(i) != columns) {
                throw new IllegalArgumentException("rows: expected " + columns + " numbers in each, as in row 0, got "
                        + lengthOfRow.applyAsInt(i) + " in row " + i);
            }
        }
        return columns;
    }
}
