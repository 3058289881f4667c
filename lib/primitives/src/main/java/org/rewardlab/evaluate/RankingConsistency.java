package org.rewardlab.evaluate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * How far two judges agree on the order of the responses to each prompt, 1 in full, 0 the reverse: the confidence that a
 * self-rewarding model may have in its own preferences. Wang et al. 2024 (CREAM), eqs. 9 to 11.
 *
 * <p>Only ranks matter. They run from 1 to G in ascending order of reward; of equal rewards the one with the lower index ranks
 * lower, so that none are tied.
 *
 * @param perPrompt agreement on each prompt (N), in [0, 1]
 */
public record RankingConsistency(NDArray perPrompt) {

    /** Measures of agreement between two rankings. */
    public enum Method {
        /** {@code (tau + 1) / 2}: the share of pairs of responses that both order in the same way. */
        KENDALL("kendall"),
        /** {@code (rho + 1) / 2} with {@code rho = 1 - 6 sum d^2 / (G (G^2 - 1))}. */
        SPEARMAN("spearman"),
        /** 1 if they agree on the best and on the worst response (the first of equals), else 0. */
        TOP_ORDER("top_order");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        /** The method of that name. */
        public static Method of(String name) {
            return Check.labelled("method", values(), name);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * The agreement of two judges.
     *
     * @param current rewards of G responses to each of N prompts (N,G)
     * @param previous the other judge's (N,G)
     * @throws IllegalArgumentException for shapes that differ, no prompt, fewer than two responses, NaN
     */
    public static RankingConsistency of(NDArray current, NDArray previous, Method method) {
        Check.matrix("current", current);
        Check.floating("current", current);
        Check.sameShape("previous", previous, "current", current);
        if (current.getShape().get(1) < 2) {
            throw Check.failure("current", "at least two responses for each prompt", "shape " + current.getShape());
        }
        ValueCheck.of().noNaN("current", current).noNaN("previous", previous).run();
        double[][] one = Tensors.toRows(current);
        double[][] other = Tensors.toRows(previous);
        double[] agreement = new double[one.length];
        for (int n = 0; n < agreement.length; n++) {
            agreement[n] = switch (method) {
                case KENDALL -> kendall(ranks(one[n]), ranks(other[n]));
                case SPEARMAN -> spearman(ranks(one[n]), ranks(other[n]));
                case TOP_ORDER -> topOrder(one[n], other[n]);
            };
        }
        return new RankingConsistency(
                Tensors.create(current.getManager(), agreement, current.getDataType(), agreement.length));
    }

    /** By Kendall's tau. */
    public static RankingConsistency of(NDArray current, NDArray previous) {
        return of(current, previous, Method.KENDALL);
    }

    /** The mean agreement over prompts. */
    public double mean() {
        return Arrays.stream(Tensors.toDoubles(perPrompt)).average().orElseThrow();
    }

    private static int[] ranks(double[] rewards) {
        int[] ranks = new int[rewards.length];
        for (int i = 0; i < rewards.length; i++) {
            ranks[i] = 1;
            for (int j = 0; j < rewards.length; j++) {
                if (rewards[j] < rewards[i] || (rewards[j] == rewards[i] && j < i)) {
                    ranks[i]++;
                }
            }
        }
        return ranks;
    }

    private static double kendall(int[] a, int[] b) {
        int balance = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = i + 1; j < a.length; j++) {
                balance += (a[i] < a[j]) == (b[i] < b[j]) ? 1 : -1;
            }
        }
        return (balance / (a.length * (a.length - 1) / 2.0) + 1) / 2;
    }

    private static double spearman(int[] a, int[] b) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            squares += (double) (a[i] - b[i]) * (a[i] - b[i]);
        }
        double g = a.length;
        return (2 - 6 * squares / (g * (g * g - 1))) / 2;
    }

    private static double topOrder(double[] a, double[] b) {
        return best(a, 1) == best(b, 1) && best(a, -1) == best(b, -1) ? 1 : 0;
    }

    private static int best(double[] rewards, int sign) {
        int best = 0;
        for (int i = 1; i < rewards.length; i++) {
            if (sign * rewards[i] > sign * rewards[best]) {
                best = i;
            }
        }
        return best;
    }
}
