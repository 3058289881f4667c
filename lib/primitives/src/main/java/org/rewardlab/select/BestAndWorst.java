package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * The preference pair of each prompt: its best candidate against its worst. The labelling of self-rewarding models (Yuan et al.
 * 2024; CREAM) and of online DPO with a judge (SELM, where the candidates are a fresh response and the pair at hand).
 *
 * @param chosen column of the best candidate of each row, the first of equals (N), int64
 * @param rejected column of the worst candidate of each row, the first of equals (N), int64
 * @param skip 1 where both are the same because all candidates are equal, so that there is nothing to prefer (N), int64
 */
public record BestAndWorst(NDArray chosen, NDArray rejected, NDArray skip) {

    /**
     * The best and the worst of each row.
     *
     * @param scores of C candidates for each of N prompts (N,C)
     * @throws IllegalArgumentException for another rank, no prompt, no candidate, NaN
     */
    public static BestAndWorst of(NDArray scores) {
        Check.matrix("scores", scores);
        if (scores.getShape().get(1) == 0) {
            throw Check.failure("scores", "at least one candidate", "shape " + scores.getShape());
        }
        ValueCheck.of().noNaN("scores", scores).run();
        double[][] rows = Tensors.toRows(scores);
        long[] best = new long[rows.length];
        long[] worst = new long[rows.length];
        long[] same = new long[rows.length];
        for (int n = 0; n < rows.length; n++) {
            int high = BestAgainstWorst.extreme(rows[n], null, 1);
            int low = BestAgainstWorst.extreme(rows[n], null, -1);
            best[n] = high;
            worst[n] = low;
            same[n] = high == low ? 1 : 0;
        }
        return new BestAndWorst(array(scores, best), array(scores, worst), array(scores, same));
    }

    private static NDArray array(NDArray like, long[] values) {
        return Tensors.create(like.getManager(), values, values.length);
    }
}
