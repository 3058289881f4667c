package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Fast first looks at the numbers of an array on the CPU, by their bits and a few thousand at a time: what passes is in
 * order, what does not is looked at again, slowly and with a message.
 */
final class NativeScan {

    private static final int PIECE = 1024;
    private static final int ONE = 0x3f800000;
    private static final int INFINITY = 0x7f800000;
    private static final long LONG_ONE = 0x3ff0000000000000L;
    private static final long LONG_INFINITY = 0x7ff0000000000000L;

    /** What a flag or a count says of an array that cannot be told at a first look. */
    static final long UNKNOWN = -1;

    private NativeScan() {}

    /** Whether certainly no number is NaN. */
    static boolean hasNoNaN(NDArray array) {
        return isFloat(array) ? below(array, INFINITY) : isDouble(array) && belowLong(array, LONG_INFINITY);
    }

    /** Whether certainly all numbers are finite. */
    static boolean isFinite(NDArray array) {
        return isFloat(array) ? below(array, INFINITY - 1) : isDouble(array) && belowLong(array, LONG_INFINITY - 1);
    }

    /** How many ones an array of nothing but 0 and 1 holds, {@link #UNKNOWN} for other arrays and types. */
    static long ones(NDArray array) {
        return isFloat(array) ? floatOnes(array) : isDouble(array) ? doubleOnes(array) : UNKNOWN;
    }

    private static boolean isFloat(NDArray array) {
        return array.getDataType() == DataType.FLOAT32;
    }

    private static boolean isDouble(NDArray array) {
        return array.getDataType() == DataType.FLOAT64;
    }

    /** Whether no number is larger in size than the one of these bits. */
    private static boolean below(NDArray array, int bound) {
        try (NDScope scope = new NDScope()) { // a strided array is read through a copy
            scope.suppressNotUsedWarning();
            IntBuffer numbers = bytes(array).asIntBuffer();
            int[] piece = new int[Math.min(PIECE, numbers.remaining())];
            int beyond = 0;
            while (numbers.hasRemaining()) {
                int count = Math.min(piece.length, numbers.remaining());
                numbers.get(piece, 0, count);
                beyond |= beyond(piece, count, bound);
            }
            return beyond >= 0;
        }
    }

    private static boolean belowLong(NDArray array, long bound) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            LongBuffer numbers = bytes(array).asLongBuffer();
            long[] piece = new long[Math.min(PIECE, numbers.remaining())];
            long beyond = 0;
            while (numbers.hasRemaining()) {
                int count = Math.min(piece.length, numbers.remaining());
                numbers.get(piece, 0, count);
                beyond |= beyond(piece, count, bound);
            }
            return beyond >= 0;
        }
    }

    private static long floatOnes(NDArray array) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            IntBuffer numbers = bytes(array).asIntBuffer();
            int[] piece = new int[Math.min(PIECE, numbers.remaining())];
            long ones = 0;
            while (numbers.hasRemaining()) {
                int count = Math.min(piece.length, numbers.remaining());
                numbers.get(piece, 0, count);
                if (others(piece, count) < 0) {
                    return UNKNOWN;
                }
                ones += ones(piece, count);
            }
            return ones;
        }
    }

    private static long doubleOnes(NDArray array) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            LongBuffer numbers = bytes(array).asLongBuffer();
            long[] piece = new long[Math.min(PIECE, numbers.remaining())];
            long ones = 0;
            while (numbers.hasRemaining()) {
                int count = Math.min(piece.length, numbers.remaining());
                numbers.get(piece, 0, count);
                if (others(piece, count) < 0) {
                    return UNKNOWN;
                }
                ones += ones(piece, count);
            }
            return ones;
        }
    }

    // The loops below are what the compiler turns into vector instructions: plain, over an array, one at a time.

    /** Negative if a number is larger in size than the bound. */
    private static int beyond(int[] numbers, int count, int bound) {
        int beyond = 0;
        for (int i = 0; i < count; i++) {
            beyond |= bound - (numbers[i] & 0x7fffffff);
        }
        return beyond;
    }

    private static long beyond(long[] numbers, int count, long bound) {
        long beyond = 0;
        for (int i = 0; i < count; i++) {
            beyond |= bound - (numbers[i] & 0x7fffffffffffffffL);
        }
        return beyond;
    }

    /** Negative if a number is neither 0 nor 1. */
    private static int others(int[] numbers, int count) {
        int others = 0;
        for (int i = 0; i < count; i++) {
            int zero = numbers[i];
            int one = numbers[i] ^ ONE;
            others |= (zero | -zero) & (one | -one);
        }
        return others;
    }

    private static long others(long[] numbers, int count) {
        long others = 0;
        for (int i = 0; i < count; i++) {
            long zero = numbers[i];
            long one = numbers[i] ^ LONG_ONE;
            others |= (zero | -zero) & (one | -one);
        }
        return others;
    }

    private static int ones(int[] numbers, int count) {
        int ones = 0;
        for (int i = 0; i < count; i++) {
            ones += numbers[i] >>> 29;
        }
        return ones;
    }

    private static long ones(long[] numbers, int count) {
        long ones = 0;
        for (int i = 0; i < count; i++) {
            ones += numbers[i] >>> 61;
        }
        return ones;
    }

    private static ByteBuffer bytes(NDArray array) {
        if (array.size() == 0) {
            return ByteBuffer.allocate(0);
        }
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    }
}
