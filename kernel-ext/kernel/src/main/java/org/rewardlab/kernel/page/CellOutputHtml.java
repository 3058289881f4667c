package org.rewardlab.kernel.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.rewardlab.kernel.notebook.MimeBundle;

/** The outputs of code cells as HTML, each in the richest form that needs no script. */
final class CellOutputHtml {
    private static final List<String> RICHEST_FIRST = List.of(
            "text/html",
            "image/svg+xml",
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "text/markdown",
            "text/latex",
            "text/plain",
            "application/json");
    /** A picture wider than the text's column may use the margin where there is one. */
    private static final int COLUMN_PIXELS = 740;

    private static final int LONGEST_TEXT = 400_000;

    private final MarkdownText markdown;
    private final Formulas formulas;
    private int outputs;

    CellOutputHtml(MarkdownText markdown, Formulas formulas) {
        this.markdown = markdown;
        this.formulas = formulas;
    }

    String html(ObjectNode output) {
        outputs++;
        return switch (output.path("output_type").asText()) {
            case "stream" -> stream(output);
            case "error" -> error(output);
            default -> value(output);
        };
    }

    private static String stream(ObjectNode output) {
        String kind = output.path("name").asText().equals("stderr") ? "stream err" : "stream";
        return block(kind, AnsiText.html(shortened(text(output.path("text")))));
    }

    private static String error(ObjectNode output) {
        StringBuilder trace = new StringBuilder();
        for (JsonNode line : output.path("traceback")) {
            trace.append(line.asText().stripTrailing()).append('\n');
        }
        if (trace.toString().isBlank()) {
            trace.append(output.path("ename").asText())
                    .append(": ")
                    .append(output.path("evalue").asText());
        }
        return block("error", AnsiText.html(shortened(trace.toString())));
    }

    private String value(ObjectNode output) {
        JsonNode data = output.path("data");
        for (String type : RICHEST_FIRST) {
            String text = MimeBundle.text(data, type);
            if (!text.isBlank()) {
                String html = form(type, text, altText(data));
                if (!html.isBlank()) {
                    return html;
                }
            }
        }
        return "";
    }

    private String form(String type, String text, String alt) {
        String prefix = "o" + outputs + "-";
        return switch (type) {
            case "text/html" -> wrap("rich", SafeHtml.html(text, prefix));
            case "image/svg+xml" ->
                wrap(SafeHtml.svgWidth(text) > COLUMN_PIXELS ? "figure wide" : "figure", SafeHtml.svg(text, prefix));
            case "text/markdown" -> wrap("rich", markdown.outputHtml(text));
            case "text/latex" -> wrap("rich", latex(text.strip()));
            case "text/plain", "application/json" -> block("value", AnsiText.html(shortened(text)));
            default ->
                wrap(
                        "figure",
                        "<img src=\"data:" + type + ";base64," + text.replaceAll("\\s", "") + "\" alt=\""
                                + Html.escape(alt) + "\">");
        };
    }

    private String latex(String text) {
        MathText math = new MathText(formulas);
        String marked = math.takeOut(text);
        return marked.equals(text) ? formulas.render(text, true) : math.putBack(Html.escape(marked));
    }

    private static String altText(JsonNode data) {
        return MimeBundle.text(data, "text/plain").lines().findFirst().orElse("figure");
    }

    private static String wrap(String kind, String html) {
        return html.isBlank() ? "" : "<div class=\"" + kind + "\">" + html + "</div>\n";
    }

    private static String block(String kind, String html) {
        return html.isBlank() ? "" : "<pre class=\"" + kind + "\">" + html.stripTrailing() + "</pre>\n";
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int half = LONGEST_TEXT / 2;
        return text.substring(0, half) + "\n[" + (text.length() - LONGEST_TEXT)
                + " characters left out; the notebook has them all]\n" + text.substring(text.length() - half);
    }

    private static String text(JsonNode lines) {
        if (lines.isTextual()) {
            return lines.textValue();
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
