package org.rewardlab.credit;

import java.util.Set;

/**
 * On-policy RL with the optimal baseline: score minus the mean of the group weighted by response length. Hao et al.
 * 2025 (OPO), eq. 9.
 *
 * <p>{@code s_i - sum_j n_j s_j / sum_j n_j}, n the number of counted tokens; with equal lengths it is
 * {@link AdvantageEstimator#groupCentred() the centred score}. The baseline of a group of one, or of one without
 * tokens, is 0.
 *
 * <pre>{@code
 * var mask = nd.create(new float[][] {{1, 1, 1}, {1, 0, 0}});
 * var rollouts = Rollouts.of(nd.create(new float[][] {{0, 0, 1}, {0, 0, 0}}), mask)
 *         .withGroups(nd.create(new long[] {7, 7}));
 * new Opo().estimate(rollouts).advantages()              // baseline 3/4: the longer response counts three times
 * // => ND: (2, 3) cpu() float32 [[0.25, 0.25, 0.25], [-0.75, 0., 0.]]
 * }</pre>
 */
public record Opo() implements AdvantageEstimator {

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
        double[] lengths = Groups.lengths(rollouts.mask());
        for (int[] rows : Groups.of(rollouts, "OPO")) {
            double origin = scores[rows[0]];
            double sum = 0;
            double total = 0;
            for (int b : rows) {
                sum += lengths[b] * (scores[b] - origin);
                total += lengths[b];
            }
            double baseline = rows.length == 1 || total == 0 ? 0 : origin + sum / total;
            for (int b : rows) {
                scores[b] -= baseline;
            }
        }
        return new Advantages(Groups.spread(scores, rollouts), null);
    }
}
