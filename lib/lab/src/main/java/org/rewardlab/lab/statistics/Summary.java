package org.rewardlab.lab.statistics;

import java.util.Arrays;

/**
 * The usual numbers of one sample. A sample with missing values (NaN) has their count in {@code missing}, and every other
 * number is NaN: a run that diverged must not disappear from an average. {@link #ofPresent} leaves them out on purpose.
 *
 * @param count values, missing ones included
 * @param missing how many of them are NaN
 * @param mean arithmetic mean
 * @param interquartileMean mean of the middle half, see {@link InterquartileMean}
 * @param deviation standard deviation with denominator n - 1; NaN below two values
 * @param min smallest
 * @param median middle
 * @param max largest
 */
public record Summary(
        int count,
        int missing,
        double mean,
        double interquartileMean,
        double deviation,
        double min,
        double median,
        double max) {

    /** Of all values; NaN everywhere but in the counts when one of them is missing or there are none. */
    public static Summary of(double... values) {
        int missing = missing(values);
        if (missing > 0 || values.length == 0) {
            double nan = Double.NaN;
            return new Summary(values.length, missing, nan, nan, nan, nan, nan, nan);
        }
        return numbers(values, values.length, 0);
    }

    /** Of the values that are there; {@code missing} still says how many were not. */
    public static Summary ofPresent(double... values) {
        double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        int missing = values.length - present.length;
        return present.length == 0 ? of(values) : numbers(present, values.length, missing);
    }

    /** How many values are NaN. */
    public static int missing(double... values) {
        return (int) Arrays.stream(values).filter(Double::isNaN).count();
    }

    /** The arithmetic mean; NaN when a value is missing or there are none. */
    public static double mean(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /**
     * The quantile of a sample by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the
     * default of R and NumPy); NaN when a value is missing or there are none.
     *
     * @param level in [0, 1]
     */
    public static double quantile(double level, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sortedQuantile(level, sorted);
    }

    static double sortedQuantile(double level, double[] sorted) {
        if (!(level >= 0 && level <= 1)) {
            throw new IllegalArgumentException("level: expected a number in [0, 1], got " + level);
        }
        if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double weight = position - below;
        return weight == 0 ? sorted[below] : sorted[below] + weight * (sorted[above] - sorted[below]);
    }

    private static Summary numbers(double[] values, int count, int missing) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Summary(
                count,
                missing,
                mean,
                InterquartileMean.of(values),
                deviation,
                sorted[0],
                sortedQuantile(0.5, sorted),
                sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        String head = "n " + count + (missing > 0 ? ", " + missing + " missing" : "");
        return head + ", mean " + Digits.significant(mean, 4) + ", interquartile mean "
                + Digits.significant(interquartileMean, 4) + ", deviation " + Digits.significant(deviation, 4)
                + ", range " + Digits.significant(min, 4) + " to " + Digits.significant(max, 4) + ", median "
                + Digits.significant(median, 4);
    }
}
