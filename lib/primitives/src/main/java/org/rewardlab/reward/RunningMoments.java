package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Mean and spread of all numbers seen so far, batch after batch. Chan et al. 1979, the parallel update.
 *
 * <p>A value: {@link #next} gives the moments after another batch. From {@link #initial()}, which weighs nothing, the
 * result is that of one pass over all numbers, however they were split.
 *
 * <pre>{@code
 * var moments = RunningMoments.initial().next(1, 2).next(6);
 * moments.mean()
 * // => 3.0
 * moments.standardDeviation()
 * // => 2.6457513110645907
 * }</pre>
 *
 * @param mean of the numbers seen
 * @param variance of the numbers seen, with divisor n
 * @param count how many they are; the initial 1e-24 is none
 */
public record RunningMoments(double mean, double variance, double count) implements Serializable {

    public RunningMoments {
        Check.finite("mean", mean);
        Check.notNegative("variance", variance);
        Check.notNegative("count", count);
    }

    /** Nothing seen: mean 0, variance 1, no weight. */
    public static RunningMoments initial() {
        return new RunningMoments(0, 1, 1e-24);
    }

    /** As if a little of mean 0 and variance 1 had been seen, so that the first batches are not divided by nearly nothing. */
    public static RunningMoments initial(double weight) {
        return new RunningMoments(0, 1, Check.positive("weight", weight));
    }

    /** The moments after a batch of any length of at least 1. */
    public RunningMoments next(double... batch) {
        if (batch.length == 0) {
            throw Check.failure("batch", "at least one number", "none");
        }
        double sum = 0;
        for (double value : batch) {
            sum += Check.finite("batch", value);
        }
        double n = batch.length;
        double batchMean = sum / n;
        double squares = 0;
        for (double value : batch) {
            squares += (value - batchMean) * (value - batchMean);
        }
        double total = count + n;
        double apart = batchMean - mean;
        double all = variance * count + squares + apart * apart * count * n / total;
        return new RunningMoments(mean + apart * n / total, all / total, total);
    }

    /**
     * The moments after a batch whose own variance has divisor n-1 and weighs n, as normalisers of environment returns take it.
     * A batch weighs a little more than in {@link #next}; over many numbers both agree.
     *
     * @throws IllegalArgumentException for fewer than two numbers, or numbers that are not finite
     */
    public RunningMoments nextUnbiased(double... batch) {
        if (batch.length < 2) {
            throw Check.failure("batch", "at least two numbers", batch.length);
        }
        for (double value : batch) {
            Check.finite("batch", value);
        }
        double n = batch.length;
        double deviation = NanMoments.std(batch);
        double apart = NanMoments.mean(batch) - mean;
        double total = count + n;
        double all = variance * count + deviation * deviation * n + apart * apart * count * n / total;
        return new RunningMoments(mean + apart * n / total, all / total, total);
    }

    /** The moments after an array (N). */
    public RunningMoments next(NDArray batch) {
        Check.vector("batch", batch);
        ValueCheck.of().finite("batch", batch).run();
        return next(Tensors.toDoubles(batch));
    }

    /** The standard deviation with divisor n-1; NaN while fewer than two numbers were seen. */
    public double standardDeviation() {
        return count < 2 ? Double.NaN : Math.sqrt(variance * count / (count - 1));
    }
}
