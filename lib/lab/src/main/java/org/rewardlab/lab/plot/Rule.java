package org.rewardlab.lab.plot;

import java.awt.geom.Line2D;
import java.util.List;
import java.util.Optional;

/**
 * A dashed grey line across the panel that the data is compared with.
 *
 * @param kind which way it runs
 * @param at where it crosses its axis; not used by the diagonal
 * @param label empty for none
 */
record Rule(Kind kind, double at, String label) implements Mark {
    static final Canvas.Line LINE = new Canvas.Line(1.3, List.of(5.0, 3.0));

    /** Directions. */
    enum Kind {
        HORIZONTAL,
        VERTICAL,
        DIAGONAL
    }

    @Override
    public Extent x(boolean log) {
        return kind == Kind.VERTICAL ? Extent.of(log, at) : Extent.NONE;
    }

    @Override
    public Extent y(boolean log) {
        return kind == Kind.HORIZONTAL ? Extent.of(log, at) : Extent.NONE;
    }

    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        double x0 = frame.x().low();
        double x1 = frame.x().high();
        double y0 = frame.y().low();
        double y1 = frame.y().high();
        Line2D line = switch (kind) {
            case HORIZONTAL -> new Line2D.Double(frame.px(x0), frame.py(at), frame.px(x1), frame.py(at));
            case VERTICAL -> new Line2D.Double(frame.px(at), frame.py(y0), frame.px(at), frame.py(y1));
            case DIAGONAL -> {
                double from = Math.max(x0, y0);
                double to = Math.min(x1, y1);
                yield new Line2D.Double(frame.px(from), frame.py(from), frame.px(to), frame.py(to));
            }
        };
        canvas.draw(line, House.FAINT_INK, LINE);
    }

    @Override
    public void numbers(NumberTable table) {
        switch (kind) {
            case HORIZONTAL -> table.add("rule", label, null, at);
            case VERTICAL -> table.add("rule", label, at);
            case DIAGONAL -> table.add("rule", label);
        }
    }

    @Override
    public Optional<Key> key() {
        return label.isEmpty()
                ? Optional.empty()
                : Optional.of(new Key(label, Key.Symbol.REFERENCE, Double.NEGATIVE_INFINITY));
    }
}
