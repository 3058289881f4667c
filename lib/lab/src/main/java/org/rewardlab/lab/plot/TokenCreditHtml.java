package org.rewardlab.lab.plot;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rewardlab.lab.display.Html;
import org.rewardlab.lab.statistics.Digits;

/** Credit over text as HTML with inline styles. Each token brings its ground and its ink, so that it reads on any page. */
final class TokenCreditHtml {
    private TokenCreditHtml() {}

    static String of(TokenCredit credit) {
        StringBuilder html = new StringBuilder("<div style=\"line-height:2;max-width:900px\">");
        if (!credit.title().isEmpty()) {
            html.append("<div><b>").append(Html.escape(credit.title())).append("</b></div>");
        }
        for (Map.Entry<String, List<Double>> method : credit.credit().entrySet()) {
            html.append("<div style=\"font-size:90%;opacity:0.8;margin-top:6px\">")
                    .append(Html.escape(method.getKey()))
                    .append("</div><div style=\"font-family:monospace\">");
            double largest = credit.largest(method.getKey());
            for (int i = 0; i < credit.tokens().size(); i++) {
                token(html, credit.tokens().get(i), method.getValue().get(i), largest);
            }
            html.append("</div>");
        }
        String end = Digits.significant(
                credit.largest(credit.credit().keySet().iterator().next()), 3);
        if (!credit.scaledEach()) {
            html.append("<div style=\"font-size:80%;opacity:0.8\">credit from −" + end + " (blue) over 0 (white) to +"
                    + end + " (red)</div>");
        }
        return html.append("</div>").toString();
    }

    private static void token(StringBuilder html, String token, double value, double largest) {
        boolean known = Double.isFinite(value);
        Color ground = known ? Cells.diverging(value / largest) : new Color(0xD0D0D0);
        html.append("<span title=\"")
                .append(known ? Digits.significant(value, 4) : "NaN")
                .append("\" style=\"background:")
                .append(hex(ground))
                .append(";color:")
                .append(hex(Cells.inkOn(ground)))
                .append(";border-radius:3px;padding:2px 4px;margin:0 1px;white-space:pre\">")
                .append(Html.escape(TokenCredit.visible(token)))
                .append("</span>")
                .append(token.endsWith("\n") ? "<br>" : "<wbr>");
    }

    private static String hex(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
    }
}
