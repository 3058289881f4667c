package org.rewardlab.lab.plot;

import java.awt.Color;

/** The one look of all figures: sizes in pixels, colours. */
final class House {
    static final int WIDTH = 520;
    static final int HEIGHT = 340;

    /** Two side by side fit into the cell of a notebook. */
    static final int MIDDLE_WIDTH = 440;

    static final int MIDDLE_HEIGHT = 320;

    /** Three or more side by side are drawn smaller, so that their letters stay readable on a page. */
    static final int NARROW_WIDTH = 400;

    static final int NARROW_HEIGHT = 300;

    static final double TITLE = 13;
    static final double AXIS = 12;
    static final double TICK = 10.5;
    static final double LEGEND = 11;
    static final double NOTE = 10;

    static final Color INK = new Color(0x222222);
    static final Color SOFT_INK = new Color(0x444444);
    static final Color FAINT_INK = new Color(0x6E6E6E);
    static final Color SPINE = new Color(0x555555);
    static final Color GRID = new Color(0xE6E6E6);
    static final Color PAPER = Color.WHITE;

    static final Canvas.Line GRID_LINE = Canvas.Line.solid(0.8);
    static final Canvas.Line SPINE_LINE = Canvas.Line.solid(1);
    static final double LINE_WIDTH = 1.8;
    static final int BAND_ALPHA = 45;
    static final int RAW_ALPHA = 60;

    private House() {}

    static Color faded(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    /** A colour between two, {@code share} of the way from the first to the second. */
    static Color mixed(Color from, Color to, double share) {
        return new Color(
                mixed(from.getRed(), to.getRed(), share),
                mixed(from.getGreen(), to.getGreen(), share),
                mixed(from.getBlue(), to.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
