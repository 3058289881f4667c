package org.rewardlab.lab.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Bootstrap confidence intervals. Efron and Tibshirani 1993, chapters 13 and 14. The same seed gives the same interval.
 * A missing value (NaN) makes the whole interval unknown instead of being skipped; so does a sample of fewer than two.
 *
 * @param resamples how often the sample is redrawn, at least 100
 * @param level coverage, in (0, 1)
 * @param seed of the redraws
 */
public record Bootstrap(int resamples, double level, long seed) {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    public Bootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException("resamples: expected at least 100, got " + resamples);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level: expected a number in (0, 1), got " + level);
        }
    }

    /** 2000 resamples, 95 %, a fixed seed. */
    public static Bootstrap standard() {
        return new Bootstrap(2000, 0.95, 20_231_117);
    }

    /** The percentile interval of the mean. */
    public Interval mean(double... values) {
        return percentile(values, Summary::mean);
    }

    /** The percentile interval: quantiles of the statistic over resamples. */
    public Interval percentile(double[] values, Statistic statistic) {
        double estimate = statistic.of(values);
        if (unusable(values)) {
            return new Interval(estimate, Double.NaN, Double.NaN, level);
        }
        double[] redrawn = redraw(values, statistic);
        return between(estimate, redrawn, (1 - level) / 2, (1 + level) / 2);
    }

    /**
     * The bias-corrected and accelerated interval (Efron 1987): second-order right for skewed statistics. Falls back to
     * the percentile interval where the sample gives no correction (all values equal).
     */
    public Interval bca(double[] values, Statistic statistic) {
        double estimate = statistic.of(values);
        if (unusable(values)) {
            return new Interval(estimate, Double.NaN, Double.NaN, level);
        }
        double[] redrawn = redraw(values, statistic);
        double below = 0;
        for (double value : redrawn) {
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        }
        double acceleration = acceleration(values, statistic);
        double share = below / redrawn.length;
        if (share <= 0 || share >= 1 || Double.isNaN(acceleration)) {
            return between(estimate, redrawn, (1 - level) / 2, (1 + level) / 2);
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double bias = normal.inverseCumulativeProbability(share);
        double z = normal.inverseCumulativeProbability((1 + level) / 2);
        double low = normal.cumulativeProbability(bias + (bias - z) / (1 - acceleration * (bias - z)));
        double high = normal.cumulativeProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
        return between(estimate, redrawn, low, high);
    }

    /**
     * The percentile interval of the mean of {@code a - b} where both were measured under the same conditions (the same
     * seeds, the same prompts): pairs are redrawn together.
     *
     * @param a first measurement of each pair
     * @param b second measurement, as many
     */
    public Interval pairedDifference(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "b: expected " + a.length + " values, one for each of a, got " + b.length);
        }
        double[] differences = new double[a.length];
        Arrays.setAll(differences, i -> a[i] - b[i]);
        return mean(differences);
    }

    /**
     * The percentile interval of a statistic of all strata together, each redrawn within itself: tasks of a benchmark,
     * domains of a data set. Agarwal et al. 2021, section 4.
     *
     * @param strata at least one, none empty
     */
    public Interval stratified(List<double[]> strata, Statistic statistic) {
        if (strata.isEmpty() || strata.stream().anyMatch(s -> s.length == 0)) {
            throw new IllegalArgumentException("strata: expected at least one and none empty, got "
                    + strata.stream().map(s -> s.length).toList() + " values");
        }
        double[] all = strata.stream().flatMapToDouble(Arrays::stream).toArray();
        double estimate = statistic.of(all);
        if (unusable(all)) {
            return new Interval(estimate, Double.NaN, Double.NaN, level);
        }
        RandomGenerator random = generator();
        double[] redrawn = new double[resamples];
        double[] sample = new double[all.length];
        for (int r = 0; r < resamples; r++) {
            int at = 0;
            for (double[] stratum : strata) {
                for (int i = 0; i < stratum.length; i++) {
                    sample[at++] = stratum[random.nextInt(stratum.length)];
                }
            }
            redrawn[r] = statistic.of(sample);
        }
        return between(estimate, redrawn, (1 - level) / 2, (1 + level) / 2);
    }

    private static boolean unusable(double[] values) {
        return values.length < 2 || Summary.missing(values) > 0;
    }

    private double[] redraw(double[] values, Statistic statistic) {
        RandomGenerator random = generator();
        double[] sample = new double[values.length];
        double[] redrawn = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = values[random.nextInt(values.length)];
            }
            redrawn[r] = statistic.of(sample);
        }
        return redrawn;
    }

    private Interval between(double estimate, double[] redrawn, double low, double high) {
        Arrays.sort(redrawn);
        return new Interval(
                estimate, Summary.sortedQuantile(low, redrawn), Summary.sortedQuantile(high, redrawn), level);
    }

    private static double acceleration(double[] values, Statistic statistic) {
        int n = values.length;
        double[] left = new double[n];
        for (int i = 0; i < n; i++) {
            double[] rest = new double[n - 1];
            System.arraycopy(values, 0, rest, 0, i);
            System.arraycopy(values, i + 1, rest, i, n - 1 - i);
            left[i] = statistic.of(rest);
        }
        double mean = Summary.mean(left);
        double cubes = 0;
        double squares = 0;
        for (double value : left) {
            double distance = mean - value;
            cubes += distance * distance * distance;
            squares += distance * distance;
        }
        return cubes / (6 * Math.pow(squares, 1.5));
    }

    private RandomGenerator generator() {
        return GENERATORS.create(seed);
    }
}
