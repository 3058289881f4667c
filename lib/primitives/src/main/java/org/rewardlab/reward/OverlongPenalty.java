package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * A soft punishment for responses that come near the length limit. Yu et al. 2025 (DAPO), eq. 13.
 *
 * <p>{@code reward - factor * clip(n - (maxLength - buffer), 0, buffer) / buffer}: nothing up to the buffer, the whole
 * factor at the limit and beyond. With factor 1 it adds {@link #punishment}.
 *
 * <pre>{@code
 * var responses = new ScoredResponses(nd.create(new float[] {1, 1, 1}))
 *         .withLengths(nd.create(new float[] {50, 90, 200}));
 * new OverlongPenalty(100, 20, 1).transform(responses)
 * // => ND: (3) cpu() float32 [1., 0.5, 0.]
 * OverlongPenalty.punishment(nd.create(new float[] {50, 90, 200}), 100, 20)
 * // => ND: (3) cpu() float32 [0., -0.5, -1.]
 * }</pre>
 *
 * @param maxLength the length limit in tokens, at least 1
 * @param buffer how many tokens before the limit the penalty sets in, at least 1 and at most the limit
 * @param factor the largest penalty
 */
public record OverlongPenalty(int maxLength, int buffer, double factor) implements RewardTransform {

    public OverlongPenalty {
        Check.atLeast("maxLength", maxLength, 1);
        Check.atLeast("buffer", buffer, 1);
        if (buffer > maxLength) {
            throw Check.failure("buffer", "at most the length limit " + maxLength, buffer);
        }
        Check.finite("factor", factor);
    }

    /** {@inheritDoc} Reads rewards and lengths. */
    @Override
    public NDArray transform(ScoredResponses responses) {
        double[] lengths = responses.requireLengths("the overlong penalty");
        double[] rewards = responses.requireRewards();
        for (int b = 0; b < rewards.length; b++) {
            double over = Math.min(Math.max(lengths[b] - (maxLength - buffer), 0), buffer);
            rewards[b] -= factor * over / buffer;
        }
        return responses.rewardsOf(rewards);
    }

    /**
     * The punishment alone: 0 up to {@code maxLength - cache} tokens, {@code (maxLength - cache - n) / cache} up to the
     * limit, -1 beyond.
     *
     * @param lengths (B)
     * @param cache at least 0 and at most {@code maxLength}; 0 punishes only what is beyond the limit
     * @return (B)
     * @throws IllegalArgumentException for another rank, an empty batch, negative lengths, a cache larger than the
     *     limit
     */
    public static NDArray punishment(NDArray lengths, int maxLength, int cache) {
        Check.floating("lengths", lengths);
        Check.atLeast("maxLength", maxLength, 1);
        Check.atLeast("cache", cache, 0);
        if (cache > maxLength) {
            throw Check.failure("cache", "at most the length limit " + maxLength, cache);
        }
        double[] rewards = Lengths.of(lengths);
        for (int b = 0; b < rewards.length; b++) {
            double n = rewards[b];
            rewards[b] = n <= maxLength - cache ? 0 : n <= maxLength ? (maxLength - cache - n) / cache : -1;
        }
        return Tensors.create(lengths.getManager(), rewards, lengths.getDataType(), rewards.length);
    }
}
