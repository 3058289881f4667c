package org.rewardlab.workbench.render;

import java.util.ArrayList;
import java.util.List;

/** The visible part of a matrix: its first and last rows and columns. */
final class NumberGrid {

    private static final String GAP = " … ";
    private static final String STYLE = "font-family:" + Look.MONO + ";font-size:12px;line-height:1.35;margin:4px 0;"
            + "padding:0;background:none;color:inherit;border:none;overflow-x:auto;white-space:pre";

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
     * @param values of the visible cells; a row that ends before the others has fewer
     * @param kind what they are
     */
    static NumberGrid matrix(
            long rows, long columns, long[] atRows, long[] atColumns, double[][] values, NumberFormatting.Kind kind) {
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

    /**
     * The grid with a tint behind each number that tells its size. Numbers are aligned by blanks, as in text: a table's cells
     * would each need a style of their own, and be four times as long.
     */
    String html() {
        NumberFormatting format = NumberFormatting.of(kind, values);
        double scale = scale();
        int[] widths = new int[atColumns.length];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = Long.toString(atColumns[c]).length();
            for (double[] row : values) {
                widths[c] = Math.max(widths[c], text(format, row, c).length());
            }
        }
        int margin = vector ? 0 : Long.toString(Math.max(0, rows - 1)).length() + 1;
        StringBuilder html = new StringBuilder("<pre style=\"").append(STYLE).append("\">");
        StringBuilder head = new StringBuilder(" ".repeat(margin));
        for (int c = 0; c < widths.length; c++) {
            head.append(skips(atColumns, c) ? GAP : "").append(padded(Long.toString(atColumns[c]), widths[c]));
        }
        html.append(faint(head.toString()));
        for (int r = 0; r < atRows.length; r++) {
            if (skips(atRows, r)) {
                html.append('\n').append(faint(" ".repeat(Math.max(0, margin - 2)) + "…"));
            }
            html.append('\n');
            if (!vector) {
                String index = Long.toString(atRows[r]);
                html.append(faint(" ".repeat(margin - 1 - index.length()) + index + " "));
            }
            for (int c = 0; c < values[r].length; c++) {
                html.append(skips(atColumns, c) ? faint(GAP) : "")
                        .append(cell(values[r][c], padded(format.text(values[r][c]), widths[c]), scale));
            }
        }
        return html.append("</pre>").toString();
    }

    private static String text(NumberFormatting format, double[] row, int column) {
        return column < row.length ? format.text(row[column]) : "";
    }

    private static String padded(String text, int width) {
        return " ".repeat(width - text.length() + 1) + text + " ";
    }

    private static String faint(String text) {
        return "<span style=\"opacity:.5\">" + text + "</span>";
    }

    private String cell(double value, String text, double scale) {
        if (kind == NumberFormatting.Kind.TRUTH && value == 0) {
            return faint(text);
        }
        String tint =
                Double.isFinite(value) ? Look.tint(scale == 0 ? 0 : value / scale) : "background:rgba(230,159,0,.45)";
        return tint.isEmpty() ? text : "<span style=\"" + tint + "\">" + text + "</span>";
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
                lines.add(List.of("…"));
            }
            List<String> line = new ArrayList<>();
            for (int c = 0; c < values[r].length; c++) {
                if (skips(atColumns, c)) {
                    line.add("…");
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
                row.append(c == 0 ? "" : " ")
                        .append(vector || cell.equals("…") ? "" : " ".repeat(width - cell.length()))
                        .append(cell);
            }
            text.append(row);
        }
        return text.isEmpty() ? "[]" : text.append(']').toString();
    }
}
