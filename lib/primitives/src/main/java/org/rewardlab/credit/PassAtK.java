package org.rewardlab.credit;

import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * Group-relative advantages for pass@k: only the best of a group is rewarded, by how far it is ahead of the second.
 * Walder and Karkhanis 2025 (PKPO), leave-one-out in its maximum form, as in verl.
 *
 * <p>{@code (max - second) / (std + epsilon)} for the best, the first one in a tie (then 0); 0 for all others.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1}, {3}, {0}}), nd.create(new float[][] {{1}, {1}, {1}}))
 *         .withGroups(nd.create(new long[] {7, 7, 7}));
 * new PassAtK(false, 0).estimate(rollouts).advantages()
 * // => ND: (3, 1) cpu() float32 [[0.], [2.], [0.]]
 * }</pre>
 *
 * @param normByStd whether to divide by the group's standard deviation, with divisor n-1
 * @param epsilon what is added to it
 */
public record PassAtK(boolean normByStd, double epsilon) implements AdvantageEstimator {

    public PassAtK {
        Check.notNegative("epsilon", epsilon);
    }

    /** Divided by the standard deviation. */
    public PassAtK() {
        this(true, GroupRelative.EPSILON);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /** {@inheritDoc} Reads rewards, mask and groups; rejects a group of one. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        double[] scores = Groups.scores(rollouts);
        for (int[] rows : Groups.of(rollouts, "pass@k advantages")) {
            if (rows.length == 1) {
                throw Check.failure("groups", "at least two rows in each group", "one, row " + rows[0]);
            }
            int best = rows[0];
            double second = Double.NEGATIVE_INFINITY;
            for (int b : rows) {
                if (scores[b] > scores[best]) {
                    second = scores[best];
                    best = b;
                } else if (b != best) {
                    second = Math.max(second, scores[b]);
                }
            }
            double ahead = scores[best] - second;
            double divisor = normByStd && ahead > 0 ? Groups.std(scores, rows) + epsilon : 1;
            for (int b : rows) {
                scores[b] = b == best ? ahead / divisor : 0;
            }
        }
        return new Advantages(Groups.spread(scores, rollouts), null);
    }
}
