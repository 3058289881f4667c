package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import org.rewardlab.lab.statistics.Summary;

/**
 * A sample as a box over its quartiles, with its median, whiskers to the last values within 1.5 interquartile ranges (Tukey
 * 1977), and each value as a point beside its neighbours.
 *
 * @param label whose values
 * @param place along the horizontal axis
 * @param values any order
 */
@SuppressWarnings("ArrayRecordComponent")
record Box(String label, double place, double[] values) implements Mark {
    private static final double HALF = 0.26;
    private static final int MOST_POINTS = 200;
    private static final double GOLDEN = 0.618_033_988_75;

    Box {
        values = values.clone();
    }

    @Override
    public Extent x(boolean log) {
        return Extent.of(log, place);
    }

    @Override
    public Extent y(boolean log) {
        return Extent.of(log, values);
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> frame.shows(place, value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return;
        }
        Color color = palette.style(label).color();
        double low = Summary.quantile(0.25, sorted);
        double high = Summary.quantile(0.75, sorted);
        double reach = 1.5 * (high - low);
        double lowest =
                Arrays.stream(sorted).filter(v -> v >= low - reach).min().orElse(low);
        double highest =
                Arrays.stream(sorted).filter(v -> v <= high + reach).max().orElse(high);
        Rectangle2D box = frame.box(place - HALF, low, place + HALF, high);
        canvas.fill(box, House.faded(color, 55));
        Canvas.Line line = Canvas.Line.solid(1.2);
        canvas.draw(box, color, line);
        double x = frame.px(place);
        stem(canvas, x, frame.py(high), frame.py(highest), color, line);
        stem(canvas, x, frame.py(low), frame.py(lowest), color, line);
        double middle = frame.py(Summary.quantile(0.5, sorted));
        canvas.draw(new Line2D.Double(box.getX(), middle, box.getMaxX(), middle), color, Canvas.Line.solid(2.2));
        points(canvas, frame, sorted, color);
    }

    private static void stem(Canvas canvas, double x, double from, double to, Color color, Canvas.Line line) {
        canvas.draw(new Line2D.Double(x, from, x, to), color, line);
        canvas.draw(new Line2D.Double(x - 5, to, x + 5, to), color, line);
    }

    /** Spread sideways by multiples of the golden ratio: even, and the same every time. */
    private void points(Canvas canvas, Frame frame, double[] sorted, Color color) {
        int stride = Math.max(1, (int) Math.ceil(sorted.length / (double) MOST_POINTS));
        Color ink = House.faded(color, 170);
        for (int i = 0; i < sorted.length; i += stride) {
            double share = (i + 1) * GOLDEN % 1;
            double x = frame.px(place + (share - 0.5) * 1.3 * HALF);
            canvas.fill(Marker.CIRCLE.at(x, frame.py(sorted[i]), 2.2), ink);
        }
    }

    @Override
    public void numbers(NumberTable table) {
        for (double value : values) {
            table.add("box", label, place, value);
        }
    }

    @Override
    public List<String> labels() {
        return List.of(label);
    }

    @Override
    public int missing(boolean logX, boolean logY) {
        return Mark.missing(logY, values);
    }
}
