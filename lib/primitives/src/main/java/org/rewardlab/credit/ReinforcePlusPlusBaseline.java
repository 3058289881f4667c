package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;

/**
 * REINFORCE++ with a group baseline: score minus group mean, whitened over the whole batch. Hu 2025, section 3.
 *
 * <p>{@link GroupRelative} divides by the deviation of each group, this by that of the batch, so that easy and hard
 * prompts keep their proportion. A group of one keeps its score.
 *
 * <pre>{@code
 * var mask = nd.create(new float[][] {{1}, {1}, {1}, {1}});
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1}, {0}, {5}, {5}}), mask)
 *         .withGroups(nd.create(new long[] {7, 7, 8, 8}));
 * new ReinforcePlusPlusBaseline().estimate(rollouts).advantages()
 * // => ND: (4, 1) cpu() float32 [[1.2247], [-1.2247], [0.], [0.]]
 * }</pre>
 */
public record ReinforcePlusPlusBaseline() implements AdvantageEstimator {

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /** {@inheritDoc} Reads rewards, mask and groups; rejects fewer than two counted tokens. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        double[] scores = Groups.scores(rollouts);
        for (int[] rows : Groups.of(rollouts, "REINFORCE++ with a baseline")) {
            double mean = rows.length == 1 ? 0 : Groups.mean(scores, rows);
            for (int b : rows) {
                scores[b] -= mean;
            }
        }
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray mask = rollouts.mask();
            NDArray white = Masked.whiten(Groups.spread(scores, rollouts), mask, true);
            return new Advantages(scope.keep(Masked.zeroOutside(white, mask)), null);
        }
    }
}
