package org.rewardlab.lab.judge.math;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Mathematics in a text, between the signs that LaTeX has for it.
 *
 * @param text what stands between the signs
 * @param start of the opening sign in the text
 * @param end behind the closing sign
 * @param plain whether it is a number of the prose and stands between no signs
 */
record LatexExcerpt(String text, int start, int end, boolean plain) {

    /** All excerpts in order, found in one pass: {@code $$..$$}, {@code $..$} within a line, {@code \\(..\\)}, {@code \\[..\\]}. */
    static List<LatexExcerpt> all(String text) {
        List<LatexExcerpt> found = new ArrayList<>();
        int lastRound = text.lastIndexOf("\\)");
        int lastSquare = text.lastIndexOf("\\]");
        int i = 0;
        while (i < text.length()) {
            int close = -1;
            int width = 2;
            if (text.startsWith("\\(", i) && lastRound > i) {
                close = text.indexOf("\\)", i + 2);
            } else if (text.startsWith("\\[", i) && lastSquare > i) {
                close = text.indexOf("\\]", i + 2);
            } else if (text.startsWith("$$", i)) {
                close = dollars(text, i + 2, true);
            } else if (text.charAt(i) == '$') {
                width = 1;
                close = dollars(text, i + 1, false);
            } else if (text.charAt(i) == '\\') {
                i++; // an escaped sign
            }
            if (close > i + width) {
                found.add(new LatexExcerpt(text.substring(i + width, close), i, close + width, false));
                i = close + width;
            } else {
                i++;
            }
        }
        return found;
    }

    /** The closing sign, not escaped; a single one within its line; -1 where there is none. */
    private static int dollars(String text, int from, boolean twice) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '$') {
                return !twice || text.startsWith("$$", i) ? i : -1;
            } else if (c == '\n' && !twice) {
                return -1;
            }
        }
        return -1;
    }

    /** With a percent sign where one follows in the prose. */
    LatexExcerpt withPercent(Matcher percent) {
        boolean follows = !plain && percent.region(end, percent.regionEnd()).lookingAt();
        percent.reset();
        return follows ? new LatexExcerpt(text + " %", start, end, false) : this;
    }
}
