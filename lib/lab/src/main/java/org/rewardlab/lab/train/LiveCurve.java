package org.rewardlab.lab.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Live;
import org.rewardlab.lab.plot.LiveChart;
import tech.tablesaw.api.Table;

/**
 * Draws metrics while they are measured, and leaves the last drawing: of a run that judges held-out pairs its history, of any other its
 * steps.
 */
public final class LiveCurve implements TrainingListener {
    private final String[] metrics;
    private @Nullable Live live;
    private @Nullable Table latest;
    private @Nullable LiveChart steps;

    /**
     * @param metrics names such as {@code rewards/accuracies}, a panel each
     */
    public LiveCurve(String... metrics) {
        this.metrics = metrics.clone();
    }

    @Override
    public void stepped(TrainingStep step) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String metric : metrics) {
            Double value = step.metrics().get(metric);
            if (value != null) {
                measured.put(metric, value);
            }
        }
        if (latest == null && !measured.isEmpty()) {
            if (steps == null) {
                steps = LiveChart.of("", "step");
            }
            steps.add(step.number(), measured);
        }
    }

    @Override
    public void evaluated(Table history) {
        latest = history;
        if (live == null) {
            live = Live.of(() -> HistoryPlot.of(latest == null ? history : latest, metrics));
        }
        if (history.rowCount() > 1) {
            live.refresh();
        }
    }

    @Override
    public void ended(String reason) {
        if (live != null && latest != null && latest.rowCount() > 1) {
            live.close();
        }
        if (steps != null) {
            steps.close();
            steps = null; // a loop that takes the run up again has a chart of its own
        }
    }
}
