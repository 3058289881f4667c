package org.rewardlab.kernel.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What several rounds measured, by name, as a table: the middle round and the best one. */
final class Figures {

    private final Map<String, Row> rows = new LinkedHashMap<>();

    private record Row(String unit, @Nullable String bar, boolean holds, List<Double> values) {}

    /** Adds a round's value of something for which there is no bar. */
    void add(String name, String unit, double value) {
        rows.computeIfAbsent(name, n -> new Row(unit, null, true, new ArrayList<>()))
                .values()
                .add(value);
        System.out.printf(Locale.ROOT, "%-44s %s %s%n", name, number(value), unit);
    }

    /** The same where the value has to stay at or below a bar. */
    void add(String name, String unit, double value, double most) {
        Row before = rows.get(name);
        List<Double> values = before == null ? new ArrayList<>() : before.values();
        values.add(value);
        double middle = middle(values);
        rows.put(name, new Row(unit, "at most " + number(most), middle <= most, values));
        System.out.printf(Locale.ROOT, "%-44s %s %s%n", name, number(value), unit);
    }

    String table() {
        StringBuilder table =
                new StringBuilder("| what | middle round | best round | unit | bar | |\n|---|--:|--:|---|---|---|\n");
        rows.forEach((name, row) -> table.append("| ")
                .append(name)
                .append(" | ")
                .append(number(middle(row.values())))
                .append(" | ")
                .append(number(row.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN)))
                .append(" | ")
                .append(row.unit())
                .append(" | ")
                .append(row.bar() == null ? "" : row.bar())
                .append(" | ")
                .append(row.bar() == null ? "" : row.holds() ? "holds" : "missed")
                .append(" |\n"));
        return table.toString();
    }

    private static double middle(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String number(double value) {
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
