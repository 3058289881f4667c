package org.rewardlab.kernel.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.Session;

/** Looks at the running cell once a second: moves the clock on, and leaves a cell behind that outlives its time limit. */
final class CellWatch implements AutoCloseable {
    /** The evaluator stops a cell when its time is up; this is how long it may take before the cell is given up. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Thread clock = new Thread(this::watch, "cell-watch");
    private final Session session;
    private final RunLog log;
    private final @Nullable Duration timeout;
    private volatile long begun;

    CellWatch(Session session, RunLog log, @Nullable Duration timeout) {
        this.session = session;
        this.log = log;
        this.timeout = timeout;
        clock.setDaemon(true);
        clock.start();
    }

    void begins() {
        begun = System.nanoTime();
    }

    void ends() {
        begun = 0;
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(1);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long since = begun;
        if (since == 0) {
            return;
        }
        long running = System.nanoTime() - since;
        log.ticks(running);
        if (timeout != null && running > timeout.plus(GRACE).toNanos()) {
            session.interrupt();
        }
    }

    @Override
    public void close() {
        clock.interrupt();
    }
}
