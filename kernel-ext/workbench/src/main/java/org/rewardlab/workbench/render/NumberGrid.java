package org.rewardlab.workbench.render;

import java.util.ArrayList;
import java.util.List;

/** The visible part of a matrix: its first and last rows and columns. */
final class NumberGrid {

    private static final String CELL = "padding:1px 8px;border:none;text-align:right;white-space:nowrap;";
    private static final String INDEX = CELL + "opacity:.5;font-size:85%;font-weight:400;font-family:inherit;";

    private final long rows;
    private final long columns;
    private final long[] atRows;
    private final long[] atColumns;
    private final double[][] values;
    private final NumberFormatting.Kind kind;
    private final boolean vector;

    private NumberGrid(
            long rows,
            long columns,
            long[] atRows,
            long[] atColumns,
            double[][] values,
            NumberFormatting.Kind kind,
            boolean vector) {
        this.rows = rows;
        this.columns = columns;
        this.atRows = atRows;
        this.atColumns = atColumns;
        this.values = values;
        this.kind = kind;
        this.vector = vector;
    }

    /**
     * A matrix.
     *
     * @param rows of the whole matrix
     * @param columns of the whole matrix
     * @param atRows which rows are visible, ascending
     * @param atColumns which columns are visible, ascending
     * @param values of the visible cells
     * @param kind what they are
     */
    static NumberGrid matrix(
            long rows,
            long columns,
            long[] atRows,
            long[] atColumns,
            double[][] values,
            NumberFormatting.Kind kind) {
        return new NumberGrid(rows, columns, atRows, atColumns, values, kind, false);
    }

    /** A vector, as one row without a number. */
    static NumberGrid vector(long length, long[] places, double[] values, NumberFormatting.Kind kind) {
        return new NumberGrid(1, length, new long[] {0}, places, new double[][] {values}, kind, true);
    }

    /** The places to show of so many: all where they are few, else the first and the last. */
    static long[] places(long count, int first, int last) {
        if (count <= first + last + 1) {
            long[] all = new long[(int) count];
            for (int i = 0; i < all.length; i++) {
                all[i] = i;
            }
            return all;
        }
        long[] ends = new long[first + last];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = i < first ? i : count - last + (i - first);
        }
        return ends;
    }

    /** Whether it is a matrix of which a part is hidden. */
    boolean isPartOfMatrix() {
        return !vector && !showsAll() && rows > 1 && columns > 1;
    }

    /** Whether it is a vector of which a part is hidden. */
    boolean isPartOfVector() {
        return vector && !showsAll();
    }

    private boolean showsAll() {
        return atRows.length == rows && atColumns.length == columns;
    }

    private double scale() {
        double scale = 0;
        for (double[] row : values) {
            for (double value : row) {
                if (Double.isFinite(value)) {
                    scale = Math.max(scale, Math.abs(value));
                }
            }
        }
        return scale;
    }

    /** The grid with a tint behind each number that tells its size. */
    String html() {
        NumberFormatting format = NumberFormatting.of(kind, values);
        double scale = scale();
        StringBuilder html = new StringBuilder("<table style=\"")
                .append(Look.TABLE)
                .append(";font-family:")
                .append(Look.MONO)
                .append(";font-size:12px\">");
        html.append(open()).append(vector ? "" : index("&nbsp;"));
        for (int c = 0; c < atColumns.length; c++) {
            html.append(skips(atColumns, c) ? index("⋯") : "").append(index(Long.toString(atColumns[c])));
        }
        html.append("</tr>");
        for (int r = 0; r < atRows.length; r++) {
            if (skips(atRows, r)) {
                html.append(open()).append(index("⋮")).append("</tr>");
            }
            html.append(open()).append(vector ? "" : index(Long.toString(atRows[r])));
            for (int c = 0; c < atColumns.length; c++) {
                html.append(skips(atColumns, c) ? index("") : "").append(cell(values[r][c], format, scale));
            }
            html.append("</tr>");
        }
        return html.append("</table>").toString();
    }

    private static String open() {
        return "<tr style=\"" + Look.ROW + "\">";
    }

    private static String index(String label) {
        return "<td style=\"" + INDEX + "\">" + label + "</td>";
    }

    private String cell(double value, NumberFormatting format, double scale) {
        String tint = Double.isFinite(value) ? Look.tint(scale == 0 ? 0 : value / scale) : "background:rgba(230,159,0,.45)";
        if (kind == NumberFormatting.Kind.TRUTH && value == 0) {
            tint = "opacity:.5";
        }
        return "<td style=\"" + CELL + tint + "\">" + format.text(value) + "</td>";
    }

    private static boolean skips(long[] places, int i) {
        return i > 0 && places[i] != places[i - 1] + 1;
    }

    /** The grid as lines of text with aligned columns. */
    String text() {
        NumberFormatting format = NumberFormatting.of(kind, values);
        List<List<String>> lines = new ArrayList<>();
        for (int r = 0; r < atRows.length; r++) {
            if (skips(atRows, r)) {
                lines.add(List.of("⋮"));
            }
            List<String> line = new ArrayList<>();
            for (int c = 0; c < atColumns.length; c++) {
                if (skips(atColumns, c)) {
                    line.add("⋯");
                }
                line.add(format.text(values[r][c]).replace('−', '-'));
            }
            lines.add(line);
        }
        int width = lines.stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder(text.isEmpty() ? "[" : "\n ");
            for (int c = 0; c < line.size(); c++) {
                String cell = line.get(c);
                row.append(c == 0 ? "" : " ").append(vector ? "" : " ".repeat(width - cell.length())).append(cell);
            }
            text.append(row);
        }
        return text.isEmpty() ? "[]" : text.append(']').toString();
    }
}
