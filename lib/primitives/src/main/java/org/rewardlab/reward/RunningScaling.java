package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Rewards scaled by statistics of all rewards seen so far, the batch at hand included. Baselines of Fu et al. 2025 (PAR).
 *
 * <p>Each batch first updates the statistics (Chan et al. 1979) and is then scaled. Where the spread is 0, standardised
 * rewards are divided by 1 and min-max ones are 0.
 *
 * <pre>{@code
 * var scaling = new RunningScaling(RunningScaling.Method.MEAN_STD);
 * var first = scaling.next(scaling.initial(), nd.create(new float[] {0, 2}));
 * first.rewards()
 * // => ND: (2) cpu() float32 [-1., 1.]
 * var second = scaling.next(first.state(), nd.create(new float[] {4, 6}));
 * second.rewards()                                   // measured by all four
 * // => ND: (2) cpu() float32 [0.4472, 1.3416]
 * second.state()
 * // => State[count=4, mean=3.0, squares=20.0, min=0.0, max=6.0]
 * }</pre>
 *
 * @param method what is done to a reward
 */
public record RunningScaling(Method method) implements Serializable {

    /** What is done to a reward. */
    public enum Method {
        /** {@code (r - mean) / std}. */
        MEAN_STD,
        /** Cut off at one standard deviation from the mean. */
        CLIP,
        /** {@code (r - min) / (max - min)}. */
        MIN_MAX
    }

    /**
     * What was seen.
     *
     * @param count of rewards
     * @param mean of them
     * @param squares their summed squared distances from the mean
     * @param min of them
     * @param max of them
     */
    public record State(long count, double mean, double squares, double min, double max) implements Serializable {

        /** The standard deviation, divisor n: 1 where all rewards are equal, 0 while there is at most one. */
        public double std() {
            if (count <= 1) {
                return 0;
            }
            return min == max
                    ? 1
                    : Math.sqrt(squares / count); // the squares of equal decimals are rounding errors, not 0
        }

        private State next(double[] batch) {
            double sum = 0;
            double low = min;
            double high = max;
            for (double reward : batch) {
                sum += reward;
                low = Math.min(low, reward);
                high = Math.max(high, reward);
            }
            double batchMean = sum / batch.length;
            double within = 0;
            for (double reward : batch) {
                within += (reward - batchMean) * (reward - batchMean);
            }
            long total = count + batch.length;
            double apart = batchMean - mean;
            return new State(
                    total,
                    mean + apart * batch.length / total,
                    squares + within + apart * apart * count * batch.length / total,
                    low,
                    high);
        }
    }

    /**
     * A scaled batch and what was seen with it.
     *
     * @param rewards (B), constant
     * @param state for the next batch
     */
    public record Step(NDArray rewards, State state) {}

    /** Nothing seen. */
    public State initial() {
        return new State(0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /**
     * Scales a batch.
     *
     * @param rewards (B), finite
     * @throws IllegalArgumentException for another rank, an empty batch, numbers that are not finite
     */
    public Step next(State state, NDArray rewards) {
        Check.vector("rewards", rewards);
        Check.floating("rewards", rewards);
        ValueCheck.of().finite("rewards", rewards).run();
        double[] numbers = Tensors.toDoubles(rewards);
        State seen = state.next(numbers);
        for (int b = 0; b < numbers.length; b++) {
            numbers[b] = scaled(numbers[b], seen);
        }
        return new Step(Tensors.create(rewards.getManager(), numbers, rewards.getDataType(), numbers.length), seen);
    }

    private double scaled(double reward, State seen) {
        double std = seen.std();
        double range = seen.max() - seen.min();
        return switch (method) {
            case MEAN_STD -> (reward - seen.mean()) / (std == 0 ? 1 : std);
            case CLIP -> Math.min(Math.max(reward, seen.mean() - std), seen.mean() + std);
            case MIN_MAX -> range == 0 ? 0 : (reward - seen.min()) / range;
        };
    }
}
