package org.rewardlab.lab.plot;

import java.awt.geom.Path2D;
import java.util.List;

/**
 * The area between two curves, such as a confidence band.
 *
 * @param label method it belongs to
 * @param x ascending
 * @param low lower curve
 * @param high upper curve
 */
@SuppressWarnings("ArrayRecordComponent")
record Band(String label, double[] x, double[] low, double[] high) implements Mark {
    private static final int DRAWN_POINTS = 160;

    Band {
        Check.sameLength("x", x, "low", low);
        Check.sameLength("x", x, "high", high);
        x = x.clone();
        low = low.clone();
        high = high.clone();
    }

    @Override
    public Extent x(boolean log) {
        return Extent.along(log, x);
    }

    @Override
    public Extent y(boolean log) {
        return Extent.of(log, low).and(Extent.of(log, high));
    }

    /** Each stretch without a gap is one area: forward along the upper curve, back along the lower. */
    @Override
    public void paint(Canvas canvas, Frame frame, Palette palette) {
        Path2D.Double path = new Path2D.Double();
        int stride = Math.max(1, (int) Math.ceil(x.length / (double) DRAWN_POINTS));
        int from = 0;
        while (from < x.length) {
            int to = from;
            while (to < x.length && frame.shows(x[to], low[to]) && frame.shows(x[to], high[to])) {
                to++;
            }
            if (to - from > 1) {
                stretch(path, frame, from, to, stride);
            }
            from = Math.max(to, from) + 1;
        }
        canvas.fill(path, House.faded(palette.style(label).color(), House.BAND_ALPHA));
    }

    private void stretch(Path2D.Double path, Frame frame, int from, int to, int stride) {
        path.moveTo(frame.px(x[from]), frame.py(high[from]));
        for (int i = from + stride; i < to - 1 + stride; i += stride) {
            int at = Math.min(i, to - 1);
            path.lineTo(frame.px(x[at]), frame.py(high[at]));
        }
        int steps = (to - 1 - from + stride - 1) / stride;
        for (int s = steps; s >= 0; s--) {
            int at = Math.min(from + s * stride, to - 1);
            path.lineTo(frame.px(x[at]), frame.py(low[at]));
        }
        path.closePath();
    }

    @Override
    public void numbers(NumberTable table) {
        for (int i = 0; i < x.length; i++) {
            table.add("band", label, x[i], null, low[i], high[i]);
        }
    }

    @Override
    public Layer layer() {
        return Layer.AREA;
    }

    @Override
    public List<String> labels() {
        return List.of(label);
    }
}
