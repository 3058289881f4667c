package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.statistics.Digits;

/**
 * The numbers of a figure as rows of CSV: panel, mark, series, x, y, low, high, value. A row fills the columns that mean
 * something for its mark and leaves the others empty; NaN is written as NaN.
 */
final class NumberTable {
    private static final String HEAD = "panel,mark,series,x,y,low,high,value";
    private static final int DIGITS = 7;

    private final List<String> rows = new ArrayList<>();
    private String panel = "";

    void panel(String name) {
        panel = name;
    }

    /** One row; columns in the order x, y, low, high, value, each a number, a text or null for none. */
    void add(String mark, String series, @Nullable Object... columns) {
        StringBuilder row = new StringBuilder(quoted(panel))
                .append(',')
                .append(mark)
                .append(',')
                .append(quoted(series));
        for (int i = 0; i < 5; i++) {
            row.append(',').append(i < columns.length ? cell(columns[i]) : "");
        }
        rows.add(row.toString());
    }

    String csv() {
        return HEAD + "\n" + String.join("\n", rows) + "\n";
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Number number
                ? Digits.significant(number.doubleValue(), DIGITS)
                : quoted(value.toString());
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
