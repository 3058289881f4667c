package org.rewardlab.lab.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.rewardlab.lab.display.Html;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.lab.statistics.Interval;

/** A claim in words, HTML and JSON. */
final class ClaimText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ClaimText() {}

    static String plain(Claim claim) {
        StringBuilder text = new StringBuilder(mark(claim.verdict()))
                .append(' ')
                .append(claim.verdict())
                .append(": ")
                .append(claim.statement());
        for (ClaimCheck check : claim.checks()) {
            text.append("\n  ").append(check.holds() ? "✓ " : "✗ ").append(check);
        }
        return text.append("\n  ").append(basis(claim)).toString();
    }

    /** Colours that keep a contrast of 3 to 1 or more on white and on black; the tint behind is see-through. */
    static String html(Claim claim) {
        String colour = colour(claim.verdict());
        StringBuilder html = new StringBuilder("<div style=\"border-left:4px solid ")
                .append(colour)
                .append(";background:")
                .append(colour)
                .append("1a;padding:8px 12px;margin:4px 0;line-height:1.5\"><div><b style=\"color:")
                .append(colour)
                .append("\">")
                .append(mark(claim.verdict()))
                .append(' ')
                .append(claim.verdict())
                .append("</b> &nbsp;")
                .append(Html.escape(claim.statement()))
                .append("</div>");
        for (ClaimCheck check : claim.checks()) {
            html.append("<div style=\"font-size:90%\"><span style=\"color:")
                    .append(check.holds() ? GREEN : RED)
                    .append("\">")
                    .append(check.holds() ? "✓" : "✗")
                    .append("</span> ")
                    .append(Html.escape(check.toString()))
                    .append("</div>");
        }
        return html.append("<div style=\"font-size:80%;opacity:0.7\">")
                .append(Html.escape(basis(claim)))
                .append("</div></div>")
                .toString();
    }

    static String json(Claim claim) {
        ObjectNode root = JSON.createObjectNode();
        root.put("statement", claim.statement());
        root.put("verdict", claim.verdict().toString());
        root.put("scale", claim.scale().toString());
        root.put("metric", claim.results().metric());
        root.put("seeds", claim.seeds());
        ArrayNode checks = root.putArray("checks");
        for (ClaimCheck check : claim.checks()) {
            ObjectNode node = checks.addObject();
            Interval found = check.found();
            node.put("what", check.what());
            node.put("relation", check.relation());
            node.put("holds", check.holds());
            number(node, "estimate", found.estimate());
            number(node, "low", found.low());
            number(node, "high", found.high());
            node.put("level", found.level());
            number(node, "margin", check.margin());
            node.put("seeds", check.seeds());
            node.put("problem", check.problem());
        }
        return root.toString();
    }

    /** JSON has no NaN: what is not a finite number is null. */
    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, new BigDecimal(Digits.significant(value, 12)));
        } else {
            node.putNull(name);
        }
    }

    private static String basis(Claim claim) {
        StringBuilder text = new StringBuilder();
        if (claim.checks().isEmpty()) {
            text.append("nothing was checked; ");
        }
        if (claim.seeds() > 0) {
            text.append(claim.seeds()).append(claim.seeds() == 1 ? " seed, " : " seeds, ");
        }
        if (claim.checks().stream().anyMatch(check -> check.found().known())) {
            text.append("95 % intervals, ");
        }
        text.append("scale ").append(claim.scale());
        return text.append(claim.scale().judges() ? "" : ": too small to judge").toString();
    }

    private static final String GREEN = "#2e8b57";
    private static final String RED = "#d64545";
    private static final String GREY = "#808080";

    private static String colour(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> GREEN;
            case FAILS -> RED;
            case NOT_JUDGED -> GREY;
        };
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> "✓";
            case FAILS -> "✗";
            case NOT_JUDGED -> "○";
        };
    }
}
