package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;

/**
 * Rewards cut off above: {@code min(reward, ceiling)}. A baseline of Fu et al. 2025 (PAR).
 *
 * @param ceiling the highest reward, finite
 */
public record Ceiling(double ceiling) implements RewardTransform {

    public Ceiling {
        Check.finite("ceiling", ceiling);
    }

    @Override
    public NDArray transform(ScoredResponses responses) {
        double[] rewards = responses.requireRewards();
        for (int b = 0; b < rewards.length; b++) {
            rewards[b] = Math.min(rewards[b], ceiling);
        }
        return responses.rewardsOf(rewards);
    }
}
