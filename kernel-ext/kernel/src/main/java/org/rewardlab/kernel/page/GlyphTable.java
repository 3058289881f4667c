package org.rewardlab.kernel.page;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The outlines of all letters that a page's formulas use, each kept once. */
final class GlyphTable {
    static final double UNITS_PER_EM = 1000;
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
    private static final double NOTHING_TO_SEE = 1e-3;

    private final Map<String, String> outlines = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** Appends a reference to a letter's outline, standing where {@code at} puts the origin. */
    void place(Font font, String letter, AffineTransform at, String fill, StringBuilder svg) {
        String key = font.getFontName(Locale.ROOT) + "/" + letter;
        String outline = outlines.computeIfAbsent(key, k -> outline(font, letter));
        if (outline.isEmpty()) {
            return;
        }
        int number = numbers.computeIfAbsent(key, k -> numbers.size());
        double scale = font.getSize2D() / UNITS_PER_EM;
        AffineTransform place = new AffineTransform(at);
        place.scale(scale, scale);
        svg.append("<use href=\"#t.").append(number).append('"').append(fill);
        long x = Math.round(place.getTranslateX());
        long y = Math.round(place.getTranslateY());
        boolean upright = Math.abs(place.getShearX()) < NOTHING_TO_SEE && Math.abs(place.getShearY()) < NOTHING_TO_SEE;
        if (upright && isOne(place.getScaleX()) && isOne(place.getScaleY())) {
            svg.append(" x=\"").append(x).append("\" y=\"").append(y).append("\"/>");
        } else {
            svg.append(" transform=\"matrix(")
                    .append(round(place.getScaleX()))
                    .append(' ')
                    .append(round(place.getShearY()))
                    .append(' ')
                    .append(round(place.getShearX()))
                    .append(' ')
                    .append(round(place.getScaleY()))
                    .append(' ')
                    .append(x)
                    .append(' ')
                    .append(y)
                    .append(")\"/>");
        }
    }

    /** The hidden picture that holds the outlines; empty when no formula was drawn. */
    String definitions() {
        if (numbers.isEmpty()) {
            return "";
        }
        StringBuilder svg =
                new StringBuilder("<svg class=\"glyphs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>");
        numbers.forEach((key, number) -> svg.append("<path id=\"t.")
                .append(number)
                .append("\" d=\"")
                .append(outlines.get(key))
                .append("\"/>"));
        return svg.append("</defs></svg>").toString();
    }

    private static String outline(Font font, String letter) {
        double scale = UNITS_PER_EM / font.getSize2D();
        return SvgPath.of(
                font.createGlyphVector(EXACT, letter).getOutline(), AffineTransform.getScaleInstance(scale, scale));
    }

    private static boolean isOne(double scale) {
        return Math.abs(scale - 1) < NOTHING_TO_SEE;
    }

    private static String round(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
