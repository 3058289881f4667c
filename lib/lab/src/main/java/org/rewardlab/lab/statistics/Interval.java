package org.rewardlab.lab.statistics;

/**
 * An estimate with its confidence interval.
 *
 * @param estimate the point estimate; NaN where the data had missing values
 * @param low lower end
 * @param high upper end
 * @param level coverage the method aims at, in (0, 1), such as 0.95
 */
public record Interval(double estimate, double low, double high, double level) {
    public Interval {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level: expected a number in (0, 1), got " + level);
        }
        if (low > high) {
            throw new IllegalArgumentException("low: expected at most high " + high + ", got " + low);
        }
    }

    /** An interval that is not known: every number NaN. */
    public static Interval unknown(double level) {
        return new Interval(Double.NaN, Double.NaN, Double.NaN, level);
    }

    /** Whether the ends are numbers. */
    public boolean known() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    /** Whether a value lies between the ends, both included. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    @Override
    public String toString() {
        String number = Digits.significant(estimate, 4);
        return known() ? number + " [" + Digits.significant(low, 4) + ", " + Digits.significant(high, 4) + "]" : number;
    }
}
