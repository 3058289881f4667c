package org.rewardlab.kernel.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.rewardlab.kernel.session.Notebook;

/** Small displays of magics. */
final class Words {

    /** What fits beside another column in a terminal. */
    private static final int WIDEST = 72;

    private Words() {}

    /** The kernel, for a magic beside which nothing may stand. */
    static <K> K none(String magic, List<String> arguments, K kernel) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException(
                    magic + ": expected nothing beside it, got " + String.join(" ", arguments));
        }
        return kernel;
    }

    /** One line that opens to a list. */
    static void folded(String summary, List<String> lines) {
        DisplayData data = new DisplayData(summary);
        StringBuilder html = new StringBuilder("<details><summary>")
                .append(escaped(summary))
                .append("</summary><ul style=\"margin:0.2em 1.5em\">");
        lines.forEach(line -> html.append("<li>").append(escaped(line)).append("</li>"));
        data.putHTML(html.append("</ul></details>").toString());
        String unused = Notebook.display(data);
    }

    /** A table as text and as HTML. */
    static void table(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, head);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], shortened(row.get(i)).length());
            }
        }
        StringBuilder text = new StringBuilder();
        StringBuilder html = new StringBuilder("<table>");
        for (List<String> row : all) {
            html.append("<tr>");
            for (int i = 0; i < widths.length; i++) {
                String tag = row == head ? "th" : "td";
                String cell = row.get(i);
                String shown = shortened(cell);
                text.append(shown).append(i == widths.length - 1 ? "" : " ".repeat(widths[i] - shown.length() + 2));
                html.append('<')
                        .append(tag)
                        .append(" style=\"text-align:left\">")
                        .append(escaped(cell));
                html.append("</").append(tag).append('>');
            }
            text.append('\n');
            html.append("</tr>");
        }
        DisplayData data = new DisplayData(text.toString().stripTrailing());
        data.putHTML(html.append("</table>").toString());
        String unused = Notebook.display(data);
    }

    private static String shortened(String cell) {
        return cell.length() <= WIDEST ? cell : cell.substring(0, WIDEST - 1) + "\u2026";
    }

    static String size(long bytes) {
        return bytes < 1000
                ? bytes + " B"
                : bytes < 1_000_000
                        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
