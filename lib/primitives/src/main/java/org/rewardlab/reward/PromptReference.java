package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * How good a response to a prompt has to be before it counts as good: the reward that others are measured by. Wang et al. 2024
 * ("Transforming and combining rewards"), section 3.
 *
 * <p>A higher reference asks for more before a {@link LogSigmoidUtility} saturates.
 */
@FunctionalInterface
public interface PromptReference extends Serializable {

    /**
     * The reference of each prompt.
     *
     * @param samples rewards of S responses of the base policy to each of P prompts (P,S), finite
     * @return (P), constant
     * @throws IllegalArgumentException for another rank, no prompt, no sample, numbers that are not finite
     */
    NDArray of(NDArray samples);

    /** A quantile of the samples; 0.85 is the paper's. */
    static PromptReference empirical(double quantile) {
        return new Empirical(quantile);
    }

    /** The quantile of a normal distribution with mean and spread of the samples. */
    static PromptReference normal(double quantile) {
        return new Normal(quantile);
    }

    /** One number for all prompts, such as the reward of a refusal. */
    static Constant constant(double value) {
        return new Constant(value);
    }

    /**
     * A quantile of the samples, between neighbours by linear interpolation at index {@code q (S-1)}.
     *
     * <pre>{@code
     * var samples = nd.create(new float[][] {{4, 3, 2, 1, 0}});
     * new PromptReference.Empirical(0.85).of(samples)    // at index 3.4
     * // => ND: (1) cpu() float32 [3.4]
     * }</pre>
     *
     * @param quantile q in (0, 1)
     */
    record Empirical(double quantile) implements PromptReference {
        public Empirical {
            Check.strictlyWithin("quantile", quantile, 0, 1);
        }

        @Override
        public NDArray of(NDArray samples) {
            return each(samples, 1, sorted -> {
                Arrays.sort(sorted);
                double at = quantile * (sorted.length - 1);
                int below = (int) at;
                int above = Math.min(below + 1, sorted.length - 1);
                return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
            });
        }
    }

    /**
     * {@code mean + z_q (std + 1e-5)}, with divisor S-1 and z_q the quantile of the standard normal distribution.
     *
     * <pre>{@code
     * var samples = nd.create(new float[][] {{4, 3, 2, 1, 0}});
     * new PromptReference.Normal(0.85).of(samples)       // 2 + 1.0364 * 1.5811
     * // => ND: (1) cpu() float32 [3.6388]
     * new PromptReference.Normal(0.5).of(samples)        // the mean
     * // => ND: (1) cpu() float32 [2.]
     * }</pre>
     *
     * @param quantile q in (0, 1)
     */
    record Normal(double quantile) implements PromptReference {
        public Normal {
            Check.strictlyWithin("quantile", quantile, 0, 1);
        }

        /** {@inheritDoc} Rejects a single sample, too. */
        @Override
        public NDArray of(NDArray samples) {
            double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(quantile);
            return each(samples, 2, row -> {
                double mean = Arrays.stream(row).average().orElseThrow();
                double squares = 0;
                for (double value : row) {
                    squares += (value - mean) * (value - mean);
                }
                return mean + z * (Math.sqrt(squares / (row.length - 1)) + 1e-5);
            });
        }
    }

    /**
     * One number for all prompts.
     *
     * <pre>{@code
     * new PromptReference.Constant(-1).of(nd.create(new float[][] {{4, 3}, {0, 2}}))
     * // => ND: (2) cpu() float32 [-1., -1.]
     * }</pre>
     *
     * @param value finite
     */
    record Constant(double value) implements PromptReference {
        public Constant {
            Check.finite("value", value);
        }

        @Override
        public NDArray of(NDArray samples) {
            return each(samples, 1, row -> value);
        }
    }

    private static NDArray each(NDArray samples, int least, ToDoubleFunction<double[]> statistic) {
        Check.matrix("samples", samples);
        Check.floating("samples", samples);
        if (samples.getShape().get(1) < least) {
            throw Check.failure("samples", "at least " + least + " for each prompt", samples.getShape());
        }
        ValueCheck.of().finite("samples", samples).run();
        double[] references =
                Arrays.stream(Tensors.toRows(samples)).mapToDouble(statistic).toArray();
        return Tensors.create(samples.getManager(), references, samples.getDataType(), references.length);
    }
}
