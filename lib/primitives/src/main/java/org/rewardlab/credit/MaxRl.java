package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Maximum-likelihood reinforcement learning: the centred score divided by the group's mean, so that prompts which are
 * seldom solved weigh most. Tajwar et al. 2026 (MaxRL).
 *
 * <p>{@code (s - mean) / mean} for binary scores where the mean is above 0, else 0. In a group with success rate p, a
 * success gets {@code 1/p - 1} and a failure -1.
 *
 * <pre>{@code
 * MaxRl.ofColumns(nd.create(new float[][] {{1, 1}, {1, 0}, {0, 0}, {0, 0}}))   // prompts solved in 2 and 1 of 4 tries
 * // => ND: (4, 2) cpu() float32 [[1., 3.], [1., -1.], [-1., -1.], [-1., -1.]]
 * var mask = nd.create(new float[][] {{1}, {1}, {1}, {1}});
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1}, {0}, {0}, {0}}), mask)
 *         .withGroups(nd.create(new long[] {7, 7, 7, 7}));
 * new MaxRl().estimate(rollouts).advantages()
 * // => ND: (4, 1) cpu() float32 [[3.], [-1.], [-1.], [-1.]]
 * }</pre>
 */
public record MaxRl() implements AdvantageEstimator {

    /** How far the sum of a row's shares may be off in single precision. */
    private static final double ROUNDING = 1e-5;

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /** {@inheritDoc} Reads rewards, mask and groups; rejects scores other than 0 and 1, to within 1e-5, as shares of 1 add up. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        double[] scores = Groups.scores(rollouts);
        for (int b = 0; b < scores.length; b++) {
            scores[b] = requireBinary(scores[b]);
        }
        for (int[] rows : Groups.of(rollouts, "MaxRL")) {
            double mean = Groups.mean(scores, rows);
            for (int b : rows) {
                scores[b] = relative(scores[b], mean);
            }
        }
        return new Advantages(Groups.spread(scores, rollouts), null);
    }

    /**
     * The same for a table of outcomes with one column per prompt.
     *
     * @param rewards (G,P) of 0 and 1
     * @return (G,P)
     * @throws IllegalArgumentException for another rank, an empty batch, rewards other than 0 and 1
     */
    public static NDArray ofColumns(NDArray rewards) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        double[][] rows = Tensors.toRows(rewards);
        for (int p = 0; p < rows[0].length; p++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += requireBinary(row[p]);
            }
            double mean = sum / rows.length;
            for (double[] row : rows) {
                row[p] = relative(row[p], mean);
            }
        }
        return Tensors.fromRows(rewards.getManager(), rows, rewards.getDataType());
    }

    private static double relative(double score, double mean) {
        return mean > 0 ? (score - mean) / mean : 0;
    }

    private static double requireBinary(double reward) {
        double nearest = reward < 0.5 ? 0 : 1;
        if (!(Math.abs(reward - nearest) <= ROUNDING)) {
            throw Check.failure("rewards", "nothing but 0 and 1", reward);
        }
        return nearest;
    }
}
