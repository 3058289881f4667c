package org.rewardlab.workbench.render;

/** Writes one table: a head, rows of cells, and rows that stand for others. */
final class HtmlTable {

    private static final String CELL = "padding:2px 10px;border:none;white-space:nowrap;";

    private final StringBuilder html = new StringBuilder("<table style=\"" + Look.TABLE + "\">");
    private int columns;
    private boolean body;

    /** Begins a row of heads. */
    HtmlTable head() {
        html.append("<thead><tr style=\"")
                .append(Look.ROW)
                .append(";border-bottom:")
                .append(Look.LINE)
                .append("\">");
        return this;
    }

    /** A head: HTML, with a second, fainter line where that is not empty. */
    HtmlTable head(String label, String below, boolean right) {
        columns++;
        html.append("<th style=\"").append(CELL).append("font-weight:600;vertical-align:bottom;text-align:");
        html.append(right ? "right" : "left").append("\">").append(label);
        if (!below.isEmpty()) {
            html.append("<div style=\"font-weight:400;opacity:.6;font-size:85%\">")
                    .append(below)
                    .append("</div>");
        }
        html.append("</th>");
        return this;
    }

    /** Ends the heads. */
    HtmlTable endHead() {
        html.append("</tr></thead>");
        return this;
    }

    HtmlTable row() {
        if (!body) {
            html.append("<tbody>");
            body = true;
        }
        html.append("<tr style=\"")
                .append(Look.ROW)
                .append(";border-bottom:")
                .append(Look.FAINT_LINE)
                .append("\">");
        return this;
    }

    HtmlTable endRow() {
        html.append("</tr>");
        return this;
    }

    /** A cell of text, already HTML. */
    HtmlTable text(String cell) {
        return cell(cell, "text-align:left;white-space:normal;max-width:46em;overflow-wrap:break-word");
    }

    /** A cell with a number. */
    HtmlTable number(String cell) {
        return cell(cell, "text-align:right");
    }

    /** A cell that names its row. */
    HtmlTable name(String cell) {
        return cell(cell, "text-align:left;opacity:.75");
    }

    HtmlTable cell(String cell, String style) {
        html.append("<td style=\"")
                .append(CELL)
                .append(style)
                .append("\">")
                .append(cell)
                .append("</td>");
        return this;
    }

    /** A row that says how many are left out. */
    HtmlTable gap(String words) {
        row();
        html.append("<td colspan=\"")
                .append(Math.max(1, columns))
                .append("\" style=\"")
                .append(CELL);
        html.append("text-align:center;opacity:.55\">").append(words).append("</td>");
        return endRow();
    }

    String html() {
        return html + (body ? "</tbody>" : "") + "</table>";
    }
}
