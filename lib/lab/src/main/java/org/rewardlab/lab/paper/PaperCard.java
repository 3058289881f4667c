package org.rewardlab.lab.paper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.display.Displayable;

/**
 * A paper as one card: what it reports, what our notebook claims, and the words on what differs.
 *
 * @param paper the row
 * @param differences what differs between the paper's setting and ours, a sentence each; may be empty
 */
public record PaperCard(Paper paper, List<String> differences) implements Displayable {
    public PaperCard {
        differences = List.copyOf(differences);
    }

    private Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("the paper reports", paper.reported());
        lines.put("claim here", paper.claim());
        if (!paper.primitives().isEmpty()) {
            lines.put("primitives", String.join(", ", paper.primitiveNames()));
        }
        if (!differences.isEmpty()) {
            lines.put("what differs", String.join(" ", differences));
        }
        return lines;
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/plain", toString());
        bundle.put("text/html", html());
        return bundle;
    }

    /** The card as HTML, readable on light and dark pages. */
    public String html() {
        StringBuilder html =
                new StringBuilder("<div style=\"border-left:4px solid #0f766e;padding:2px 12px;max-width:60em\">");
        html.append("<b>").append(escape(paper.title())).append("</b> (").append(paper.year());
        html.append(", arXiv <a href=\"https://arxiv.org/abs/")
                .append(paper.arxiv())
                .append("\">");
        html.append(paper.arxiv()).append("</a>)<table style=\"border:none;margin:4px 0\">");
        lines().forEach((name, text) -> html.append("<tr style=\"background:none\">")
                .append("<td style=\"text-align:left;vertical-align:top;white-space:nowrap;opacity:.7\">")
                .append(name)
                .append("</td><td style=\"text-align:left\">")
                .append(escape(text))
                .append("</td></tr>"));
        return html.append("</table></div>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(paper.toString());
        lines().forEach((name, line) ->
                text.append("\n  ").append(name).append(": ").append(line));
        return text.toString();
    }
}
