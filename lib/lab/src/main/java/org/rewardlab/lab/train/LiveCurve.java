package org.rewardlab.lab.train;

import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Live;
import tech.tablesaw.api.Table;

/** Draws metrics while they are measured, and leaves the last drawing. */
public final class LiveCurve implements TrainingListener {
    private final String[] metrics;
    private @Nullable Live live;
    private @Nullable Table latest;

    /**
     * @param metrics names such as {@code rewards/accuracies}, a panel each
     */
    public LiveCurve(String... metrics) {
        this.metrics = metrics.clone();
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
    }
}
