package org.rewardlab.lab.plot;

import java.awt.geom.Rectangle2D;

/**
 * A place for a legend inside a plot, and how much headroom the vertical axis is given for it.
 *
 * @param right 0 at the left edge, 1 at the right
 * @param down 0 at the top, 1 at the bottom
 * @param headroom share of the range to add above
 * @param hits how much of the drawing it would cover
 */
record LegendSpot(double right, double down, double headroom, int hits) {
    private static final double[] HEADROOMS = {0, 0.15, 0.3};

    /** Corners first, then places along the edges. */
    private static final double[][] PLACES = {
        {1, 0}, {0, 0}, {1, 1}, {0, 1}, {1, 0.5}, {0, 0.5}, {1, 0.25}, {1, 0.75}, {0, 0.25}, {0, 0.75}, {0.5, 0},
        {0.5, 1}
    };

    private static final double GAP = 6;

    /** Draws all marks of a panel. */
    @FunctionalInterface
    interface Drawing {
        void on(Canvas canvas, Frame frame);
    }

    /** The spot of a corner that was asked for. */
    static LegendSpot of(LegendPlace corner) {
        boolean right = corner == LegendPlace.TOP_RIGHT || corner == LegendPlace.BOTTOM_RIGHT;
        boolean bottom = corner == LegendPlace.BOTTOM_LEFT || corner == LegendPlace.BOTTOM_RIGHT;
        return new LegendSpot(right ? 1 : 0, bottom ? 1 : 0, 0, 0);
    }

    /** The first free place with the least headroom; where none is free, the one that covers least. */
    static LegendSpot find(Legend legend, Frame frame, boolean canRise, Drawing drawing) {
        LegendSpot best = new LegendSpot(1, 0, 0, Integer.MAX_VALUE);
        for (double headroom : canRise ? HEADROOMS : new double[] {0}) {
            Frame raised = new Frame(frame.area(), frame.x(), frame.y().withHeadroom(headroom));
            for (double[] place : PLACES) {
                LegendSpot spot = new LegendSpot(place[0], place[1], headroom, 0);
                ProbeCanvas probe = new ProbeCanvas(spot.box(legend, frame.area()));
                drawing.on(probe, raised);
                if (probe.hits() == 0) {
                    return spot;
                }
                if (probe.hits() < best.hits) {
                    best = new LegendSpot(place[0], place[1], headroom, probe.hits());
                }
            }
        }
        return best;
    }

    /** The corner it is nearest to. */
    LegendPlace corner() {
        if (right > 0.5) {
            return down > 0.5 ? LegendPlace.BOTTOM_RIGHT : LegendPlace.TOP_RIGHT;
        }
        return down > 0.5 ? LegendPlace.BOTTOM_LEFT : LegendPlace.TOP_LEFT;
    }

    /** Where a legend stands there. */
    Rectangle2D box(Legend legend, Rectangle2D area) {
        double x = area.getX() + GAP + right * (area.getWidth() - legend.width() - 2 * GAP);
        double y = area.getY() + GAP + down * (area.getHeight() - legend.height() - 2 * GAP);
        return new Rectangle2D.Double(x, y, legend.width(), legend.height());
    }
}
