package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;
import org.rewardlab.tensor.Scope;

/**
 * Seconds of one call.
 *
 * @param wall by the clock
 * @param cpu of the thread, which a busy machine does not stretch
 */
record Timing(double wall, double cpu) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Our side: each call in a scope that frees what it made. */
    static Timing of(Supplier<NDArray> work, int calls) {
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < calls; i++) {
            try (Scope scope = Scope.open()) {
                scope.keep(work.get()).close();
            }
        }
        return new Timing(
                (System.nanoTime() - wall) / 1e9 / calls, (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9 / calls);
    }
}
