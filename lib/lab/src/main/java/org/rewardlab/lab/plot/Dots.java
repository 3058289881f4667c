package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Points of one method; many are drawn smaller and see-through, and of those that would cover one another only one.
 *
 * @param label method
 * @param x along
 * @param y as many
 */
@SuppressWarnings("ArrayRecordComponent")
record Dots(String label, double[] x, double[] y) implements Mark {
    private static final int MOST = 800;

    Dots {
        Check.sameLength("x", x, "y", y);
        x = x.clone();
        y = y.clone();
    }

    @Override
    public Extent x(boolean log) {
        return Extent.of(log, x);
    }

    @Override
    public Extent y(boolean log) {
        return Extent.of(log, y);
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        paint(canvas, frame, palette, false);
    }

    /** Points on the border of the plot, whole. */
    @Override
    public void paintOutside(Canvas canvas, Frame frame, Palette palette) {
        paint(canvas, frame, palette, true);
    }

    private void paint(Canvas canvas, Frame frame, Palette palette, boolean cut) {
        Style style = palette.style(label);
        double radius = x.length <= 100 ? 3.4 : x.length <= 500 ? 2.7 : 2.1;
        Color color = House.faded(style.color(), x.length <= 100 ? 200 : x.length <= 500 ? 140 : 100);
        int stride = Math.max(1, (int) Math.ceil(x.length / (2.0 * MOST)));
        Marker marker = x.length <= 300 ? style.marker() : Marker.CIRCLE;
        Set<Long> taken = new HashSet<>();
        List<Shape> dots = new ArrayList<>();
        for (int i = 0; i < x.length && dots.size() < MOST; i += stride) {
            if (!frame.shows(x[i], y[i])) {
                continue;
            }
            double px = frame.px(x[i]);
            double py = frame.py(y[i]);
            long place = Math.round(px / 1.5) * 100_000 + Math.round(py / 1.5);
            if (frame.cuts(px, py, Marker.reach(radius)) == cut && taken.add(place)) {
                dots.add(marker.at(px, py, radius));
            }
        }
        if (!dots.isEmpty()) {
            canvas.fillEach(dots, color);
        }
    }

    @Override
    public void numbers(NumberTable table) {
        for (int i = 0; i < x.length; i++) {
            table.add("point", label, x[i], y[i]);
        }
    }

    @Override
    public List<String> labels() {
        return List.of(label);
    }

    @Override
    public Optional<Key> key() {
        return label.isEmpty() ? Optional.empty() : Optional.of(new Key(label, Key.Symbol.POINT, 0));
    }

    @Override
    public int missing(boolean logX, boolean logY) {
        return Math.max(Mark.missing(logX, x), Mark.missing(logY, y));
    }
}
