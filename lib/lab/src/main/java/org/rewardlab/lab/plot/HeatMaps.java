package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Matrices as panels; numbers along the axes are thinned to plain steps. */
final class HeatMaps {
    private static final int MOST_CELLS = 10_000;
    private static final int MOST_LABELS = 16;

    private HeatMaps() {}

    static Panel panel(List<String> rows, List<String> columns, double[][] values) {
        Check.notEmpty("rows", rows.size());
        Check.notEmpty("columns", columns.size());
        if (values.length != rows.size()) {
            throw new IllegalArgumentException(
                    "values: expected " + rows.size() + " rows, one for each name, got " + values.length);
        }
        double[][] copy = new double[values.length][];
        for (int r = 0; r < values.length; r++) {
            if (values[r].length != columns.size()) {
                throw new IllegalArgumentException("values: expected " + columns.size()
                        + " columns, one for each name, got " + values[r].length + " in row " + r);
            }
            copy[r] = values[r].clone();
        }
        if (rows.size() * columns.size() > MOST_CELLS) {
            throw new IllegalArgumentException("values: expected at most " + MOST_CELLS + " cells, got "
                    + rows.size() * columns.size() + "; average blocks of them first");
        }
        List<String> upwards = new ArrayList<>(thinned(rows));
        Collections.reverse(upwards);
        return Panel.of(new Cells(copy, List.copyOf(rows), List.copyOf(columns)))
                .xAxis(Axis.PLAIN.naming(thinned(columns)))
                .yAxis(Axis.PLAIN.naming(upwards));
    }

    static List<String> numbers(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    /** All names where there are few, else every second, fifth, tenth, ... */
    private static List<String> thinned(List<String> names) {
        int every = (int) Math.max(1, Ruler.step((double) names.size() / MOST_LABELS));
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            kept.add(i % every == 0 ? names.get(i) : "");
        }
        return kept;
    }
}
