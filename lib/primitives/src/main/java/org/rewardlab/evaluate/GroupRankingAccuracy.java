package org.rewardlab.evaluate;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.credit.Groups;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * How often a process reward model orders answers to one prompt as their outcomes do.
 *
 * <pre>{@code
 * var rewards = nd.create(new float[][] {{0.5f, 0.4f}, {0.1f, 0.1f}, {0.4f, 9}, {1, 1}, {0, 0}});
 * var mask = nd.create(new float[][] {{1, 1}, {1, 1}, {1, 0}, {1, 1}, {1, 1}});
 * var outcomes = nd.create(new float[] {1, 0.5f, 0, 1, 1}); // scores 0.9, 0.2, 0.4 and 2, 0
 * GroupRankingAccuracy.of(rewards, mask, outcomes, nd.create(new long[] {0, 0, 0, 1, 1})) // 1.5 / 2 and 0.5
 * // => 0.625
 * }</pre>
 */
public final class GroupRankingAccuracy {

    private GroupRankingAccuracy() {}

    /**
     * The share of pairs of a group that are ordered rightly, weighted by how far their outcomes lie apart; the mean over groups. Cui et
     * al. 2025 (PRIME), released code.
     *
     * <p>A response's score is the sum of its rewards. A pair i before j counts {@code |o_i - o_j|} and is hit when {@code (s_i > s_j) = (o_i >
     * o_j)}. A group whose outcomes do not differ counts 0.5.
     *
     * @param rewards of the tokens (B,T)
     * @param mask 1 on tokens that count (B,T)
     * @param outcomes of each response (B), finite
     * @param groups equal numbers mark answers to one prompt (B)
     * @throws IllegalArgumentException for shapes that do not fit and numbers that are not finite on counted tokens
     */
    public static double of(NDArray rewards, NDArray mask, NDArray outcomes, NDArray groups) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.sameShape("mask", mask, "rewards", rewards);
        Check.shape("outcomes", outcomes, rewards.getShape().get(0));
        Check.shape("groups", groups, rewards.getShape().get(0));
        ValueCheck.of()
                .mask("mask", mask)
                .finite("rewards", rewards, mask)
                .finite("outcomes", outcomes)
                .run();
        double[] scores;
        try (NDArray sums = Masked.sumRows(rewards, mask)) {
            scores = Tensors.toDoubles(sums);
        }
        double[] outcome = Tensors.toDoubles(outcomes);
        List<int[]> prompts = Groups.of(groups);
        double sum = 0;
        for (int[] rows : prompts) {
            sum += of(scores, outcome, rows);
        }
        return sum / prompts.size();
    }

    private static double of(double[] scores, double[] outcome, int[] rows) {
        double hits = 0;
        double weights = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = i + 1; j < rows.length; j++) {
                double weight = Math.abs(outcome[rows[i]] - outcome[rows[j]]);
                boolean ahead = scores[rows[i]] > scores[rows[j]];
                hits += ahead == outcome[rows[i]] > outcome[rows[j]] ? weight : 0;
                weights += weight;
            }
        }
        return weights == 0 ? 0.5 : hits / weights;
    }
}
