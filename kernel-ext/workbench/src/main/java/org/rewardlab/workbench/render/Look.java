package org.rewardlab.workbench.render;

import org.rewardlab.lab.display.Html;

/** The one look of all HTML here. Colours are those of the page, or see-through tints that read on white and on black. */
final class Look {

    static final String MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";
    static final String MUTED = "opacity:.65;font-size:90%";
    static final String LINE = "1px solid rgba(128,128,128,.35)";
    static final String FAINT_LINE = "1px solid rgba(128,128,128,.18)";

    /** A style that beats the notebook's own for tables: stripes, right alignment, borders. */
    static final String TABLE = "border-collapse:collapse;border:none;margin:4px 0;width:auto;font-size:13px;"
            + "line-height:1.45;font-variant-numeric:tabular-nums";

    static final String ROW = "background:none;border:none";

    private Look() {}

    static String escape(String text) {
        return Html.escape(text);
    }

    /** A line of facts above or below a value. */
    static String note(String html) {
        return "<div style=\"" + MUTED + ";margin:2px 0\">" + html + "</div>";
    }

    static String code(String text) {
        return "<span style=\"font-family:" + MONO + "\">" + escape(text) + "</span>";
    }

    /** A text cut to a length, with a mark where it was cut and everything in its title. */
    static String cut(String text, int length) {
        int points = text.codePointCount(0, text.length());
        if (points <= length) {
            return escape(text);
        }
        String head = text.substring(0, text.offsetByCodePoints(0, length - 1));
        String whole = points <= 1000 ? text : text.substring(0, text.offsetByCodePoints(0, 1000)) + "…";
        return "<span title=\"" + escape(whole) + "\">" + escape(head) + "…</span>";
    }

    /** The tint of a number in [-1, 1]: red above zero and blue below, as credit has it in figures; nothing at zero. */
    static String tint(double share) {
        if (!(Math.abs(share) > 0.004)) {
            return "";
        }
        double alpha = Math.min(1, Math.abs(share)) * 0.55;
        String rgb = share > 0 ? "222,80,70" : "56,132,222";
        return "background:rgba(" + rgb + "," + Math.round(alpha * 100) / 100.0 + ")";
    }
}
