package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;

/**
 * REINFORCE++ with a group baseline: score minus group mean, whitened over the whole batch. Hu 2025, section 3.
 *
 * <p>{@link GroupRelative} divides by the deviation of each group, this by that of the batch, so that easy and hard prompts
 * keep their proportion. A group of one keeps its score.
 */
public record ReinforcePlusPlusBaseline() implements AdvantageEstimator {

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
