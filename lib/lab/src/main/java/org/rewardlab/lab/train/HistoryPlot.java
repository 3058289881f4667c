package org.rewardlab.lab.train;

import java.util.Arrays;
import org.rewardlab.lab.plot.Figure;
import org.rewardlab.lab.plot.Panel;
import org.rewardlab.lab.plot.Plots;
import tech.tablesaw.api.Table;

/** Draws what a history tells. */
final class HistoryPlot {
    private HistoryPlot() {}

    static Figure of(Table history, String... metrics) {
        Panel[] panels =
                Arrays.stream(metrics).map(metric -> panel(history, metric)).toArray(Panel[]::new);
        return Plots.figure(panels);
    }

    private static Panel panel(Table history, String metric) {
        boolean trained = history.containsColumn(metric);
        boolean heldOut = history.containsColumn("eval_" + metric);
        if (!trained && !heldOut) {
            throw new IllegalArgumentException(
                    "metrics: expected names of " + history.columnNames() + ", came " + metric);
        }
        if (!heldOut) {
            return line(history, "training", metric).x("step").y(metric);
        }
        Panel test = line(history, "held out", "eval_" + metric);
        return (trained ? line(history, "training", metric).and(test) : test)
                .x("step")
                .y(metric);
    }

    private static Panel line(Table history, String label, String column) {
        double[] step = history.numberColumn("step").asDoubleArray();
        double[] value = history.numberColumn(column).asDoubleArray();
        int from = value.length > 0 && Double.isNaN(value[0]) ? 1 : 0; // nothing was trained before the first step
        return Plots.line(
                label, Arrays.copyOfRange(step, from, step.length), Arrays.copyOfRange(value, from, value.length));
    }
}
