package org.rewardlab.select;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * Pairs of responses to one prompt of which one is good and clearly better. Rosset et al. 2024 (DNO), algorithm 2.
 *
 * <pre>{@code
 * new LargeMarginPairs(LargeMarginPairs.Mode.BEST_WORST).select(6, 5, 4)
 * // => [Pair[chosen=0, rejected=2]]
 * new LargeMarginPairs(LargeMarginPairs.Mode.ALL).select(6, 5, 4)
 * // => [Pair[chosen=0, rejected=1], Pair[chosen=0, rejected=2], Pair[chosen=1, rejected=2]]
 * new LargeMarginPairs(LargeMarginPairs.Mode.STUDENT_ONLY, 0, 5, 1).select(6, 5, 4) // the first one is the teacher's
 * // => [Pair[chosen=1, rejected=2]]
 * new LargeMarginPairs(LargeMarginPairs.Mode.ALL).select(4, 3, 2)                   // nothing good
 * // => []
 * }</pre>
 *
 * @param mode which ordered pairs are considered
 * @param gold index of a teacher's response among the scores, -1 for none
 * @param minPositive score that the better response must reach; 5 on a scale from 0 to 6
 * @param minMargin by how much it must be ahead
 */
public record LargeMarginPairs(Mode mode, int gold, double minPositive, double minMargin) implements Serializable {

    /** Which ordered pairs are considered. */
    public enum Mode {
        /** The first of the best against the first of the worst; none if they are the same response. */
        BEST_WORST,
        /** Every response against every other, the teacher's included. */
        ALL,
        /** The teacher's against each of the student's; none without a teacher. */
        GOLD_ONLY,
        /** Those of the student among themselves. */
        STUDENT_ONLY
    }

    /**
     * One pair.
     *
     * @param chosen index of the better response
     * @param rejected index of the other
     */
    public record Pair(int chosen, int rejected) implements Serializable {}

    public LargeMarginPairs {
        if (gold < -1) {
            throw Check.failure("gold", "an index, or -1 for none", gold);
        }
        Check.finite("minPositive", minPositive);
        Check.finite("minMargin", minMargin);
    }

    /** Without a teacher, a score of 5 and a margin of 1. */
    public LargeMarginPairs(Mode mode) {
        this(mode, -1, 5, 1);
    }

    /**
     * The pairs of one prompt, by the better response and then by the other; often none.
     *
     * @param scores of the responses (M), grades or mean win rates
     * @throws IllegalArgumentException for no score, NaN, a teacher's index beyond the scores
     */
    public List<Pair> select(double... scores) {
        if (scores.length == 0) {
            throw Check.failure("scores", "at least one score", "none");
        }
        for (double score : scores) {
            Check.finite("scores", score);
        }
        if (gold >= scores.length) {
            throw Check.failure("gold", "an index from -1 to " + (scores.length - 1), gold);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (considered(i, j, scores) && scores[i] >= minPositive && scores[i] - scores[j] >= minMargin) {
                    pairs.add(new Pair(i, j));
                }
            }
        }
        return pairs;
    }

    private boolean considered(int i, int j, double[] scores) {
        return i != j
                && switch (mode) {
                    case BEST_WORST -> i == first(scores, 1) && j == first(scores, -1);
                    case ALL -> true;
                    case GOLD_ONLY -> i == gold;
                    case STUDENT_ONLY -> i != gold && j != gold;
                };
    }

    private static int first(double[] scores, int sign) {
        int found = 0;
        for (int i = 1; i < scores.length; i++) {
            if (sign * scores[i] > sign * scores[found]) {
                found = i;
            }
        }
        return found;
    }
}
