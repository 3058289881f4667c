package org.rewardlab.lab.plot;

import java.awt.geom.Rectangle2D;

/**
 * A corner for a legend, and how much headroom the vertical axis is given for it.
 *
 * @param corner inside the plot
 * @param headroom share of the range to add above
 * @param hits how much of the drawing it would cover
 */
record LegendSpot(LegendPlace corner, double headroom, int hits) {
    private static final double[] HEADROOMS = {0, 0.15, 0.3};
    private static final LegendPlace[] CORNERS = {
        LegendPlace.TOP_RIGHT, LegendPlace.TOP_LEFT, LegendPlace.BOTTOM_RIGHT, LegendPlace.BOTTOM_LEFT
    };
    private static final double GAP = 6;

    /** Draws all marks of a panel. */
    @FunctionalInterface
    interface Drawing {
        void on(Canvas canvas, Frame frame);
    }

    /** The first free corner with the least headroom; where none is free, the one that covers least. */
    static LegendSpot find(Legend legend, Frame frame, boolean canRise, Drawing drawing) {
        LegendSpot best = null;
        for (double headroom : canRise ? HEADROOMS : new double[] {0}) {
            Frame raised = new Frame(frame.area(), frame.x(), frame.y().withHeadroom(headroom));
            for (LegendPlace corner : CORNERS) {
                ProbeCanvas probe = new ProbeCanvas(box(legend, frame.area(), corner));
                drawing.on(probe, raised);
                LegendSpot spot = new LegendSpot(corner, headroom, probe.hits());
                if (spot.hits == 0) {
                    return spot;
                }
                best = best == null || spot.hits < best.hits ? spot : best;
            }
        }
        return best == null ? new LegendSpot(LegendPlace.TOP_RIGHT, 0, 0) : best;
    }

    /** Where a legend stands in a corner. */
    static Rectangle2D box(Legend legend, Rectangle2D area, LegendPlace corner) {
        boolean right = corner == LegendPlace.TOP_RIGHT || corner == LegendPlace.BOTTOM_RIGHT;
        boolean bottom = corner == LegendPlace.BOTTOM_LEFT || corner == LegendPlace.BOTTOM_RIGHT;
        double x = right ? area.getMaxX() - legend.width() - GAP : area.getX() + GAP;
        double y = bottom ? area.getMaxY() - legend.height() - GAP : area.getY() + GAP;
        return new Rectangle2D.Double(x, y, legend.width(), legend.height());
    }
}
