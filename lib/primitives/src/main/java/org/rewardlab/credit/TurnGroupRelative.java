package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.PrefixMask;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Group-relative advantages of turns: rewards of turns normalised within the group, then summed over the turns to come. Wang et al.
 * 2025 (IGPO), eq. 6 and 7; with one turn in each row, {@link GroupRelative}.
 *
 * <p>Positions are turns: {@code rewards} (B,K) of each, {@code mask} ones and then zeros. {@code a = (r - mean) / (std + epsilon)}, divisor
 * n-1, where a set of one has standard deviation 1; {@code A_k = sum_{j >= k} gamma^(j-k) a_j}. With {@link
 * org.rewardlab.tensor.TurnTokens#broadcast} the tokens of a turn get its advantage. Because each turn earns something of its own, a group
 * of equal outcomes still teaches.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{1, 2}, {0, 0}}), nd.create(new float[][] {{1, 1}, {1, 0}}))
 *         .withGroups(nd.create(new long[] {7, 7}));
 * new TurnGroupRelative().normalizedRewards(rollouts)              // of 1, 2 and 0
 * // => ND: (2, 2) cpu() float32 [[0., 1.], [-1., 0.]]
 * new TurnGroupRelative().estimate(rollouts).advantages()
 * // => ND: (2, 2) cpu() float32 [[1., 1.], [-1., 0.]]
 * }</pre>
 *
 * @param normalization over which rewards mean and deviation are taken
 * @param gamma discount from turn to turn, in [0, 1]; 0 leaves the normalised rewards
 * @param epsilon what is added to standard deviations, at least 0
 */
public record TurnGroupRelative(Normalization normalization, double gamma, double epsilon)
        implements AdvantageEstimator {

    /** Over which rewards mean and deviation are taken. */
    public enum Normalization {
        /** All turns of the group. */
        JOINT,
        /** Last turns, which carry the outcome, apart from all others. */
        SEPARATE,
        /** All turns of the group; no division. */
        MEAN,
        /** None: rewards as they came. */
        NONE
    }

    public TurnGroupRelative {
        Check.within("gamma", gamma, 0, 1);
        Check.notNegative("epsilon", epsilon);
    }

    /** Over all turns of the group, undiscounted. */
    public TurnGroupRelative() {
        this(Normalization.JOINT, 1, GroupRelative.EPSILON);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /** {@inheritDoc} Reads rewards, mask and groups; rejects a mask with holes. A row without turn gets zeros. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        double[][] rewards = normalized(rollouts);
        for (double[] row : rewards) {
            for (int k = row.length - 2; k >= 0; k--) {
                row[k] += gamma * row[k + 1];
            }
        }
        return new Advantages(array(rollouts, rewards), null);
    }

    /** The normalised reward of each turn (B,K), before the sum over the turns to come. */
    public NDArray normalizedRewards(Rollouts rollouts) {
        return array(rollouts, normalized(rollouts));
    }

    private double[][] normalized(Rollouts rollouts) {
        int[] lengths = PrefixMask.lengths("mask", rollouts.mask());
        ValueCheck.of().finite("rewards", rollouts.rewards(), rollouts.mask()).run();
        double[][] rewards = Tensors.toRows(rollouts.rewards());
        double[][] result = new double[rewards.length][rewards[0].length];
        for (int[] rows : Groups.of(rollouts, "group-relative advantages of turns")) {
            List<int[]> last = new ArrayList<>();
            List<int[]> others = new ArrayList<>();
            for (int b : rows) {
                for (int k = 0; k < lengths[b]; k++) {
                    boolean apart = normalization == Normalization.SEPARATE && k == lengths[b] - 1;
                    (apart ? last : others).add(new int[] {b, k});
                }
            }
            normalize(rewards, last, result);
            normalize(rewards, others, result);
        }
        return result;
    }

    /** Normalises the rewards of some turns, each given as row and column. */
    private void normalize(double[][] rewards, List<int[]> turns, double[][] result) {
        double[] values =
                turns.stream().mapToDouble(at -> rewards[at[0]][at[1]]).toArray();
        boolean divides = normalization == Normalization.JOINT || normalization == Normalization.SEPARATE;
        double mean = normalization == Normalization.NONE ? 0 : NanMoments.mean(values);
        double deviation = !divides ? 1 : (values.length < 2 ? 1 : NanMoments.std(values)) + epsilon;
        for (int i = 0; i < values.length; i++) {
            double centred = values[i] - mean;
            result[turns.get(i)[0]][turns.get(i)[1]] = centred == 0 ? 0 : centred / deviation;
        }
    }

    private static NDArray array(Rollouts rollouts, double[][] rows) {
        return Tensors.fromRows(
                rollouts.rewards().getManager(), rows, rollouts.rewards().getDataType());
    }
}
