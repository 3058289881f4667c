package org.rewardlab.evaluate;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * How often a reward prefers the response that people prefer.
 *
 * <pre>{@code
 * var chosen = nd.create(new float[] {2, 3, 1, 0});
 * var rejected = nd.create(new float[] {1, -1, 1, 3}); // two right, one tie, one wrong
 * PairwiseAccuracy.of(chosen, rejected)
 * // => 0.625
 * }</pre>
 */
public final class PairwiseAccuracy {

    private PairwiseAccuracy() {}

    /**
     * The mean of 1 where the chosen response has the higher reward, 0.5 where both have the same, else 0. Zhang et al. 2024
     * (FLR).
     *
     * <p>Ties count half here, so that a constant reward scores 0.5; they are wrong in {@code rewards/accuracies} of the
     * preference losses.
     *
     * @param chosen rewards of the preferred responses (N)
     * @param rejected rewards of the other responses (N)
     * @throws IllegalArgumentException for shapes that differ, no pair, NaN
     */
    public static double of(NDArray chosen, NDArray rejected) {
        Check.vector("chosen", chosen);
        Check.sameShape("rejected", rejected, "chosen", chosen);
        ValueCheck.of().noNaN("chosen", chosen).noNaN("rejected", rejected).run();
        double[] high = Tensors.toDoubles(chosen);
        double[] low = Tensors.toDoubles(rejected);
        double hits = 0;
        for (int i = 0; i < high.length; i++) {
            hits += high[i] > low[i] ? 1 : high[i] == low[i] ? 0.5 : 0;
        }
        return hits / high.length;
    }
}
