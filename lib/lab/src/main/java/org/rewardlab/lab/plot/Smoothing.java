package org.rewardlab.lab.plot;

import org.rewardlab.lab.statistics.Digits;

/** An exponential moving average over raw values. */
final class Smoothing {
    private Smoothing() {}

    static Panel panel(String label, double[] x, double[] y, double factor) {
        Panel raw = Panel.of(new Curve(label, x, y, Curve.Look.RAW));
        Panel smooth = Panel.of(new Curve(label, x, average(y, factor), Curve.Look.LINE));
        return raw.and(smooth)
                .note("Smoothed by an exponential moving average, factor " + Digits.significant(factor, 3)
                        + "; raw values faint");
    }

    /** With the correction for its start: after n values the weights are divided by 1 - factor^n. A gap stays one. */
    static double[] average(double[] y, double factor) {
        if (!(factor >= 0 && factor < 1)) {
            throw new IllegalArgumentException("factor: expected a number in [0, 1), got " + factor);
        }
        double[] smooth = new double[y.length];
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < y.length; i++) {
            if (Double.isFinite(y[i])) {
                sum = factor * sum + (1 - factor) * y[i];
                weight = factor * weight + (1 - factor);
                smooth[i] = sum / weight;
            } else {
                smooth[i] = Double.NaN;
            }
        }
        return smooth;
    }
}
