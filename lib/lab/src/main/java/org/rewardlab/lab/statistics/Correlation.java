package org.rewardlab.lab.statistics;

/** How far two samples go together. */
public final class Correlation {
    private Correlation() {}

    /**
     * Pearson's correlation coefficient; 0 where either sample is constant, which says nothing of the other, NaN where a value is missing.
     *
     * @throws IllegalArgumentException for fewer than two pairs or samples of different sizes
     */
    public static double pearson(double[] x, double[] y) {
        if (x.length != y.length || x.length < 2) {
            throw new IllegalArgumentException(
                    "y: expected at least 2 numbers and as many as x, got " + x.length + " and " + y.length);
        }
        double meanX = Summary.mean(x);
        double meanY = Summary.mean(y);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }
}
