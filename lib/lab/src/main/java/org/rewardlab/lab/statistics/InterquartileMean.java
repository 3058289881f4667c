package org.rewardlab.lab.statistics;

import java.util.Arrays;

/**
 * The mean of the middle half of a sample: as efficient as the mean and as sturdy as the median where runs are few and
 * some fail. Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the Statistical Precipice".
 */
public final class InterquartileMean {
    private InterquartileMean() {}

    /**
     * A quarter of the weight is cut from either end; where the sample size is no multiple of four, the values on the
     * border count by the fraction of them that lies inside.
     *
     * @return NaN when a value is missing or there are none
     */
    public static double of(double... values) {
        int n = values.length;
        if (n == 0 || Summary.missing(values) > 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double from = n / 4.0;
        double to = n - from;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double inside = Math.min(i + 1, to) - Math.max(i, from);
            if (inside > 0) {
                sum += inside * sorted[i];
            }
        }
        return sum / (to - from);
    }
}
