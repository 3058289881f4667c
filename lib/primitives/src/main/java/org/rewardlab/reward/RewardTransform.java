package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Scope;

/**
 * From rewards to rewards. Transforms chain with {@link #then}; the order matters.
 *
 * <p>Group filters such as dynamic sampling must look at the raw outcome and never at shaped rewards: a penalty on
 * length makes every group look as if it varied.
 */
@FunctionalInterface
public interface RewardTransform extends Serializable {

    /**
     * The transformed rewards (B), of the type of the rewards, a constant for differentiation.
     *
     * @throws IllegalArgumentException if an array that the transform reads is absent
     */
    NDArray transform(ScoredResponses responses);

    /** This transform and then another one on its result. */
    default RewardTransform then(RewardTransform next) {
        return new Chained(this, next);
    }

    /** DAPO's penalty on responses that come near the length limit. */
    static RewardTransform overlongPenalty(int maxLength, int buffer) {
        return new OverlongPenalty(maxLength, buffer, 1);
    }

    /** Rewards of truncated responses shrunk, or replaced by a negative number. */
    static RewardTransform stopProperly(double coefficient) {
        return new StopProperly(coefficient);
    }

    /** Outcomes of 0 and 1 turned into rewards that fall, or rise, with length along a cosine. */
    static RewardTransform cosineLength(int maxLength) {
        return new CosineLength(maxLength);
    }

    /**
     * One transform and then another.
     *
     * <pre>{@code
     * var responses = new ScoredResponses(nd.create(new float[] {1, 1}))
     *         .withLengths(nd.create(new float[] {50, 100}))
     *         .withTruncated(nd.create(new float[] {0, 1}));
     * new RewardTransform.Chained(new StopProperly(0.5), new OverlongPenalty(100, 20, 1)).transform(responses)
     * // => ND: (2) cpu() float32 [1., -0.5]
     * }</pre>
     *
     * @param first applied to the rewards
     * @param second applied to the result of the first
     */
    record Chained(RewardTransform first, RewardTransform second) implements RewardTransform {
        @Override
        public NDArray transform(ScoredResponses responses) {
            try (Scope scope = Scope.open()) {
                return scope.keep(second.transform(responses.withRewards(first.transform(responses))));
            }
        }
    }
}
