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

    /** Rewards as they are. */
    static RewardTransform identity() {
        return new Identity();
    }

    /** Rewards cut off above. */
    static RewardTransform ceiling(double ceiling) {
        return new Ceiling(ceiling);
    }

    /** A sigmoid of the reward itself, not centred. */
    static RewardTransform sigmoid(double slope) {
        return new SigmoidReward(slope);
    }

    /** Preference as reward: the probability of being preferred to reference answers. */
    static RewardTransform preferenceAsReward() {
        return preferenceAsReward(1);
    }

    /** Preference as reward with a steeper sigmoid; 2 and 3 have been tried. */
    static RewardTransform preferenceAsReward(double slope) {
        return new ReferenceShape(ReferenceShape.Curve.SIGMOID, slope, 0, ReferenceShape.MAX_REFERENCES);
    }

    /** The mean lead over reference answers, unbounded. */
    static RewardTransform centred() {
        return new ReferenceShape(ReferenceShape.Curve.IDENTITY);
    }

    /** A hyperbolic tangent of the lead over reference answers. */
    static RewardTransform tanh() {
        return new ReferenceShape(ReferenceShape.Curve.TANH);
    }

    /** An arc tangent of the lead over reference answers. */
    static RewardTransform arctan() {
        return new ReferenceShape(ReferenceShape.Curve.ARCTAN);
    }

    /** A polynomial that looks like a sigmoid of the lead over reference answers, flat beyond 5. */
    static RewardTransform fittedPolynomial() {
        return new ReferenceShape(ReferenceShape.Curve.FITTED_POLYNOMIAL);
    }

    /** A sigmoid that rises late and steeply: slow growth, fast convergence. */
    static RewardTransform slowGrowth() {
        return new ReferenceShape(ReferenceShape.Curve.SIGMOID, 3, 3, ReferenceShape.MAX_REFERENCES);
    }

    /** The log-sigmoid of the lead over a quantile of reference rewards; 0.85 is usual. */
    static RewardTransform logSigmoidCentred(double quantile) {
        return new LogSigmoidCentred(quantile);
    }

    /** So much off the reward for each token beyond a length. */
    static RewardTransform lengthPenalty(int validLength, double coefficient) {
        return new LengthPenalty(validLength, coefficient);
    }

    /** Rewards as they are; rejects NaN like every other transform. */
    record Identity() implements RewardTransform {
        @Override
        public NDArray transform(ScoredResponses responses) {
            return responses.rewardsOf(responses.requireRewards());
        }
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
