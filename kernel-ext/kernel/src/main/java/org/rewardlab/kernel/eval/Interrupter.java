package org.rewardlab.kernel.eval;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.DaemonTimer;

/** Stops cells: by a request or by a time limit, with a word where native or library code does not listen. */
final class Interrupter implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 3_000;
    private static final long GRACE_MILLIS = 2_000;

    private final DaemonTimer timer = new DaemonTimer("cell-interrupts");
    private final Set<CellTask> stopping = ConcurrentHashMap.newKeySet();
    private @Nullable CellTask stubborn;

    /** Interrupts what runs; true where the thread was given up and a new one is needed. */
    synchronized boolean interrupt(CellThread cells) {
        CellTask task = cells.running();
        if (task == null || task.hasEnded()) {
            return false;
        }
        if (task == stubborn) {
            stubborn = null;
            task.abandon(new CellStopped(
                    "the cell did not stop and was left behind; its thread still runs, the next cells have a new one"));
            return true;
        }
        stop(task, CellTask.Stop.INTERRUPTED);
        return false;
    }

    private void stop(CellTask task, CellTask.Stop reason) {
        stopping.add(task);
        StopSite.arm(task);
        task.stop(reason);
        timer.plan(PATIENCE_MILLIS, () -> complain(task));
    }

    private synchronized void complain(CellTask task) {
        Thread thread = task.thread();
        if (task.hasEnded() || task.isAbandoned() || thread == null) {
            return;
        }
        stubborn = task;
        task.stop(task.stopped());
        StringBuilder notice = new StringBuilder("[the cell has not stopped; it is in\n");
        StackTraceElement[] frames = thread.getStackTrace();
        for (int i = 0; i < Math.min(3, frames.length); i++) {
            notice.append("    ").append(frames[i]).append('\n');
        }
        task.say(notice.append(" interrupt again to leave it behind and go on]\n")
                .toString());
    }

    /** Interrupts the task when its time is up. */
    void watchTimeout(CellThread cells, CellTask task, @Nullable Duration timeout) {
        if (timeout != null) {
            timer.plan(timeout.toMillis(), () -> timeOut(cells, task));
        }
    }

    private synchronized void timeOut(CellThread cells, CellTask task) {
        if (cells.running() == task && !task.hasEnded() && task.stopped() == CellTask.Stop.NONE) {
            stop(task, CellTask.Stop.TIMED_OUT);
        }
    }

    /** The task is over; checks stay for a moment, for threads that it started. */
    void ended(CellTask task) {
        if (task.stopped() != CellTask.Stop.NONE) {
            timer.plan(GRACE_MILLIS, () -> disarm(task));
        }
    }

    /** A thread that was left behind keeps its checks until it ends. */
    private void disarm(CellTask task) {
        if (task.hasEnded()) {
            stopping.remove(task);
            StopSite.disarm(task);
        } else {
            timer.plan(GRACE_MILLIS, () -> disarm(task));
        }
    }

    @Override
    public void close() {
        timer.close();
        stopping.forEach(StopSite::disarm);
    }
}
