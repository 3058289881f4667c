package org.rewardlab.lab.train;

import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.Check;

/**
 * One of the rewards of a run.
 *
 * @param name that metrics and tables show it by
 * @param function what a completion is worth
 * @param weight in the sum
 */
record NamedReward(String name, RewardFunction function, double weight) {
    NamedReward {
        Check.finite("weight", weight);
    }
}
