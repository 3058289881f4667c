package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;

/** A cell's lines around one that matters. */
final class SourceView {

    private static final int AROUND = 2;

    private SourceView() {}

    /** The lines around the given one, from 1, which an arrow marks. */
    static List<String> arrow(CellSource cell, int line) {
        String[] lines = cell.lines();
        int from = Math.max(1, line - AROUND);
        int to = Math.min(lines.length, line + AROUND);
        int width = String.valueOf(to).length();
        List<String> view = new ArrayList<>();
        for (int n = from; n <= to; n++) {
            String number = " ".repeat(width - String.valueOf(n).length()) + n;
            view.add(
                    n == line
                            ? Ansi.red("----> " + number) + " | " + Ansi.bold(lines[n - 1])
                            : "      " + number + " | " + lines[n - 1]);
        }
        return view;
    }

    /** One line with carets below a span of it; columns count from 0. */
    static List<String> carets(CellSource cell, int line, int from, int to) {
        String text = cell.line(line);
        String margin = "  " + line + " | ";
        int start = Math.max(0, Math.min(from, text.length()));
        int end = Math.max(start + 1, Math.min(to, Math.max(text.length(), start + 1)));
        StringBuilder blank = new StringBuilder();
        for (int i = 0; i < start; i++) {
            blank.append(text.charAt(i) == '\t' ? '\t' : ' ');
        }
        return List.of(
                margin + text, " ".repeat(margin.length() - 2) + "| " + blank + Ansi.red("^".repeat(end - start)));
    }
}
