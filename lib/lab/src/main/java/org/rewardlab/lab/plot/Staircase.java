package org.rewardlab.lab.plot;

import java.awt.geom.Path2D;
import java.util.List;
import java.util.Optional;

/**
 * The border of what is reached: steps through the points of a front.
 *
 * @param label in the legend
 * @param front points in ascending order of x
 * @param betterX which way x should go: the corner of each step lies on the side of the worse
 */
record Staircase(String label, List<NamedPoints.Point> front, Better betterX) implements Mark {
    @Override
    public Extent x(boolean log) {
        return Extent.NONE;
    }

    @Override
    public Extent y(boolean log) {
        return Extent.NONE;
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        Path2D.Double path = new Path2D.Double();
        double lastX = 0;
        double lastY = 0;
        for (NamedPoints.Point point : front) {
            if (!frame.shows(point.x(), point.y())) {
                continue;
            }
            double x = frame.px(point.x());
            double y = frame.py(point.y());
            if (path.getCurrentPoint() == null) {
                path.moveTo(x, y);
            } else if (betterX == Better.LOWER) {
                path.lineTo(x, lastY);
                path.lineTo(x, y);
            } else {
                path.lineTo(lastX, y);
                path.lineTo(x, y);
            }
            lastX = x;
            lastY = y;
        }
        canvas.draw(path, House.FAINT_INK, Rule.LINE);
    }

    @Override
    public void numbers(NumberTable table) {}

    @Override
    public Optional<Key> key() {
        return Optional.of(new Key(label, Key.Symbol.REFERENCE, 0));
    }
}
