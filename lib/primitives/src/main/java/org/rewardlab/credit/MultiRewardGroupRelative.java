package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.Tensors;

/**
 * Group-relative advantages from several rewards: sum and normalise (GRPO, Shao et al. 2024), or normalise each and sum
 * (GDPO, Liu et al. 2026).
 *
 * <p>Sum first: {@code (r - group mean) / (std + epsilon)} of the weighted sum r, std of the group, of the batch, or no
 * division. Normalise first: {@code (x - group mean) / (group std + epsilon)} for each function, the weighted sum of
 * those, then minus its mean over the batch and divided by its deviation plus epsilon. Deviations have divisor n-1; a
 * value that is alone gives 0. With one function and weight 1, the former is {@link GroupRelative} on scores but for
 * groups of one.
 *
 * <pre>{@code
 * var rewards = new float[][] {{1, 0.1f}, {0, 0.2f}, {1, Float.NaN}, {0, 0.4f}};   // one does not apply once
 * var table = new RewardTable(nd.create(rewards), nd.create(new float[] {1, 0.5f}));
 * new MultiRewardGroupRelative(2).estimate(table)
 * // => ND: (4) cpu() float32 [0.707, -0.707, 0.707, -0.707]
 * MultiRewardEstimator.normalizeThenSum(2).estimate(table)
 * // => ND: (4) cpu() float32 [0.5482, -0.5482, 1.095, -1.095]
 * }</pre>
 *
 * @param generations responses to each prompt, G
 * @param order what comes first
 * @param scale whose deviation divides the sum, read if the sum comes first
 * @param epsilon what is added to deviations
 */
public record MultiRewardGroupRelative(int generations, Order order, Scale scale, double epsilon)
        implements MultiRewardEstimator {

    /** What is added to deviations unless told otherwise. */
    public static final double EPSILON = 1e-4;

    /** What comes first, the sum over functions or the normalisation. */
    public enum Order {
        SUM_THEN_NORMALIZE,
        NORMALIZE_THEN_SUM
    }

    /** Whose standard deviation divides. */
    public enum Scale {
        GROUP,
        BATCH,
        NONE
    }

    public MultiRewardGroupRelative {
        Check.atLeast("generations", generations, 1);
        Check.notNegative("epsilon", epsilon);
    }

    /** Sum first, divided by the deviation of the group. */
    public MultiRewardGroupRelative(int generations) {
        this(generations, Order.SUM_THEN_NORMALIZE, Scale.GROUP, EPSILON);
    }

    @Override
    public NDArray estimate(RewardTable table) {
        int groups = table.groups(generations);
        double[] sums =
                order == Order.SUM_THEN_NORMALIZE ? sumThenNormalize(table, groups) : normalizeThenSum(table, groups);
        return table.column(sums);
    }

    private double[] sumThenNormalize(RewardTable table, int groups) {
        double[] sums = table.weightedSums();
        double batch = NanMoments.std(sums);
        for (int g = 0; g < groups; g++) {
            double[] group = Arrays.copyOfRange(sums, g * generations, (g + 1) * generations);
            double divisor = switch (scale) {
                case GROUP -> NanMoments.std(group) + epsilon;
                case BATCH -> batch + epsilon;
                case NONE -> 1;
            };
            normalize(group, divisor);
            System.arraycopy(group, 0, sums, g * generations, generations);
        }
        return sums;
    }

    private double[] normalizeThenSum(RewardTable table, int groups) {
        double[][] rewards = Tensors.toRows(table.rewards());
        double[] group = new double[generations];
        for (int k = 0; k < rewards[0].length; k++) {
            for (int g = 0; g < groups; g++) {
                for (int i = 0; i < generations; i++) {
                    group[i] = rewards[g * generations + i][k];
                }
                normalize(group, NanMoments.std(group) + epsilon);
                for (int i = 0; i < generations; i++) {
                    rewards[g * generations + i][k] = group[i];
                }
            }
        }
        double[] sums = table.weightedSums(rewards);
        normalize(sums, NanMoments.std(sums) + epsilon);
        return sums;
    }

    /** Subtracts the mean of what is there and divides; 0 stays 0 whatever the divisor, NaN stays NaN. */
    private static void normalize(double[] values, double divisor) {
        double mean = NanMoments.mean(values);
        for (int i = 0; i < values.length; i++) {
            double centred = values[i] - mean;
            values[i] = centred == 0 ? 0 : centred / divisor;
        }
    }
}
