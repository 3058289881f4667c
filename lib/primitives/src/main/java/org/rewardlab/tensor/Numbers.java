package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an array in row-major order, read or written a stretch at a time, so that a scan over millions of
 * tokens works in the cache and allocates nothing of their size.
 *
 * <p>To be closed, in reverse order of opening. Arrays that are to outlive it are made before it is opened.
 *
 * <pre>{@code
 * var array = nd.create(new float[] {1, 2, 3, 4});
 * var stretch = new double[2];
 * try (var numbers = Numbers.of(array)) {
 *     numbers.read(1, stretch, 2);
 * }
 * stretch
 * // => double[2] { 2.0, 3.0 }
 * }</pre>
 */
public final class Numbers implements AutoCloseable {

    private static final int PIECE = 4096;
    private static final int[] ZEROS = new int[PIECE];
    private static final int[] ONES = new int[PIECE];

    static {
        Arrays.fill(ONES, Float.floatToIntBits(1));
    }

    private final NDScope scope =
            new NDScope(); // a strided array or one on a GPU is read through a copy that lives in it
    private final DataType type;
    private final int size;
    private final @Nullable FloatBuffer floats;
    private final @Nullable DoubleBuffer doubles;
    private final IntBuffer bits;
    private final double[] others;
    private float[] stretch = {};

    private Numbers(NDArray array) {
        scope.suppressNotUsedWarning();
        type = array.getDataType();
        size = Math.toIntExact(array.size());
        boolean direct = size > 0 && (type == DataType.FLOAT32 || type == DataType.FLOAT64);
        ByteBuffer bytes = direct ? array.toByteBuffer(true) : ByteBuffer.allocate(0);
        floats = type == DataType.FLOAT32 ? bytes.asFloatBuffer() : null;
        bits = type == DataType.FLOAT32 ? bytes.asIntBuffer() : IntBuffer.allocate(0);
        doubles = type == DataType.FLOAT64 ? bytes.asDoubleBuffer() : null;
        others = floats == null && doubles == null ? Tensors.toDoubles(array) : new double[0];
    }

    /** The numbers of an array, whatever its type; booleans are 0 and 1. */
    public static Numbers of(NDArray array) {
        return new Numbers(array);
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Copies {@code count} numbers from {@code from} on to the start of an array. */
    public void read(int from, double[] into, int count) {
        if (floats != null) {
            float[] copy = stretch(count);
            floats.get(from, copy, 0, count);
            for (int i = 0; i < count; i++) {
                into[i] = copy[i];
            }
        } else if (doubles != null) {
            doubles.get(from, into, 0, count);
        } else {
            System.arraycopy(others, from, into, 0, count);
        }
    }

    /**
     * Overwrites {@code count} numbers from {@code from} on; for a float32 or float64 array on the CPU that nothing
     * else reads yet.
     */
    public void write(int from, double[] values, int count) {
        if (floats != null) {
            float[] copy = stretch(count);
            for (int i = 0; i < count; i++) {
                copy[i] = (float) values[i];
            }
            floats.put(from, copy, 0, count);
        } else if (doubles != null) {
            doubles.put(from, values, 0, count);
        } else {
            throw Check.failure("array", "float32 or float64", type);
        }
    }

    /** Whether these are float32 numbers that can be copied as they are. */
    public boolean areFloats() {
        return floats != null;
    }

    /** Like {@link #read(int, double[], int)} where {@link #areFloats()}. */
    public void read(int from, float[] into, int count) {
        read(from, into, 0, count);
    }

    /** Copies {@code count} numbers from {@code from} on to {@code start} on of an array, where {@link #areFloats()}. */
    public void read(int from, float[] into, int start, int count) {
        present(floats).get(from, into, start, count);
    }

    /**
     * How many ones {@code count} numbers from {@code from} on start with, if zeros alone follow, -1 if anything else
     * does; where {@link #areFloats()}. For masks, of which nothing is copied.
     */
    public int onesBeforeZeros(int from, int count) {
        present(floats);
        int ones = matching(ONES, from, count);
        return matching(ZEROS, from + ones, count - ones) == count - ones ? ones : -1;
    }

    private int matching(int[] pattern, int from, int count) {
        for (int done = 0; done < count; done += PIECE) {
            int some = Math.min(PIECE, count - done);
            bits.limit(from + done + some).position(from + done);
            int other = bits.mismatch(IntBuffer.wrap(pattern, 0, some));
            if (other >= 0) {
                return done + other;
            }
        }
        return count;
    }

    /** Like {@link #write(int, double[], int)} where {@link #areFloats()}. */
    public void write(int from, float[] values, int count) {
        write(from, values, 0, count);
    }

    /** Overwrites {@code count} numbers from {@code from} on by those of an array from {@code start} on. */
    public void write(int from, float[] values, int start, int count) {
        present(floats).put(from, values, start, count);
    }

    private FloatBuffer present(@Nullable FloatBuffer buffer) {
        if (buffer == null) {
            throw Check.failure("array", "float32", type);
        }
        return buffer;
    }

    private float[] stretch(int count) {
        if (stretch.length < count) {
            stretch = new float[count];
        }
        return stretch;
    }

    @Override
    public void close() {
        scope.close();
    }
}
