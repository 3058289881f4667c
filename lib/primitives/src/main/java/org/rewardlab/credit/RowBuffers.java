package org.rewardlab.credit;

import org.jspecify.annotations.Nullable;

/**
 * Java memory for a few rows, the same for each call of a thread: fresh memory has to be fetched from afar, which costs
 * as much as a scan.
 */
final class RowBuffers {

    /** How many numbers a thread keeps at most. */
    private static final long MOST = 1 << 19;

    private static final ThreadLocal<RowBuffers> OF_THREAD = ThreadLocal.withInitial(RowBuffers::new);

    private float @Nullable [][] kept;

    private RowBuffers() {}

    /** Rows of a length, at least so many, with any content; of this call alone until they are given back. */
    static float[][] take(int rows, int tokens) {
        RowBuffers mine = OF_THREAD.get();
        float[][] kept = mine.kept;
        if (kept == null || kept.length < rows || kept[0].length != tokens) {
            return new float[rows][tokens];
        }
        mine.kept = null;
        return kept;
    }

    /** Lets the next call of this thread have them. */
    static void giveBack(float[][] rows) {
        if (rows.length > 0 && (long) rows.length * rows[0].length <= MOST) {
            OF_THREAD.get().kept = rows;
        }
    }
}
