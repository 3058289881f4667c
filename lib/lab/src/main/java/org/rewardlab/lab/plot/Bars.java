package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Optional;
import org.rewardlab.lab.statistics.Interval;

/**
 * Bars of one method that stand on zero, with whiskers of any asymmetry.
 *
 * @param label method
 * @param listed whether it has an entry in the legend
 * @param places middle of each bar along the horizontal axis
 * @param names what stands at these places
 * @param heights with their intervals
 * @param width of a bar, in places
 */
record Bars(String label, boolean listed, List<Double> places, List<String> names, List<Interval> heights, double width)
        implements Mark {
    private static final Color WHISKER = new Color(0x333333);

    @Override
    public Extent x(boolean log) {
        return Extent.of(log, places.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public Extent y(boolean log) {
        Extent all = Extent.NONE;
        for (Interval height : heights) {
            all = all.and(Extent.of(log, height.estimate(), height.low(), height.high()));
        }
        return log ? all : all.fromZero();
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        Color color = palette.style(label).color();
        double foot = frame.y().log() ? frame.y().low() : 0;
        if (foot > frame.y().low()) {
            double zero = frame.py(foot);
            canvas.draw(
                    new Line2D.Double(frame.area().getX(), zero, frame.area().getMaxX(), zero),
                    House.SPINE,
                    Canvas.Line.solid(0.8));
        }
        for (int i = 0; i < heights.size(); i++) {
            Interval height = heights.get(i);
            double middle = places.get(i);
            if (!frame.shows(middle, height.estimate())) {
                continue;
            }
            canvas.fill(frame.box(middle - width / 2, foot, middle + width / 2, height.estimate()), color);
            if (height.known()) {
                Whisker.paint(canvas, frame.px(middle), frame.py(height.low()), frame.py(height.high()), WHISKER);
            }
        }
    }

    @Override
    public void numbers(NumberTable table) {
        for (int i = 0; i < heights.size(); i++) {
            Interval h = heights.get(i);
            Object low = h.known() ? h.low() : "";
            Object high = h.known() ? h.high() : "";
            table.add("bar", label, names.get(i), h.estimate(), low, high);
        }
    }

    @Override
    public List<String> labels() {
        return List.of(label);
    }

    @Override
    public Optional<Key> key() {
        return listed ? Optional.of(new Key(label, Key.Symbol.PATCH, 0)) : Optional.empty();
    }

    @Override
    public int missing(boolean logX, boolean logY) {
        return Mark.missing(
                logY, heights.stream().mapToDouble(Interval::estimate).toArray());
    }
}
