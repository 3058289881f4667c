package org.rewardlab.kernel.eval;

import java.util.concurrent.locks.LockSupport;
import jdk.jshell.SourceCodeAnalysis;

/** JShell's index of the class path, which it makes in the background and does not wait for itself. */
public final class ClassIndex {

    private static final long WAIT_NANOS = 2_000_000_000;

    private ClassIndex() {}

    /** Waits for the index, not for ever; whether there was anything to wait for. */
    public static boolean await(SourceCodeAnalysis analysis) {
        long end = System.nanoTime() + WAIT_NANOS;
        boolean waited = false;
        while (!analysis.listQualifiedNames("String", 6).isUpToDate()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(10_000_000);
            waited = true;
        }
        return waited;
    }
}
