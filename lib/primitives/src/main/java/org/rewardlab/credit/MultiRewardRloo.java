package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * RLOO from several rewards, with the KL penalty inside the reward. Ahmadian et al. 2024, eq. 8, as in TRL.
 *
 * <p>The weighted sum of rewards, clipped, minus {@code beta} times the summed log-ratio {@code oldLogps - refLogps} of
 * counted tokens; minus the mean of the other members of the group that any function applies to. A response without
 * such a sibling gets 0.
 *
 * <pre>{@code
 * var table = new RewardTable(
 *         nd.create(new float[][] {{1, 0}, {0, 1}, {1, 1}}), nd.create(new float[] {1, 0.5f}));
 * new MultiRewardRloo(3).estimate(table)                 // sums 1, 0.5, 1.5, each less the mean of the others
 * // => ND: (3) cpu() float32 [0., -0.75, 0.75]
 * }</pre>
 *
 * @param generations responses to each prompt, G
 * @param normalize whether to move and scale the advantages to mean 0 and standard deviation 1 (plus 1e-4) over the
 *     rows that have a sibling
 * @param clip bounds on the weighted sum; null for none
 * @param beta weight of the KL penalty, at least 0
 */
public record MultiRewardRloo(
        int generations, boolean normalize, @Nullable RewardBounds clip, double beta) implements MultiRewardEstimator {

    private static final double EPSILON = 1e-4;

    public MultiRewardRloo {
        Check.atLeast("generations", generations, 1);
        Check.notNegative("beta", beta);
    }

    /** Without normalization, clip and penalty. */
    public MultiRewardRloo(int generations) {
        this(generations, false, null, 0);
    }

    @Override
    public NDArray estimate(RewardTable table) {
        int groups = table.groups(generations);
        double[] rewards = table.weightedSums();
        if (clip != null) {
            for (int i = 0; i < rewards.length; i++) {
                rewards[i] = clip.clip(rewards[i]);
            }
        }
        if (beta > 0) {
            penalize(rewards, table);
        }
        double[] advantages = new double[rewards.length];
        for (int g = 0; g < groups; g++) {
            leaveOneOut(rewards, advantages, g * generations);
        }
        if (normalize) {
            double mean = NanMoments.mean(advantages);
            double std = NanMoments.std(advantages);
            for (int i = 0; i < advantages.length; i++) {
                advantages[i] = (advantages[i] - mean) / (std + EPSILON);
            }
        }
        return table.column(advantages);
    }

    private void penalize(double[] rewards, RewardTable table) {
        NDArray old = Check.present("oldLogps", table.oldLogps(), "a KL penalty");
        NDArray ref = Check.present("refLogps", table.refLogps(), "a KL penalty");
        NDArray mask = Check.present("mask", table.mask(), "a KL penalty");
        Check.matrix("oldLogps", old);
        Check.shape("oldLogps", old, rewards.length, old.getShape().get(1));
        Check.sameShape("refLogps", ref, "oldLogps", old);
        Check.sameShape("mask", mask, "oldLogps", old);
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("oldLogps", old, mask)
                .noNaN("refLogps", ref, mask)
                .run();
        double[] p = Tensors.toDoubles(old);
        double[] q = Tensors.toDoubles(ref);
        double[] m = Tensors.toDoubles(mask);
        int tokens = (int) old.getShape().get(1);
        for (int i = 0; i < m.length; i++) {
            rewards[i / tokens] -= m[i] == 0 ? 0 : beta * (p[i] - q[i]);
        }
    }

    /** NaN marks a row without a sibling, which stays out of mean and deviation. */
    private void leaveOneOut(double[] rewards, double[] advantages, int start) {
        int scorable = 0;
        double sum = 0;
        for (int i = start; i < start + generations; i++) {
            scorable += Double.isNaN(rewards[i]) ? 0 : 1;
            sum += Double.isNaN(rewards[i]) ? 0 : rewards[i];
        }
        for (int i = start; i < start + generations; i++) {
            advantages[i] =
                    scorable < 2 ? Double.NaN : rewards[i] - (sum - rewards[i]) / (scorable - 1); // NaN stays NaN
        }
    }
}
