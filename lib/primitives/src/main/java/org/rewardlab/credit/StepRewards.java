package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Rewards of the steps of each response, and where the steps end.
 *
 * @param rewards (B,S), NaN where a response has no such step
 * @param ends index of the last token of each step (B,S), int64; not read where the reward is NaN
 * @param mask 1 on tokens that the policy produced (B,T)
 * @param groups equal numbers mark answers to one prompt (B)
 */
public record StepRewards(NDArray rewards, NDArray ends, NDArray mask, NDArray groups) {

    public StepRewards {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.sameShape("ends", ends, "rewards", rewards);
        Check.matrix("mask", mask);
        long rows = rewards.getShape().get(0);
        Check.shape("mask", mask, rows, mask.getShape().get(1));
        Check.shape("groups", groups, rows);
        ValueCheck.of().mask("mask", mask).run();
        long tokens = mask.getShape().get(1);
        double[] reward = Tensors.toDoubles(rewards);
        double[] end = Tensors.toDoubles(ends);
        for (int i = 0; i < reward.length; i++) {
            if (Double.isInfinite(reward[i])) {
                throw Check.failure("rewards", "finite numbers, or NaN for no such step", reward[i]);
            }
            if (!Double.isNaN(reward[i]) && !(end[i] >= 0 && end[i] < tokens && end[i] == Math.rint(end[i]))) {
                throw Check.failure("ends", "token indices in [0, " + tokens + ")", end[i]);
            }
        }
    }
}
