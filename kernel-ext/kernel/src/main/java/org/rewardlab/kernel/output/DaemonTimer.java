package org.rewardlab.kernel.output;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs small things a little later, on a daemon thread of its own that belongs to no cell. */
public final class DaemonTimer implements AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    /** A timer whose thread has that name. */
    public DaemonTimer(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task once, after the delay; does nothing after {@link #close()}. The future allows to cancel it. */
    public ScheduledFuture<?> after(long millis, Runnable task) {
        return executor.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Runs the task once, after the delay, with nobody waiting for it. */
    public void plan(long millis, Runnable task) {
        if (!executor.isShutdown()) {
            ScheduledFuture<?> unused = after(millis, task);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
