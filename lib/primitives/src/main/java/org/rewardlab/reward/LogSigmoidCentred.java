package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.rewardlab.tensor.Check;

/**
 * Rewards as the log-sigmoid of their lead over a quantile of reference rewards. Wang et al. 2024 (transforming and
 * combining rewards), as a baseline of Fu et al. 2025 (PAR).
 *
 * <p>{@code log sigmoid(reward - q)}, q the quantile of a normal distribution with the mean and (divisor M-1, plus 1e-5) the
 * deviation of all M references. Bounded above by 0: beyond the quantile little is to be had. A constant for
 * differentiation. Rejects absent references, fewer than two, and NaN.
 *
 * @param quantile in (0, 1)
 */
public record LogSigmoidCentred(double quantile) implements RewardTransform {

    private static final double EPSILON = 1e-5;

    public LogSigmoidCentred {
        Check.strictlyWithin("quantile", quantile, 0, 1);
    }

    /** At the quantile 0.85. */
    public LogSigmoidCentred() {
        this(0.85);
    }

    /** {@inheritDoc} Reads rewards and references. */
    @Override
    public NDArray transform(ScoredResponses responses) {
        double[] rewards = responses.requireRewards();
        double[][] references = responses.requireReferences("a quantile of references", 2);
        double deviations = NormalDistribution.of(0, 1).inverseCumulativeProbability(quantile);
        for (int b = 0; b < rewards.length; b++) {
            double lead = rewards[b] - threshold(references[b], deviations);
            rewards[b] = Math.min(lead, 0) - Math.log1p(Math.exp(-Math.abs(lead)));
        }
        return responses.rewardsOf(rewards);
    }

    private static double threshold(double[] references, double deviations) {
        double sum = 0;
        for (double reference : references) {
            sum += reference;
        }
        double mean = sum / references.length;
        double squares = 0;
        for (double reference : references) {
            squares += (reference - mean) * (reference - mean);
        }
        return mean + (Math.sqrt(squares / (references.length - 1)) + EPSILON) * deviations;
    }
}
