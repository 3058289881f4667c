package org.rewardlab.select;

import org.rewardlab.tensor.Check;

/**
 * One verdict from several judgments of the same two texts, shown in both orders. Jia et al. 2025 (Writing-Zero); what an
 * inconsistent vote counts is left open there.
 *
 * <pre>{@code
 * int[] order = {1, -1}; // the candidate was shown first, then second
 * PairwiseVote.preference(new double[] {8, 6}, new double[] {6, 8}, order, PairwiseVote.Rule.UNANIMOUS, 0)
 * // => 1
 * PairwiseVote.preference(new double[] {8, 8}, new double[] {6, 6}, order, PairwiseVote.Rule.UNANIMOUS, 0) // a bias
 * // => 0
 * PairwiseVote.preference(
 *         new double[] {8, 8, 6}, new double[] {6, 6, 8}, new int[] {1, -1, -1}, PairwiseVote.Rule.MAJORITY, 0)
 * // => 1
 * }</pre>
 */
public final class PairwiseVote {

    /** How judgments add up. */
    public enum Rule {
        /** All must agree. */
        UNANIMOUS,
        /** More for than against. */
        MAJORITY
    }

    private PairwiseVote() {}

    /**
     * Whether a candidate is better (1) or worse (-1) than the reference it was shown with.
     *
     * <p>A judgment is a win where the candidate's score is strictly higher. Only the order of scores counts, so any
     * increasing change of the judge's scale changes nothing; a judge that merely prefers the first place never wins
     * unanimously.
     *
     * @param firstScores score of the text shown first in each judgment (V)
     * @param secondScores of the text shown second (V)
     * @param order 1 where the candidate was shown first, -1 where it was second (V)
     * @param rule how judgments add up
     * @param tieValue the verdict where they decide nothing, 0 or -1
     * @return 1, -1 or the tie value
     * @throws IllegalArgumentException for no judgment, lengths that differ, another order or tie value, NaN
     */
    public static int preference(double[] firstScores, double[] secondScores, int[] order, Rule rule, int tieValue) {
        if (order.length == 0) {
            throw Check.failure("order", "at least one judgment", "none");
        }
        sameLength("firstScores", firstScores, order);
        sameLength("secondScores", secondScores, order);
        if (tieValue != 0 && tieValue != -1) {
            throw Check.failure("tieValue", "0 or -1", tieValue);
        }
        int wins = 0;
        int losses = 0;
        for (int v = 0; v < order.length; v++) {
            if (order[v] != 1 && order[v] != -1) {
                throw Check.failure("order", "1 or -1", order[v]);
            }
            double lead = Double.compare(number("firstScores", firstScores[v]), number("secondScores", secondScores[v]))
                    * order[v];
            wins += lead > 0 ? 1 : 0;
            losses += lead < 0 ? 1 : 0;
        }
        boolean won = rule == Rule.UNANIMOUS ? wins == order.length : wins > losses;
        boolean lost = rule == Rule.UNANIMOUS ? losses == order.length : losses > wins;
        return won ? 1 : lost ? -1 : tieValue;
    }

    private static void sameLength(String name, double[] scores, int[] order) {
        if (scores.length != order.length) {
            throw Check.failure(name, order.length + " scores, one for each order", scores.length);
        }
    }

    private static double number(String name, double score) {
        if (Double.isNaN(score)) {
            throw Check.failure(name, "numbers", score);
        }
        return score + 0.0; // one zero
    }
}
