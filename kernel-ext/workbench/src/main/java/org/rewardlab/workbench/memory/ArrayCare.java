package org.rewardlab.workbench.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.NativeResource;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Frees arrays when nothing reaches them any more, and counts those that live.
 *
 * <p>What frees an array holds its native handle, not the array. A handle is taken out once: an array closed by hand is
 * not closed a second time, and one that is freed here is unreachable.
 */
public final class ArrayCare {

    private static final ArrayCare INSTANCE = new ArrayCare();
    private static final Field HANDLE = handleField();
    private static final long NO_TENSOR = -1; // an array of strings has no native part

    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private final Set<Handle> handles = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong freed = new AtomicLong();

    private ArrayCare() {
        Thread sweeper = new Thread(this::sweepForEver, "array care");
        sweeper.setDaemon(true);
        sweeper.start();
    }

    /** The one care of this Java process. */
    public static ArrayCare current() {
        return INSTANCE;
    }

    /**
     * Hands an array to the garbage collector's care. Its manager does not know it any more; closing it stays allowed.
     *
     * @param array an array that the caller made and no one else frees
     */
    public void adopt(NDArray array) {
        adopt(array, null);
    }

    /** The same, keeping something alive as long as the array. */
    void adopt(NDArray array, @Nullable Object companion) {
        AtomicReference<Long> pointer = handleOf(array);
        Long address = pointer.get();
        if (address == null || address == NO_TENSOR) {
            return;
        }
        long size = sizeOf(array);
        array.detach();
        bytes.addAndGet(size);
        handles.add(new Handle(array, unreachable, pointer, size, companion));
    }

    /** The native bytes of adopted arrays that are neither freed nor closed; views count as much as what they show. */
    public long liveBytes() {
        return handles.stream()
                .filter(Handle::isLive)
                .mapToLong(handle -> handle.bytes)
                .sum();
    }

    /** The number of adopted arrays that are neither freed nor closed. */
    public int liveArrays() {
        return (int) handles.stream().filter(Handle::isLive).count();
    }

    /** How many arrays were freed because nothing reached them. */
    public long freedArrays() {
        return freed.get();
    }

    /** A quick upper bound of {@link #liveBytes}: an array closed by hand counts until its Java object is gone. */
    long countedBytes() {
        return bytes.get();
    }

    /** Collects garbage and frees what it found, waiting a second at most for the collector to tell. */
    void collect() {
        Reference<Object> sentinel = new PhantomReference<>(new Object(), unreachable);
        System.gc();
        long deadline = System.nanoTime() + 1_000_000_000L;
        boolean told = false;
        try {
            while (System.nanoTime() < deadline) {
                Reference<?> found = unreachable.remove(told ? 5 : 50);
                if (found != null) {
                    free(found);
                }
                told |= found == sentinel || sentinel.refersTo(null);
                if (told && found == null) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweepForEver() {
        try {
            while (true) {
                free(unreachable.remove());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void free(Reference<?> found) {
        if (found instanceof Handle handle && handles.remove(handle)) {
            if (handle.free()) {
                freed.incrementAndGet();
            }
            bytes.addAndGet(-handle.bytes);
        }
    }

    /** The bytes of an array's numbers; 0 for one that was closed, now or by another thread meanwhile. */
    static long sizeOf(NDArray array) {
        try {
            if (array.isReleased()) {
                return 0;
            }
            DataType type = array.getDataType();
            return type == DataType.STRING ? 0 : array.getShape().size() * type.getNumOfBytes();
        } catch (IllegalStateException e) {
            return 0;
        }
    }

    @SuppressWarnings("unchecked")
    private static AtomicReference<Long> handleOf(NDArray array) {
        try {
            return (AtomicReference<Long>) HANDLE.get((PtNDArray) array);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field handleField() {
        try {
            Field field = NativeResource.class.getDeclaredField("handle");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What is left of an array when nothing reaches it: its native handle. */
    private static final class Handle extends PhantomReference<Object> {

        private final AtomicReference<Long> pointer;
        private final long bytes;
        private final @Nullable Object companion;

        Handle(
                NDArray array,
                ReferenceQueue<Object> queue,
                AtomicReference<Long> pointer,
                long bytes,
                @Nullable Object companion) {
            super(array, queue);
            this.pointer = pointer;
            this.bytes = bytes;
            this.companion = companion;
        }

        boolean isLive() {
            return pointer.get() != null;
        }

        /** Deletes the native array, unless it was closed by hand. */
        boolean free() {
            Long address = pointer.getAndSet(null);
            try {
                if (address != null) {
                    JniUtils.deleteNDArray(address);
                }
                return address != null;
            } finally {
                Reference.reachabilityFence(companion);
            }
        }
    }
}
