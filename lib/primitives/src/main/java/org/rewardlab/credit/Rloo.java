package org.rewardlab.credit;

import java.util.Set;

/**
 * REINFORCE leave-one-out: score minus the mean of the other members of its group. Kool et al. 2019; Ahmadian et al.
 * 2024.
 *
 * <p>For a group of G it is {@code G / (G-1)} times {@link AdvantageEstimator#groupCentred() the centred score}.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1}, {0}, {2}}), nd.create(new float[][] {{1}, {1}, {1}}))
 *         .withGroups(nd.create(new long[] {7, 7, 7}));
 * new Rloo().estimate(rollouts).advantages()             // 1 - (0 + 2)/2, 0 - (1 + 2)/2, 2 - (1 + 0)/2
 * // => ND: (3, 1) cpu() float32 [[0.], [-1.5], [1.5]]
 * }</pre>
 *
 * @param singleton what a group of one gets
 */
public record Rloo(Singleton singleton) implements AdvantageEstimator {

    /** A group of one. */
    public enum Singleton {
        /** Its score. */
        RAW,
        /** 0. */
        ZERO
    }

    /** The score passes through in a group of one. */
    public Rloo() {
        this(Singleton.RAW);
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
        for (int[] rows : Groups.of(rollouts, "RLOO")) {
            if (rows.length == 1) {
                scores[rows[0]] = singleton == Singleton.RAW ? scores[rows[0]] : 0;
                continue;
            }
            double mean = Groups.mean(scores, rows);
            double factor = rows.length / (rows.length - 1.0);
            for (int b : rows) {
                scores[b] = (scores[b] - mean) * factor;
            }
        }
        return new Advantages(Groups.spread(scores, rollouts), null);
    }
}
