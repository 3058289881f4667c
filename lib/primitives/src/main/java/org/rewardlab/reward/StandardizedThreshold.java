package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Standardised scores, of which only those above a threshold pay. Zheng et al. 2024 (ONI), for scores of a ranking model.
 *
 * <p>{@code z = (value - mean) / sqrt(variance)}, and 0 where z does not exceed the threshold. -0.5 keeps a little of the
 * negative side, 0 or more gives a sparse positive reward, minus infinity is plain standardisation.
 *
 * @param threshold any number but NaN, infinities included
 */
public record StandardizedThreshold(double threshold) implements Serializable {

    public StandardizedThreshold {
        if (Double.isNaN(threshold)) {
            throw Check.failure("threshold", "a number", threshold);
        }
    }

    /** At -0.5. */
    public StandardizedThreshold() {
        this(-0.5);
    }

    /**
     * The rewards, constant.
     *
     * @param values of any shape, finite
     * @param moments mean and variance of the values seen so far; a variance of 0 is rejected
     */
    public NDArray rewards(NDArray values, RunningMoments moments) {
        Check.floating("values", values);
        Check.notEmpty("values", values);
        ValueCheck.of().finite("values", values).run();
        double deviation = Math.sqrt(Check.positive("variance", moments.variance()));
        double[] numbers = Tensors.toDoubles(values);
        for (int i = 0; i < numbers.length; i++) {
            double z = (numbers[i] - moments.mean()) / deviation;
            numbers[i] = z > threshold ? z : 0;
        }
        return Tensors.create(
                values.getManager(),
                numbers,
                values.getDataType(),
                values.getShape().getShape());
    }
}
