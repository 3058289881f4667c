package org.rewardlab.lab.display;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar: count, percentage, rate, time left, latest metrics. It is updated as often as the display wants (at
 * most five times a second), and a bar opened on the same thread within another stands below it, indented. Close it, best by
 * try-with-resources; its last state stays.
 *
 * <p>{@code try (var bar = Progress.of("training", 200)) { for (...) { ...; bar.step("loss", loss); } }}
 */
public final class Progress implements AutoCloseable {
    private static final ThreadLocal<@Nullable Progress> INNERMOST = new ThreadLocal<>();

    private final String label;
    private final long total;
    private final Display display;
    private final LongSupplier clock;
    private final long start;
    private final int depth;
    private final @Nullable Progress outer;
    private final long interval;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Shown shown;
    private long done;
    private long lastShown;
    private boolean closed;

    Progress(String label, long total, Display display, LongSupplier clock) {
        if (total < 0) {
            throw new IllegalArgumentException("total: expected at least 0 (0: not known), got " + total);
        }
        this.label = label;
        this.total = total;
        this.display = display;
        this.clock = clock;
        this.outer = INNERMOST.get();
        this.depth = outer == null ? 0 : outer.depth + 1;
        this.interval = this.display.progressInterval().toNanos();
        this.start = clock.getAsLong();
        this.lastShown = start;
        this.shown = display.show(state(""));
        INNERMOST.set(this);
    }

    /**
     * Opens a bar on the current display.
     *
     * @param label what is being done
     * @param total how many steps there will be; 0 when that is not known
     */
    public static Progress of(String label, long total) {
        return new Progress(label, total, Display.current(), System::nanoTime);
    }

    /** One step done. */
    public void step() {
        advance(1, Map.of());
    }

    /** One step done, with a metric. */
    public void step(String metric, double value) {
        advance(1, Map.of(metric, value));
    }

    /** One step done, with metrics. */
    public void step(Map<String, Double> latest) {
        advance(1, latest);
    }

    /**
     * Several steps done.
     *
     * @param steps at least 0
     * @param latest metrics, replacing those of the same name
     */
    public synchronized void advance(long steps, Map<String, Double> latest) {
        if (steps < 0) {
            throw new IllegalArgumentException("steps: expected at least 0, got " + steps);
        }
        done += steps;
        metrics.putAll(NameOrder.of(latest));
        long now = clock.getAsLong();
        if (!closed && now - lastShown >= interval) {
            lastShown = now;
            shown.update(state(""));
        }
    }

    /**
     * Draws the bars that were left open on this thread as they stand, such as after a cell that failed within one; they may
     * go on, and those that are opened later stand by themselves.
     */
    public static void settle() {
        Progress bar = INNERMOST.get();
        INNERMOST.remove();
        while (bar != null) {
            bar.redraw();
            bar = bar.outer;
        }
    }

    private synchronized void redraw() {
        if (!closed) {
            shown.update(state(""));
        }
    }

    /** Ends the bar before its time, saying why. */
    public void fail(String reason) {
        end(reason);
    }

    @Override
    public void close() {
        end("");
    }

    private synchronized void end(String failure) {
        if (closed) {
            return;
        }
        closed = true;
        if (INNERMOST.get() == this) {
            if (outer == null) {
                INNERMOST.remove();
            } else {
                INNERMOST.set(outer);
            }
        }
        shown.update(state(failure));
    }

    private synchronized ProgressState state(String failure) {
        Duration elapsed = Duration.ofNanos(clock.getAsLong() - start);
        return new ProgressState(label, done, total, elapsed, metrics, depth, closed, failure);
    }
}
