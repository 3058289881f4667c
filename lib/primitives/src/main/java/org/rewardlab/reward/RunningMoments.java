package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
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
