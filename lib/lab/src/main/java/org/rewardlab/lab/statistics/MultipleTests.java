package org.rewardlab.lab.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** P-values adjusted for how many hypotheses were tried; compare them with the usual level. */
public final class MultipleTests {
    private MultipleTests() {}

    /**
     * Holm 1979: bounds the chance of any false rejection, under any dependence.
     *
     * @param pValues each in [0, 1]
     * @return the adjusted p-values in the order given
     */
    public static double[] holm(double... pValues) {
        int[] order = ascending(pValues);
        int n = pValues.length;
        double[] adjusted = new double[n];
        double highest = 0;
        for (int rank = 0; rank < n; rank++) {
            highest = Math.max(highest, Math.min(1, (n - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = highest;
        }
        return adjusted;
    }

    /**
     * Benjamini and Hochberg 1995: bounds the expected share of false rejections among all, for independent or
     * positively dependent tests.
     *
     * @param pValues each in [0, 1]
     * @return the adjusted p-values in the order given
     */
    public static double[] benjaminiHochberg(double... pValues) {
        int[] order = ascending(pValues);
        int n = pValues.length;
        double[] adjusted = new double[n];
        double lowest = 1;
        for (int rank = n - 1; rank >= 0; rank--) {
            lowest = Math.min(lowest, pValues[order[rank]] * n / (rank + 1));
            adjusted[order[rank]] = lowest;
        }
        return adjusted;
    }

    private static int[] ascending(double[] pValues) {
        for (int i = 0; i < pValues.length; i++) {
            if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
                throw new IllegalArgumentException(
                        "pValues: expected numbers in [0, 1], got " + pValues[i] + " at position " + i);
            }
        }
        return IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
