package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;

/**
 * Rewards as a shape of their lead over reference answers to the same prompt, averaged: {@code mean_m f(slope (reward -
 * reference_m - shift))}. Fu et al. 2025; with a sigmoid, preference as reward (PAR).
 *
 * <p>A constant added to rewards and references changes nothing. With one reference and a sigmoid of slope 1 it is the
 * probability of Bradley and Terry; a slope towards 0 gives 1/2, a large one the share of references that are beaten. With shift
 * and slope 3 it grows slowly and converges fast.
 *
 * <p>A constant for differentiation. Rejects absent references and NaN.
 *
 * @param curve what is done to a lead
 * @param slope what a lead is multiplied by, above 0
 * @param shift what is taken off a lead, finite
 * @param maxReferences how many references count, the first ones, at least 1
 */
public record ReferenceShape(Curve curve, double slope, double shift, int maxReferences) implements RewardTransform {

    /** How many references count unless told otherwise. */
    public static final int MAX_REFERENCES = 10;

    /** What is done to a lead. */
    public enum Curve {
        /** Nothing: unbounded. */
        IDENTITY,
        /** Between 0 and 1, 1/2 at no lead. */
        SIGMOID,
        /** Between -1 and 1; twice a sigmoid of twice the lead, minus 1. */
        TANH,
        /** Between -pi/2 and pi/2. */
        ARCTAN,
        /** {@link FittedSigmoid}: flat beyond 5. */
        FITTED_POLYNOMIAL;

        private double at(double x) {
            return switch (this) {
                case IDENTITY -> x;
                case SIGMOID -> FittedSigmoid.sigmoid(x);
                case TANH -> Math.tanh(x);
                case ARCTAN -> Math.atan(x);
                case FITTED_POLYNOMIAL -> FittedSigmoid.at(x);
            };
        }
    }

    public ReferenceShape {
        Check.positive("slope", slope);
        Check.finite("shift", shift);
        Check.atLeast("maxReferences", maxReferences, 1);
    }

    /** With slope 1, no shift and at most ten references. */
    public ReferenceShape(Curve curve) {
        this(curve, 1, 0, MAX_REFERENCES);
    }

    /** {@inheritDoc} Reads rewards and references. */
    @Override
    public NDArray transform(ScoredResponses responses) {
        double[] rewards = responses.requireRewards();
        double[][] references = responses.requireReferences("a lead over references", 1);
        for (int b = 0; b < rewards.length; b++) {
            int count = Math.min(references[b].length, maxReferences);
            double sum = 0;
            for (int m = 0; m < count; m++) {
                sum += curve.at(slope * (rewards[b] - references[b][m] - shift));
            }
            rewards[b] = sum / count;
        }
        return responses.rewardsOf(rewards);
    }
}
