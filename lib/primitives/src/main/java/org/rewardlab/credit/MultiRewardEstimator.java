package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;

/**
 * From the rewards of several functions to one advantage a response.
 *
 * <p>A function may say NaN where it does not apply. A response that no function applies to is left out of every mean
 * and deviation and gets 0. {@link Advantages#spread} puts the numbers on tokens.
 */
@FunctionalInterface
public interface MultiRewardEstimator extends Serializable {

    /**
     * The advantage of each response (N), a constant for differentiation.
     *
     * @throws IllegalArgumentException if the number of rows is not a multiple of the group size
     */
    NDArray estimate(RewardTable table);

    /** GRPO on the weighted sum of rewards. */
    static MultiRewardEstimator sumThenNormalize(int generations) {
        return new MultiRewardGroupRelative(generations);
    }

    /** GDPO: each function normalised on its own, so that one with a small range is heard. */
    static MultiRewardEstimator normalizeThenSum(int generations) {
        return new MultiRewardGroupRelative(
                generations,
                MultiRewardGroupRelative.Order.NORMALIZE_THEN_SUM,
                MultiRewardGroupRelative.Scale.GROUP,
                MultiRewardGroupRelative.EPSILON);
    }

    /** RLOO on the weighted sum of rewards. */
    static MultiRewardEstimator rloo(int generations) {
        return new MultiRewardRloo(generations);
    }
}
