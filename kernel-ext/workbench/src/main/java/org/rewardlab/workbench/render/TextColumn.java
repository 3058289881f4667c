package org.rewardlab.workbench.render;

import java.util.ArrayList;
import java.util.List;

/** A column of a table in plain text. */
final class TextColumn {

    private static final int WIDEST = 48;

    private final List<String> cells = new ArrayList<>();
    private final boolean right;

    TextColumn(String name, boolean right) {
        this.right = right;
        add(name);
    }

    void add(String cell) {
        String line = cell.replaceAll("\\s+", " ");
        int points = line.codePointCount(0, line.length());
        cells.add(points <= WIDEST ? line : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…");
    }

    private int width() {
        return cells.stream()
                .mapToInt(cell -> cell.codePointCount(0, cell.length()))
                .max()
                .orElse(0);
    }

    /** The columns side by side, with a line under their names. */
    static String join(List<TextColumn> columns) {
        StringBuilder text = new StringBuilder();
        int rows = columns.isEmpty() ? 0 : columns.get(0).cells.size();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            StringBuilder rule = new StringBuilder();
            for (TextColumn column : columns) {
                int width = column.width();
                String cell = column.cells.get(row);
                String pad = " ".repeat(width - cell.codePointCount(0, cell.length()));
                line.append(line.isEmpty() ? "" : "  ").append(column.right ? pad + cell : cell + pad);
                rule.append(rule.isEmpty() ? "" : "  ").append("─".repeat(width));
            }
            text.append(row == 0 ? "" : "\n").append(line.toString().stripTrailing());
            if (row == 0) {
                text.append('\n').append(rule);
            }
        }
        return text.toString();
    }
}
