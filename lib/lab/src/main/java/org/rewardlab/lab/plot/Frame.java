package org.rewardlab.lab.plot;

import java.awt.geom.Rectangle2D;

/**
 * Where values stand on the canvas.
 *
 * @param area the rectangle between the axes
 * @param x ruler along the bottom
 * @param y ruler along the left
 */
record Frame(Rectangle2D area, Ruler x, Ruler y) {
    private static final double EDGE = 1e-6;

    double px(double value) {
        return area.getX() + x.share(value) * area.getWidth();
    }

    double py(double value) {
        return area.getMaxY() - y.share(value) * area.getHeight();
    }

    /** Whether both coordinates can be shown; points outside the area count as well, they are cut off. */
    boolean shows(double vx, double vy) {
        return Double.isFinite(px(vx)) && Double.isFinite(py(vy));
    }

    /** Whether a point of the area, its border included, reaches over the border. */
    boolean cuts(double px, double py, double radius) {
        boolean within = px >= area.getX() - EDGE
                && px <= area.getMaxX() + EDGE
                && py >= area.getY() - EDGE
                && py <= area.getMaxY() + EDGE;
        double nearest = Math.min(
                Math.min(px - area.getX(), area.getMaxX() - px), Math.min(py - area.getY(), area.getMaxY() - py));
        return within && nearest < radius;
    }

    /** The rectangle between two corners given in values. */
    Rectangle2D box(double x0, double y0, double x1, double y1) {
        double left = Math.min(px(x0), px(x1));
        double top = Math.min(py(y0), py(y1));
        return new Rectangle2D.Double(left, top, Math.abs(px(x1) - px(x0)), Math.abs(py(y1) - py(y0)));
    }
}
