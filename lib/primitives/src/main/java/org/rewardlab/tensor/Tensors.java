package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Arrays from Java numbers and back.
 *
 * <p>DJL's {@code manager.create(float[])} lends Java memory to PyTorch and takes it back when the array is closed or
 * collected, even while a view or the autograd graph still reads it. The arrays made here own their memory in
 * PyTorch, so that views and gradients stay right whatever happens to the original.
 *
 * <pre>{@code
 * var rows = Tensors.create(nd, new float[] {1, 2, 3, 4}, 2, 2);
 * rows
 * // => ND: (2, 2) cpu() float32 [[1., 2.], [3., 4.]]
 * Tensors.toDoubles(rows)
 * // => double[4] { 1.0, 2.0, 3.0, 4.0 }
 * Tensors.toRows(rows)[1]
 * // => double[2] { 3.0, 4.0 }
 * Tensors.fromRows(nd, new double[][] {{1, 2}, {3, 4}}, DataType.FLOAT64)
 * // => ND: (2, 2) cpu() float64 [[1., 2.], [3., 4.]]
 * Tensors.vector(rows, new double[] {5, 6})
 * // => ND: (2) cpu() float32 [5., 6.]
 * Tensors.scalar(rows, 7)
 * // => ND: () cpu() float32 7.
 * Tensors.create(nd, new float[] {1, 2, 3}, 2, 2)
 * // => IllegalArgumentException: values: expected 4 numbers for shape (2, 2), got 3
 * }</pre>
 */
public final class Tensors {

    private Tensors() {}

    /**
     * An array of float32, float64 or int64 from numbers in row-major order.
     *
     * @throws IllegalArgumentException if the number of values does not fit the shape, for another type, and for int64 from what is
     *     not a whole number
     */
    public static NDArray create(NDManager manager, double[] values, DataType type, long... shape) {
        if (type == DataType.INT64) {
            for (double value : values) {
                if (value != Math.rint(value) || Double.isInfinite(value)) {
                    throw Check.failure("values", "a whole number", value);
                }
            }
        }
        return switch (type) {
            case FLOAT32 ->
                fill(manager, values.length, type, shape, bytes -> {
                    float[] narrow = new float[values.length];
                    for (int i = 0; i < narrow.length; i++) {
                        narrow[i] = (float) values[i];
                    }
                    bytes.asFloatBuffer().put(narrow);
                });
            case FLOAT64 ->
                fill(
                        manager,
                        values.length,
                        type,
                        shape,
                        bytes -> bytes.asDoubleBuffer().put(values));
            case INT64 ->
                fill(manager, values.length, type, shape, bytes -> {
                    var target = bytes.asLongBuffer();
                    for (double value : values) {
                        target.put((long) value);
                    }
                });
            default -> throw Check.failure("type", "float32, float64 or int64", type);
        };
    }

    /** A float32 array that owns its memory; rejects a number of values that does not fit the shape. */
    public static NDArray create(NDManager manager, float[] values, long... shape) {
        return fill(
                manager,
                values.length,
                DataType.FLOAT32,
                shape,
                bytes -> bytes.asFloatBuffer().put(values));
    }

    /** An int64 array that owns its memory; rejects a number of values that does not fit the shape. */
    public static NDArray create(NDManager manager, long[] values, long... shape) {
        return fill(
                manager,
                values.length,
                DataType.INT64,
                shape,
                bytes -> bytes.asLongBuffer().put(values));
    }

    /** One number () of the type of another array, beside it in its manager. */
    public static NDArray scalar(NDArray like, double value) {
        return create(like.getManager(), new double[] {value}, like.getDataType());
    }

    /** Numbers (n) of the type of another array, beside it in its manager. */
    public static NDArray vector(NDArray like, double[] values) {
        return create(like.getManager(), values, like.getDataType(), values.length);
    }

    private static NDArray fill(
            NDManager manager, int count, DataType type, long[] dimensions, Consumer<ByteBuffer> writer) {
        Shape shape = new Shape(dimensions);
        if (shape.size() != count) {
            throw Check.failure("values", shape.size() + " numbers for shape " + shape, count);
        }
        if (manager.getDevice().isGpu()) { // DJL copies to a GPU at once
            ByteBuffer bytes =
                    ByteBuffer.allocateDirect(count * type.getNumOfBytes()).order(ByteOrder.nativeOrder());
            writer.accept(bytes);
            return manager.create(bytes, shape, type);
        }
        NDArray array = manager.create(shape, type);
        if (count > 0) {
            writer.accept(array.toByteBuffer(true));
        }
        return array;
    }

    /** All numbers of an array in row-major order, whatever its type; booleans become 0 and 1. */
    public static double[] toDoubles(NDArray array) {
        double[] values = new double[Math.toIntExact(array.size())];
        if (values.length == 0) {
            return values;
        }
        try (NDScope scope = new NDScope()) { // a strided array or one on a GPU is read through a copy
            scope.suppressNotUsedWarning();
            read(array.toByteBuffer(true), array.getDataType(), values);
        }
        return values;
    }

    private static void read(ByteBuffer bytes, DataType type, double[] values) {
        switch (type) {
            case FLOAT64 -> bytes.asDoubleBuffer().get(values);
            case FLOAT32 -> {
                float[] narrow = new float[values.length];
                bytes.asFloatBuffer().get(narrow);
                for (int i = 0; i < narrow.length; i++) {
                    values[i] = narrow[i];
                }
            }
            case INT64 -> {
                var source = bytes.asLongBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = source.get(i);
                }
            }
            case INT32 -> {
                var source = bytes.asIntBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = source.get(i);
                }
            }
            case BOOLEAN, INT8 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = bytes.get(i);
                }
            }
            case UINT8 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = bytes.get(i) & 0xff;
                }
            }
            default -> throw Check.failure("array", "numbers or booleans", type);
        }
    }

    /** The numbers of a matrix (B,T) as rows. */
    public static double[][] toRows(NDArray matrix) {
        long[] shape = matrix.getShape().getShape();
        if (shape.length != 2) {
            throw Check.failure("matrix", "a matrix (B,T)", matrix.getShape());
        }
        double[] flat = toDoubles(matrix);
        double[][] rows = new double[(int) shape[0]][(int) shape[1]];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(flat, b * rows[b].length, rows[b], 0, rows[b].length);
        }
        return rows;
    }

    /** A matrix from rows of equal length. */
    public static NDArray fromRows(NDManager manager, double[][] rows, DataType type) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] flat = new double[rows.length * columns];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(rows[b], 0, flat, b * columns, columns);
        }
        return create(manager, flat, type, rows.length, columns);
    }
}
