package org.rewardlab.credit;

import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * Reward-to-go minus the group's mean of it at the same token position. The estimator in the first release of IGPO (Wang et al. 2025), kept
 * to compare with: position t of one answer has little to do with position t of another.
 *
 * <p>{@code R_t = r_t + gamma mask_{t+1} R_{t+1}}, so that a sum ends at a hole of the mask as in {@link ReinforcePlusPlus}; the mean is
 * over all rows of the group, those that are padded there too; no division. Advantages are 0 outside the mask, returns are not.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1, 1}, {0, 0}}), nd.ones(new Shape(2, 2)))
 *         .withGroups(nd.create(new long[] {7, 7}));
 * new PositionalGroupBaseline().estimate(rollouts).advantages()
 * // => ND: (2, 2) cpu() float32 [[1., 0.5], [-1., -0.5]]
 * new PositionalGroupBaseline().estimate(rollouts).returns()
 * // => ND: (2, 2) cpu() float32 [[2., 1.], [0., 0.]]
 * }</pre>
 *
 * @param gamma discount, in [0, 1]
 */
public record PositionalGroupBaseline(double gamma) implements AdvantageEstimator {

    public PositionalGroupBaseline {
        Check.within("gamma", gamma, 0, 1);
    }

    /** Undiscounted. */
    public PositionalGroupBaseline() {
        this(1);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /** {@inheritDoc} Reads rewards (finite over whole rows), mask and groups. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        Groups.scores(rollouts); // rejects what is not finite, on padding too: means read it
        double[][] rewards = Tensors.toRows(rollouts.rewards());
        double[][] counted = Tensors.toRows(rollouts.mask());
        for (int b = 0; b < rewards.length; b++) {
            for (int t = rewards[b].length - 2; t >= 0; t--) {
                rewards[b][t] += gamma * counted[b][t + 1] * rewards[b][t + 1];
            }
        }
        double[][] advantages = new double[rewards.length][rewards[0].length];
        for (int[] rows : Groups.of(rollouts, "a baseline for each position")) {
            for (int t = 0; t < rewards[0].length; t++) {
                double[] column = new double[rewards.length];
                for (int b : rows) {
                    column[b] = rewards[b][t];
                }
                double mean = Groups.mean(column, rows);
                for (int b : rows) {
                    advantages[b][t] = counted[b][t] == 0 ? 0 : rewards[b][t] - mean;
                }
            }
        }
        try (Scope scope = Scope.open()) {
            var manager = rollouts.rewards().getManager();
            var type = rollouts.rewards().getDataType();
            return new Advantages(
                    scope.keep(Tensors.fromRows(manager, advantages, type)),
                    scope.keep(Tensors.fromRows(manager, rewards, type)));
        }
    }
}
