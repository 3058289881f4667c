package org.rewardlab.workbench.memory;

import ai.djl.ndarray.NDArray;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that a thread made outside of any scope and that are not yet in the collector's care. They are handed over
 * in lots, so that a long loop in one cell holds no more than it uses.
 */
final class ThreadArrays extends IdentityHashMap<NDArray, NDArray> {

    private static final long serialVersionUID = 1;

    private static final int MANY = 1024;
    private static final long MUCH = 64L << 20;

    private final transient ArrayCare care;
    private final transient Pressure pressure;
    private final transient @Nullable LentBuffers lent;
    private final transient WeakReference<Thread> owner = new WeakReference<>(Thread.currentThread());
    private transient @Nullable NDArray newest;
    private long bytes;

    /**
     * The arrays of one thread.
     *
     * @param lent keeps the Java buffers that arrays borrow; null where arrays own their memory
     */
    ThreadArrays(ArrayCare care, Pressure pressure, @Nullable LentBuffers lent) {
        this.care = care;
        this.pressure = pressure;
        this.lent = lent;
    }

    /** Called while the array is being constructed: it is the one before it that is measured. */
    @Override
    public @Nullable NDArray put(NDArray array, NDArray same) {
        @Nullable List<NDArray> due = null;
        synchronized (this) {
            NDArray previous = newest;
            if (previous != null) {
                bytes += ArrayCare.sizeOf(previous);
            }
            if (bytes >= MUCH || size() >= MANY) {
                due = takeAll();
            }
            super.put(array, same);
            newest = array;
            if (lent != null) {
                lent.borrow(array);
            }
        }
        if (due != null) {
            handOver(due);
        }
        return null;
    }

    @Override
    public synchronized @Nullable NDArray remove(@Nullable Object array) {
        if (array == newest) {
            newest = null;
        }
        return super.remove(array);
    }

    /** Two of them are the same only if they are one: this is a thread's ledger, not a value. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    boolean isOfThisThread() {
        return owner.get() == Thread.currentThread();
    }

    boolean isOfDeadThread() {
        Thread thread = owner.get();
        return thread == null || !thread.isAlive();
    }

    /** Hands the arrays over now. */
    void flush() {
        handOver(isOfThisThread() || isOfDeadThread() ? takeAll() : takeAllButNewest());
        if (lent != null) {
            lent.nextLot();
        }
    }

    /** The bytes that wait to be handed over, without those of the newest array, which may be under construction. */
    synchronized long pendingBytes() {
        return keySet().stream()
                .filter(array -> array != newest)
                .mapToLong(ArrayCare::sizeOf)
                .sum();
    }

    private synchronized List<NDArray> takeAll() {
        List<NDArray> all = new ArrayList<>(keySet());
        clear();
        bytes = 0;
        newest = null;
        return all;
    }

    /** All but the newest, which a thread that still runs may be using without holding it. */
    private synchronized List<NDArray> takeAllButNewest() {
        NDArray used = newest;
        List<NDArray> all = takeAll();
        if (used != null) {
            all.removeIf(array -> array == used); // by identity: arrays compare their numbers
            super.put(used, used);
            newest = used;
        }
        return all;
    }

    private void handOver(List<NDArray> arrays) {
        Object lot = lent == null ? null : lent.lot();
        for (NDArray array : arrays) {
            care.adopt(array, lot);
        }
        arrays.clear(); // what was handed over must not be held from here while garbage is collected
        pressure.relieve();
    }
}
