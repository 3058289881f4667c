package org.rewardlab.lab.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * An entry of a legend.
 *
 * @param label what it says
 * @param symbol what is drawn before it
 * @param rank entries are listed from high to low, so that they follow the order of the lines at the right edge
 */
record Key(String label, Symbol symbol, double rank) {
    static final double SYMBOL_WIDTH = 24;

    /** Forms of legend symbols. */
    enum Symbol {
        LINE,
        LINE_AND_POINT,
        POINT,
        PATCH,
        /** A dashed grey line, whatever the palette says. */
        REFERENCE
    }

    void paintSymbol(Canvas canvas, double x, double y, Style style) {
        switch (symbol) {
            case LINE -> line(canvas, x, y, style);
            case LINE_AND_POINT -> {
                line(canvas, x, y, style);
                canvas.fill(style.marker().at(x + SYMBOL_WIDTH / 2, y, 3.2), style.color());
            }
            case POINT -> canvas.fill(style.marker().at(x + SYMBOL_WIDTH / 2, y, 3.6), style.color());
            case REFERENCE -> canvas.draw(new Line2D.Double(x, y, x + SYMBOL_WIDTH, y), House.FAINT_INK, Rule.LINE);
            case PATCH -> canvas.fill(new Rectangle2D.Double(x + 6, y - 5, SYMBOL_WIDTH - 10, 10), style.color());
        }
    }

    private static void line(Canvas canvas, double x, double y, Style style) {
        canvas.draw(new Line2D.Double(x, y, x + SYMBOL_WIDTH, y), style.color(), style.line(House.LINE_WIDTH));
    }
}
