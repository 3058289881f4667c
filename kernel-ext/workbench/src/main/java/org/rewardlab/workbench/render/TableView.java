package org.rewardlab.workbench.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A Tablesaw table: all rows, or the first and last where there are more than 30, numbers with four significant digits, the type of each column. */
final class TableView {

    private static final int WHOLE = 30;
    private static final int FIRST = 10;
    private static final int LAST = 5;
    private static final int COLUMNS = 20;

    private TableView() {}

    static Bundle of(Table table) {
        List<Column<?>> columns = table.columns();
        List<Column<?>> shown = columns.subList(0, Math.min(COLUMNS, columns.size()));
        int[] rows = rows(table.rowCount());
        String facts = facts(table, shown.size());
        return Bundle.of(html(shown, rows) + Look.note(Look.escape(facts)), text(shown, rows) + "\n" + facts);
    }

    private static int[] rows(int count) {
        return IntStream.range(0, count)
                .filter(row -> count <= WHOLE || row < FIRST || row >= count - LAST)
                .toArray();
    }

    private static String facts(Table table, int shown) {
        String name = table.name() == null || table.name().isBlank() ? "" : table.name() + ": ";
        String rows = String.format(Locale.ROOT, "%,d", table.rowCount()) + (table.rowCount() == 1 ? " row" : " rows");
        int columns = table.columnCount();
        return name + rows + ", " + columns + (columns == 1 ? " column" : " columns")
                + (shown < columns ? " (the first " + shown + " shown)" : "");
    }

    private static String html(List<Column<?>> columns, int[] rows) {
        HtmlTable html = new HtmlTable().head().head("", "", true);
        for (Column<?> column : columns) {
            html.head(Look.cut(column.name(), 40), kind(column), column instanceof NumericColumn<?>);
        }
        html.endHead();
        for (int i = 0; i < rows.length; i++) {
            if (i > 0 && rows[i] != rows[i - 1] + 1) {
                html.gap("⋮ " + String.format(Locale.ROOT, "%,d", rows[i] - rows[i - 1] - 1) + " more rows");
            }
            html.row().cell(Integer.toString(rows[i]), "text-align:right;opacity:.45");
            for (Column<?> column : columns) {
                String cell = CellText.html(value(column, rows[i]));
                if (column instanceof NumericColumn<?>) {
                    html.number(cell);
                } else {
                    html.text(cell);
                }
            }
            html.endRow();
        }
        return html.html();
    }

    private static String kind(Column<?> column) {
        ColumnType type = column.type();
        int missing = column.countMissing();
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (missing == 0 ? "" : " · " + missing + " missing");
    }

    private static @Nullable Object value(Column<?> column, int row) {
        return column.isMissing(row) ? null : column.get(row);
    }

    private static String text(List<Column<?>> columns, int[] rows) {
        List<TextColumn> printed = new ArrayList<>();
        for (Column<?> column : columns) {
            TextColumn text = new TextColumn(column.name(), column instanceof NumericColumn<?>);
            for (int i = 0; i < rows.length; i++) {
                if (i > 0 && rows[i] != rows[i - 1] + 1) {
                    text.add("⋮");
                }
                text.add(CellText.plain(value(column, rows[i])));
            }
            printed.add(text);
        }
        return TextColumn.join(printed);
    }
}
