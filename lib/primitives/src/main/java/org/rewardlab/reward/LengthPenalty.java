package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;

/**
 * So much off the reward for each token beyond a length: {@code reward - coefficient max(0, length - validLength)}. Fu et al.
 * 2025 (PAR), before any shaping; unlike {@link OverlongPenalty} it has no end.
 *
 * @param validLength tokens that cost nothing, at least 0
 * @param coefficient cost of a token, at least 0
 */
public record LengthPenalty(int validLength, double coefficient) implements RewardTransform {

    public LengthPenalty {
        Check.atLeast("validLength", validLength, 0);
        Check.notNegative("coefficient", coefficient);
    }

    /** 0.01 for each token beyond 300. */
    public LengthPenalty() {
        this(300, 0.01);
    }

    /** {@inheritDoc} Reads rewards and lengths. */
    @Override
    public NDArray transform(ScoredResponses responses) {
        double[] lengths = responses.requireLengths("the length penalty");
        double[] rewards = responses.requireRewards();
        for (int b = 0; b < rewards.length; b++) {
            rewards[b] -= coefficient * Math.max(0, lengths[b] - validLength);
        }
        return responses.rewardsOf(rewards);
    }
}
