package org.rewardlab.lab.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The result of a paired permutation test on means: how often a random exchange within pairs gives a difference at least
 * as far from zero as the one seen.
 *
 * @param difference mean of a - b; NaN when a value is missing
 * @param pValue two-sided; NaN when a value is missing
 * @param pairs how many
 * @param missing pairs with a NaN in them
 * @param exact whether all 2^n sign patterns were counted, or a random draw of them
 */
public record PermutationTest(double difference, double pValue, int pairs, int missing, boolean exact) {
    private static final int EXACT_UP_TO = 16;
    private static final int DRAWS = 20_000;

    /**
     * Exact up to 16 pairs; above, 20,000 random sign patterns with the seen one counted in (Phipson and Smyth 2010), so
     * that a p-value is never zero.
     *
     * @param a first measurement of each pair
     * @param b second measurement, as many
     * @param seed of the random patterns
     */
    public static PermutationTest paired(double[] a, double[] b, long seed) {
        if (a.length != b.length || a.length == 0) {
            throw new IllegalArgumentException(
                    "b: expected as many values as a and at least one, got " + a.length + " and " + b.length);
        }
        double[] differences = new double[a.length];
        Arrays.setAll(differences, i -> a[i] - b[i]);
        int missing = Summary.missing(differences);
        boolean exact = differences.length <= EXACT_UP_TO;
        if (missing > 0) {
            return new PermutationTest(Double.NaN, Double.NaN, a.length, missing, exact);
        }
        double p = exact ? exactly(differences) : drawn(differences, seed);
        return new PermutationTest(Summary.mean(differences), p, a.length, 0, exact);
    }

    private static double exactly(double[] differences) {
        double seen = threshold(differences);
        int patterns = 1 << differences.length;
        int asFar = 0;
        for (int pattern = 0; pattern < patterns; pattern++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            asFar += Math.abs(sum) >= seen ? 1 : 0;
        }
        return asFar / (double) patterns;
    }

    private static double drawn(double[] differences, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double seen = threshold(differences);
        int asFar = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            asFar += Math.abs(sum) >= seen ? 1 : 0;
        }
        return asFar / (double) (DRAWS + 1);
    }

    /** The seen sum, less what rounding may take from an equal one. */
    private static double threshold(double[] differences) {
        double sum = Arrays.stream(differences).sum();
        double scale = Arrays.stream(differences).map(Math::abs).sum();
        return Math.abs(sum) - 1e-12 * scale;
    }

    @Override
    public String toString() {
        return "difference " + Digits.significant(difference, 4) + ", p " + Digits.significant(pValue, 3) + " ("
                + (exact ? "exact" : "drawn") + ", " + pairs + " pairs"
                + (missing > 0 ? ", " + missing + " missing" : "") + ")";
    }
}
