package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;

/**
 * Rewards squashed without a reference: {@code sigmoid(slope reward)}. A baseline of Fu et al. 2025 (PAR): bounded, not
 * centred, so that a constant added to the reward of a prompt moves it.
 *
 * @param slope at the middle, above 0
 */
public record SigmoidReward(double slope) implements RewardTransform {

    public SigmoidReward {
        Check.positive("slope", slope);
    }

    @Override
    public NDArray transform(ScoredResponses responses) {
        double[] rewards = responses.requireRewards();
        for (int b = 0; b < rewards.length; b++) {
            rewards[b] = FittedSigmoid.sigmoid(slope * rewards[b]);
        }
        return responses.rewardsOf(rewards);
    }
}
