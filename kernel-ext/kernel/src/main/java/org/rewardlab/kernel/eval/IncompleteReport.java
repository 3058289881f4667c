package org.rewardlab.kernel.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What is said of a cell that ends too early: which bracket was opened where. */
final class IncompleteReport {

    private IncompleteReport() {}

    static ErrorReport of(CellSource cell, int start) {
        String message = reason(cell, start);
        List<String> lines = new ArrayList<>();
        lines.add(Ansi.red("The code is incomplete") + ": " + message);
        int open = openedAt(cell.text(), start);
        lines.add(cell.name() + ", line " + cell.lineAt(open));
        lines.addAll(SourceView.arrow(cell, cell.lineAt(open)));
        return new ErrorReport("IncompleteSourceException", message, lines);
    }

    private static String reason(CellSource cell, int start) {
        int open = openedAt(cell.text(), start);
        char c = open < cell.text().length() ? cell.text().charAt(open) : ' ';
        int line = cell.lineAt(open);
        return switch (c) {
            case '(', '[', '{' -> "'" + c + "' opened on line " + line + " is not closed";
            case '"' -> "the text that begins on line " + line + " does not end";
            case '/' -> "the comment that begins on line " + line + " does not end";
            default -> "the statement on line " + line + " is not finished";
        };
    }

    /** The position of the innermost opening that is not closed, or of the unfinished statement's last line. */
    private static int openedAt(String text, int start) {
        String mask = JavaMask.of(text);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = start; i < mask.length(); i++) {
            char c = mask.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                open.push(i);
            } else if ((c == ')' || c == ']' || c == '}') && !open.isEmpty()) {
                open.pop();
            }
        }
        int unended = unendedLiteral(text, start);
        if (unended >= 0) {
            return unended;
        }
        if (!open.isEmpty()) {
            return open.peek();
        }
        return Math.max(start, text.stripTrailing().length() - 1);
    }

    private static int unendedLiteral(String text, int start) {
        String probe = "\u0000";
        String mask = JavaMask.of(text.substring(start) + probe);
        if (mask.endsWith(probe)) {
            return -1;
        }
        int comment = text.lastIndexOf("/*");
        int block = text.lastIndexOf("\"\"\"");
        return Math.max(comment, block);
    }
}
