package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.rewardlab.lab.display.Html;
import org.rewardlab.lab.statistics.Digits;

/**
 * How credit is coloured and written.
 *
 * @param largest absolute credit, which has the strongest colour; above 0
 */
record CreditScale(double largest) {
    private static final Color MISSING = new Color(0xD0D0D0);
    private static final double BAR = 150;
    private static final double ROUNDING = 1e-6;
    private static final double LEAST = 1e-12;

    /** The scale of some methods together. */
    static CreditScale of(Collection<List<Double>> credit) {
        double largest = credit.stream()
                .flatMap(List::stream)
                .filter(Double::isFinite)
                .mapToDouble(Math::abs)
                .max()
                .orElse(0);
        return new CreditScale(largest < LEAST ? 1 : largest);
    }

    /** The scale of one of several methods by itself; one that only has rounding errors beside the others has nothing. */
    static CreditScale of(List<Double> credit, CreditScale all) {
        CreditScale own = of(List.of(credit));
        return own.largest < ROUNDING * all.largest ? all : own;
    }

    Color ground(double value) {
        return Double.isFinite(value) ? Cells.diverging(value / largest) : MISSING;
    }

    Color ink(double value) {
        return Cells.inkOn(ground(value));
    }

    /** With a sign and as many decimals as tell the parts apart; a dash where there is no credit. */
    String brief(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : value > 0 ? "+∞" : "−∞";
        }
        int decimals = largest >= 100 ? 0 : largest >= 10 ? 1 : largest >= 0.1 ? 2 : 3;
        String text = Digits.fixed(value, decimals);
        return Math.abs(value) < ROUNDING * largest ? "0" : value > 0 ? "+" + text : TickText.signed(text);
    }

    /** Attributes of an element of HTML: its tooltip, ground, ink, and what else its style says. */
    String attributes(double value, String style) {
        String exact = Double.isNaN(value) ? "no credit" : Digits.significant(value, 4);
        return " title=\"" + Html.escape(exact) + "\" style=\"background:" + hex(ground(value)) + ";color:"
                + hex(ink(value)) + ";" + style + "\"";
    }

    static String hex(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
    }

    /** What the colours say, in words. */
    String range() {
        String end = Digits.significant(largest, 3);
        return " from −" + end + " (blue) over 0 (white) to +" + end + " (red)";
    }

    /** What the colours say, as a bar. */
    void bar(Canvas canvas, double y, String name) {
        int steps = 60;
        double left = CreditScene.MARGIN;
        for (int i = 0; i < steps; i++) {
            Color color = Cells.diverging((i + 0.5) / steps * 2 - 1);
            canvas.fill(new Rectangle2D.Double(left + i * BAR / steps, y + 4, BAR / steps + 0.3, 9), color);
        }
        String end = Digits.significant(largest, 3);
        TextStyle style = new TextStyle(House.NOTE, House.SOFT_INK, Align.MIDDLE);
        canvas.text("−" + end, left + 8, y + 26, style);
        canvas.text("0", left + BAR / 2, y + 26, style);
        canvas.text("+" + end, left + BAR - 8, y + 26, style);
        canvas.text(name, left + BAR + 10, y + 12, new TextStyle(House.NOTE, House.SOFT_INK, Align.START));
    }
}
