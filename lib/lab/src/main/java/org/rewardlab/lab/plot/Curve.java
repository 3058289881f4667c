package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Optional;

/**
 * A line through points; a value that can't be drawn leaves a gap.
 *
 * @param label method it belongs to
 * @param x ascending
 * @param y as many
 * @param look how it is drawn
 */
@SuppressWarnings("ArrayRecordComponent")
record Curve(String label, double[] x, double[] y, Look look) implements Mark {
    /** Up to so many points a line has a marker on each. */
    static final int MARKED_POINTS = 12;

    private static final int DRAWN_POINTS = 320;
    private static final double RADIUS = 3.2;

    /** Ways to draw a line. */
    enum Look {
        LINE,
        /** With a marker on every point, for few points. */
        MARKED,
        /** What lies under a smoothed line: faint, not in the legend. */
        RAW,
        /** From point to point in steps. */
        STEPS
    }

    Curve {
        Check.sameLength("x", x, "y", y);
        x = x.clone();
        y = y.clone();
    }

    @Override
    public Extent x(boolean log) {
        return Extent.along(log, x);
    }

    @Override
    public Extent y(boolean log) {
        return Extent.of(log, y);
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        Style style = palette.style(label);
        int[] kept = Thinning.of(frame, x, y, DRAWN_POINTS);
        Path2D.Double path = new Path2D.Double();
        boolean down = false;
        double lastY = 0;
        for (int i : kept) {
            if (!frame.shows(x[i], y[i])) {
                down = false;
                continue;
            }
            double px = frame.px(x[i]);
            double py = frame.py(y[i]);
            if (!down) {
                path.moveTo(px, py);
            } else {
                if (look == Look.STEPS) {
                    path.lineTo(px, lastY);
                }
                path.lineTo(px, py);
            }
            down = true;
            lastY = py;
        }
        Color color = look == Look.RAW ? House.faded(style.color(), House.RAW_ALPHA) : style.color();
        Canvas.Line line = look == Look.RAW ? Canvas.Line.solid(1) : style.line(House.LINE_WIDTH);
        canvas.draw(path, color, line);
        points(canvas, frame, style, false);
    }

    /** Points on the border of the plot, whole. */
    @Override
    public void paintOutside(Canvas canvas, Frame frame, Palette palette) {
        points(canvas, frame, palette.style(label), true);
    }

    private void points(Canvas canvas, Frame frame, Style style, boolean cut) {
        for (int i = 0; i < x.length && look == Look.MARKED; i++) {
            double px = frame.px(x[i]);
            double py = frame.py(y[i]);
            if (frame.shows(x[i], y[i]) && frame.cuts(px, py, Marker.reach(RADIUS)) == cut) {
                canvas.fill(style.marker().at(px, py, RADIUS), style.color());
            }
        }
    }

    @Override
    public void numbers(NumberTable table) {
        String mark = look == Look.RAW ? "raw" : "line";
        for (int i = 0; i < x.length; i++) {
            table.add(mark, label, x[i], y[i]);
        }
    }

    @Override
    public List<String> labels() {
        return List.of(label);
    }

    @Override
    public Optional<Key> key() {
        if (look == Look.RAW || label.isEmpty()) {
            return Optional.empty();
        }
        double last = Double.NEGATIVE_INFINITY;
        for (double value : y) {
            last = Double.isFinite(value) ? value : last;
        }
        return Optional.of(new Key(label, look == Look.MARKED ? Key.Symbol.LINE_AND_POINT : Key.Symbol.LINE, last));
    }

    @Override
    public int missing(boolean logX, boolean logY) {
        return Math.max(Mark.missing(logX, x), Mark.missing(logY, y));
    }
}
