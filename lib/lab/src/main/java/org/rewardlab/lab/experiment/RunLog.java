package org.rewardlab.lab.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.NameOrder;

/**
 * What one run reports. Each {@code step} or {@code every} counts one step, starting at 1; {@code every} keeps the first,
 * each n-th and the last of them, so that a long run gives a short table whose end is always there. Metrics stand in the order in
 * which they are given, or, from a map that has no order such as {@code Map.of}, in that of their names.
 */
public final class RunLog {
    /** One kept step. */
    record Row(long step, Map<String, Double> metrics) {}

    private final List<Row> rows = new ArrayList<>();
    private long step;
    private @Nullable Row pending;

    RunLog() {}

    /** Steps counted so far. */
    public long steps() {
        return step;
    }

    /** Counts a step and keeps its metric. */
    public void step(String metric, double value) {
        every(1, metric, value);
    }

    /** Counts a step and keeps its metrics. */
    public void step(Map<String, Double> metrics) {
        every(1, metrics);
    }

    /** Counts a step; keeps its metric at the first, each n-th and the last step. */
    public void every(int n, String metric, double value) {
        every(n, Map.of(metric, value));
    }

    /** Counts a step; keeps its two metrics at the first, each n-th and the last step. */
    public void every(int n, String first, double a, String second, double b) {
        every(n, ordered(first, a, second, b));
    }

    /** Counts a step; keeps its three metrics at the first, each n-th and the last step. */
    public void every(int n, String first, double a, String second, double b, String third, double c) {
        Map<String, Double> metrics = ordered(first, a, second, b);
        metrics.put(third, c);
        every(n, metrics);
    }

    /** Counts a step; keeps its metrics at the first, each n-th and the last step. */
    public void every(int n, Map<String, Double> metrics) {
        if (n < 1) {
            throw new IllegalArgumentException("n: expected at least 1, got " + n);
        }
        step++;
        Row row = new Row(step, new LinkedHashMap<>(NameOrder.of(metrics)));
        if (step == 1 || step % n == 0) {
            rows.add(row);
            pending = null;
        } else {
            pending = row;
        }
        InterruptedRun.check();
    }

    /**
     * Keeps metrics at a step of the run's own counting, such as a number of samples.
     *
     * @param at not before the last kept step
     */
    public void at(long at, Map<String, Double> metrics) {
        if (at < step) {
            throw new IllegalArgumentException("at: expected a step from " + step + " on, got " + at);
        }
        step = at;
        pending = null;
        rows.add(new Row(at, new LinkedHashMap<>(NameOrder.of(metrics))));
        InterruptedRun.check();
    }

    /** Keeps a number that belongs to the whole run, beside the last step. */
    public void result(String metric, double value) {
        flush();
        if (rows.isEmpty()) {
            rows.add(new Row(step, new LinkedHashMap<>()));
        }
        rows.get(rows.size() - 1).metrics().put(metric, value);
    }

    /** Everything kept, with the last step. */
    List<Row> finish() {
        flush();
        return List.copyOf(rows);
    }

    private void flush() {
        if (pending != null) {
            rows.add(pending);
            pending = null;
        }
    }

    private static Map<String, Double> ordered(String first, double a, String second, double b) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(first, a);
        metrics.put(second, b);
        return metrics;
    }
}
