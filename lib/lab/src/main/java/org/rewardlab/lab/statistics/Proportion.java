package org.rewardlab.lab.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Intervals for a share of successes, such as an accuracy or a win rate. */
public final class Proportion {
    private Proportion() {}

    /** The 95 % {@linkplain #wilson(long, long, double) Wilson interval}. */
    public static Interval wilson(long successes, long trials) {
        return wilson(successes, trials, 0.95);
    }

    /**
     * The Wilson score interval: right near 0 and 1 and for few trials, where the usual mean +- 1.96 standard errors is
     * not. Wilson 1927; Brown, Cai and DasGupta 2001, eq. 4.
     *
     * @param successes between 0 and {@code trials}
     * @param trials at least 1
     * @param level coverage, in (0, 1)
     */
    public static Interval wilson(long successes, long trials, double level) {
        if (trials < 1) {
            throw new IllegalArgumentException("trials: expected at least 1, got " + trials);
        }
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes: expected between 0 and " + trials + " trials, got " + successes);
        }
        double z = standardNormalQuantile(0.5 + level / 2, level);
        double n = trials;
        double share = successes / n;
        double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        double low = successes == 0 ? 0 : middle - half;
        double high = successes == trials ? 1 : middle + half;
        return new Interval(share, low, high, level);
    }

    private static double standardNormalQuantile(double probability, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level: expected a number in (0, 1), got " + level);
        }
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
    }
}
