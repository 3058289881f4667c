package org.rewardlab.workbench.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The Java buffers that arrays borrow, where DJL could not be changed: all buffers of a cell live as long as one of its arrays, so
 * that a view of an array, made in the same cell, can be read. Numbers {@code set} into an array later are not covered.
 */
final class LentBuffers {

    private static final long LARGEST_LOT = 256L << 20;
    private static final Field BUFFER = bufferField();

    private List<ByteBuffer> lot = new ArrayList<>();
    private long bytes;

    /** Notes the buffer of an array under construction, if it borrows one. */
    synchronized void borrow(NDArray array) {
        try {
            if (array instanceof PtNDArray && BUFFER.get(array) instanceof ByteBuffer buffer) {
                lot.add(buffer);
                bytes += buffer.capacity();
                if (bytes > LARGEST_LOT) {
                    nextLot();
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The buffers of this cell so far, to be held by its arrays. */
    synchronized Object lot() {
        return lot;
    }

    /** The next cell begins. */
    synchronized void nextLot() {
        lot = new ArrayList<>();
        bytes = 0;
    }

    private static Field bufferField() {
        try {
            Field field = PtNDArray.class.getDeclaredField("dataRef");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
