package org.rewardlab.workbench.memory;

/**
 * When a garbage collection is worth its time: the Java heap feels nothing of tensors, so their bytes are counted.
 *
 * <p>A collection comes when the counted bytes pass a limit, which grows with what is really in use, so that a notebook
 * that holds much does not collect in vain. Views count as much as the memory they show; so that many views of one
 * array cause no storm, a collection also waits until the process has really grown since the last one, or until twice
 * the time that the last one took has passed.
 */
final class Pressure {

    private final ArrayCare care;
    private final long base;
    private volatile long limit;
    private long endOfLast = System.nanoTime();
    private long durationOfLast;
    private long residentAfterLast;

    Pressure(ArrayCare care, long base) {
        this.care = care;
        this.base = base;
        this.limit = base;
    }

    /** The limit of a notebook: 192 MB, or what {@code rewardlab.memory.limit} says, in bytes. */
    static long standardLimit() {
        return Long.getLong("rewardlab.memory.limit", 192L << 20);
    }

    /** Collects if it is time to; called whenever arrays were adopted. */
    void relieve() {
        if (care.countedBytes() > limit) {
            collectIfDue();
        }
    }

    private synchronized void collectIfDue() {
        long start = System.nanoTime();
        if (care.countedBytes() <= limit || (start - endOfLast < 2 * durationOfLast && !hasGrown())) {
            return;
        }
        care.collect();
        if (care.liveBytes() > limit) { // buffers and chains of objects may need a second round
            care.collect();
        }
        NativeHeap.giveBack();
        residentAfterLast = ProcessMemory.resident();
        limit = Math.max(base, care.liveBytes() * 5 / 4);
        endOfLast = System.nanoTime();
        durationOfLast = endOfLast - start;
    }

    private boolean hasGrown() {
        return ProcessMemory.resident() - residentAfterLast > base;
    }
}
