package org.rewardlab.credit;

import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * Group-relative advantages: how much better a response is than its siblings. Shao et al. 2024 (GRPO), eq. 6 of section
 * 4.1; without the division, Dr. GRPO (Liu et al. 2025).
 *
 * <p>{@code (s - mean) / (std + epsilon)} over the responses to one prompt, std with divisor n-1. Equal rewards give
 * exactly 0. A group of one has mean 0 and standard deviation 1: its score passes through.
 *
 * <pre>{@code
 * var rewards = nd.create(new float[][] {{0, 1}, {0, 0}, {0, 3}, {0, 3}});
 * var mask = nd.create(new float[][] {{1, 1}, {1, 0}, {1, 1}, {1, 1}});
 * var rollouts = Rollouts.of(rewards, mask).withGroups(nd.create(new long[] {7, 7, 8, 8}));
 * new GroupRelative().estimate(rollouts).advantages()
 * // => ND: (4, 2) cpu() float32 [[0.7071, 0.7071], [-0.7071, 0.], [0., 0.], [0., 0.]]
 * new GroupRelative(false, 0).estimate(rollouts).advantages()      // Dr. GRPO
 * // => ND: (4, 2) cpu() float32 [[0.5, 0.5], [-0.5, 0.], [0., 0.], [0., 0.]]
 * }</pre>
 *
 * @param normByStd whether to divide by the group's standard deviation
 * @param epsilon what is added to it; libraries differ (1e-6, 1e-4, 1e-9)
 */
public record GroupRelative(boolean normByStd, double epsilon) implements AdvantageEstimator {

    /** What is added to the standard deviation unless told otherwise. */
    public static final double EPSILON = 1e-6;

    public GroupRelative {
        Check.notNegative("epsilon", epsilon);
    }

    /** GRPO as published. */
    public GroupRelative() {
        this(true, EPSILON);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /** {@inheritDoc} Reads rewards, mask and groups. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        double[] scores = Groups.scores(rollouts);
        for (int[] rows : Groups.of(rollouts, "group-relative advantages")) {
            normalize(scores, rows);
        }
        return new Advantages(Groups.spread(scores, rollouts), null);
    }

    private void normalize(double[] scores, int[] rows) {
        if (rows.length == 1) {
            scores[rows[0]] /= normByStd ? 1 + epsilon : 1;
            return;
        }
        double mean = Groups.mean(scores, rows);
        double divisor = normByStd ? Groups.std(scores, rows) + epsilon : 1;
        for (int b : rows) {
            scores[b] = scores[b] == mean ? 0 : (scores[b] - mean) / divisor;
        }
    }
}
