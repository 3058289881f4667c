package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Preference pairs mined from scored responses: the best one of each prompt against its worst. Zhang et al. 2024 (FLR),
 * with 8 responses at temperature 0.7; our reading of "mined from on-policy samples".
 *
 * @param chosen index of the best response of each prompt (N), int64; the lowest of equal ones, -1 if a prompt has none
 * @param rejected index of the worst (N), the same
 * @param gap reward of the best minus that of the worst (N), 0 where there is none
 * @param keep 1 where the two differ and the gap is larger than asked for (N), of the type of the rewards
 */
public record BestAgainstWorst(NDArray chosen, NDArray rejected, NDArray gap, NDArray keep) {

    /**
     * One pair for each prompt.
     *
     * @param rewards (N,G)
     * @param mask 1 where there is a response (N,G); a row may be empty
     * @param minGap what the gap must exceed, at least 0
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN rewards of responses, other masks than
     *     of 0 and 1, a negative gap
     */
    public static BestAgainstWorst of(NDArray rewards, NDArray mask, double minGap) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.sameShape("mask", mask, "rewards", rewards);
        Check.notNegative("minGap", minGap);
        ValueCheck.of().mask("mask", mask).noNaN("rewards", rewards, mask).run();
        double[][] scores = Tensors.toRows(rewards);
        double[][] counted = Tensors.toRows(mask);
        double asked =
                rewards.getDataType() == DataType.FLOAT32 ? (float) minGap : minGap; // so that equal decimals are equal
        int n = scores.length;
        double[] best = new double[n];
        double[] worst = new double[n];
        double[] gaps = new double[n];
        double[] kept = new double[n];
        for (int i = 0; i < n; i++) {
            int high = extreme(scores[i], counted[i], 1);
            int low = extreme(scores[i], counted[i], -1);
            best[i] = high;
            worst[i] = low;
            gaps[i] = high == low ? 0 : scores[i][high] - scores[i][low];
            kept[i] = high != low && gaps[i] > asked ? 1 : 0;
        }
        var manager = rewards.getManager();
        return new BestAgainstWorst(
                Tensors.create(manager, best, DataType.INT64, n),
                Tensors.create(manager, worst, DataType.INT64, n),
                Tensors.create(manager, gaps, rewards.getDataType(), n),
                Tensors.create(manager, kept, rewards.getDataType(), n));
    }

    /** The first index of the largest, or with sign -1 of the smallest, counted score; -1 if none is. Without counts all are. */
    static int extreme(double[] scores, double @Nullable [] counted, int sign) {
        int found = -1;
        for (int g = 0; g < scores.length; g++) {
            if ((counted == null || counted[g] != 0) && (found < 0 || sign * scores[g] > sign * scores[found])) {
                found = g;
            }
        }
        return found;
    }
}
