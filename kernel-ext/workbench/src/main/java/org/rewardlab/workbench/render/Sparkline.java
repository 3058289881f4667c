package org.rewardlab.workbench.render;

import org.rewardlab.lab.statistics.Digits;

/** A long vector as a small line. */
final class Sparkline {

    private static final int WIDTH = 240;
    private static final int HEIGHT = 40;

    private Sparkline() {}

    static String html(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (!(high > low)) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                pen = false;
                continue;
            }
            double x = 1 + (WIDTH - 2.0) * i / (values.length - 1);
            double y = HEIGHT - 2 - (HEIGHT - 4) * (values[i] - low) / (high - low);
            path.append(pen ? 'L' : 'M')
                    .append(Digits.significant(x, 4))
                    .append(' ')
                    .append(Digits.significant(y, 4));
            pen = true;
        }
        return "<svg width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" style=\"display:block;margin:4px 0\"><path d=\"" + path
                + "\" fill=\"none\" stroke=\"#3884de\" stroke-width=\"1.2\"/></svg>";
    }
}
