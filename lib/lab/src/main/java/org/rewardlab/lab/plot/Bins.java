package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Optional;

/**
 * One histogram on a true number axis: a see-through area under an outline, so that several can be compared.
 *
 * @param label whose values
 * @param from where the first bin starts
 * @param width of a bin
 * @param shares of all values in each bin
 * @param missing values that are not finite
 */
record Bins(String label, double from, double width, List<Double> shares, int missing) implements Mark {
    private static final int FILL_ALPHA = 80;

    @Override
    public Extent x(boolean log) {
        return Extent.of(log, from, from + shares.size() * width).tightened();
    }

    @Override
    public Extent y(boolean log) {
        double[] values = shares.stream().mapToDouble(Double::doubleValue).toArray();
        return log ? Extent.of(true, values) : Extent.of(false, values).fromZero();
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        Path2D.Double top = new Path2D.Double();
        double foot = frame.y().log() ? frame.y().low() : 0;
        top.moveTo(frame.px(from), frame.py(foot));
        for (int i = 0; i < shares.size(); i++) {
            double height = frame.py(Math.max(foot, shares.get(i)));
            top.lineTo(frame.px(from + i * width), height);
            top.lineTo(frame.px(from + (i + 1) * width), height);
        }
        top.lineTo(frame.px(from + shares.size() * width), frame.py(foot));
        Color color = palette.style(label).color();
        canvas.fill(top, House.faded(color, FILL_ALPHA));
        canvas.draw(top, color, Canvas.Line.solid(1.3));
    }

    @Override
    public void numbers(NumberTable table) {
        for (int i = 0; i < shares.size(); i++) {
            table.add(
                    "histogram",
                    label,
                    from + (i + 0.5) * width,
                    shares.get(i),
                    from + i * width,
                    from + (i + 1) * width);
        }
    }

    @Override
    public List<String> labels() {
        return List.of(label);
    }

    @Override
    public Optional<Key> key() {
        return label.isEmpty() ? Optional.empty() : Optional.of(new Key(label, Key.Symbol.PATCH, 0));
    }

    @Override
    public int missing(boolean logX, boolean logY) {
        return missing;
    }
}
