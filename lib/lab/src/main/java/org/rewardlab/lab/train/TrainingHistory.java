package org.rewardlab.lab.train;

import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Collects what is measured: means over the steps since the last row, and what the held-out pairs said. */
final class TrainingHistory {
    private final Table table = Table.create("history", IntColumn.create("step"), DoubleColumn.create("epoch"));
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int count;

    void add(TrainingStep step) {
        step.metrics().forEach((name, value) -> sums.merge(name, value, Double::sum));
        count++;
    }

    /** Closes a row: training metrics are missing where no step was taken since the last one. */
    void row(int step, double epoch, Ranking heldOut) {
        table.intColumn("step").append(step);
        table.doubleColumn("epoch").append(epoch);
        sums.forEach((name, sum) -> set(name, sum / count));
        set("eval_loss", heldOut.loss());
        set("eval_rewards/accuracies", heldOut.accuracy());
        set("eval_rewards/margins", heldOut.meanMargin());
        for (int i = 2; i < table.columnCount(); i++) {
            while (table.column(i).size() < table.rowCount()) {
                table.column(i).appendMissing();
            }
        }
        sums.clear();
        count = 0;
    }

    private void set(String name, double value) {
        int rows = table.intColumn("step").size();
        if (!table.containsColumn(name)) {
            table.addColumns(DoubleColumn.create(name, rows));
        }
        DoubleColumn column = table.doubleColumn(name);
        while (column.size() < rows) {
            column.appendMissing();
        }
        column.set(rows - 1, value);
    }

    Table table() {
        return table.copy();
    }
}
