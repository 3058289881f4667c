package org.rewardlab.lab.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/**
 * Rotary position embedding: position p turns the i-th pair of a head by {@code p * frequency(i)}. Su et al. 2021, with
 * the halves of a head as pairs.
 *
 * @param theta base of the geometric sequence of wave lengths
 * @param linearFactor positions are divided by it; 1 for none
 * @param llama3 frequency-dependent scaling of Llama 3.1; null for none
 * @param dynamic a base that grows with the length of the sequence; null for none
 */
public record Rope(
        double theta,
        double linearFactor,
        @Nullable Llama3 llama3,
        @Nullable Dynamic dynamic) implements Serializable {

    /** Without a base that grows. */
    public Rope(double theta, double linearFactor, @Nullable Llama3 llama3) {
        this(theta, linearFactor, llama3, null);
    }

    /**
     * Dynamic scaling (NTK-aware): nothing changes up to the length of training; beyond it theta is multiplied by {@code
     * (factor * length / originalMaxPositions - (factor - 1)) ^ (headSize / (headSize - 2))}.
     *
     * @param factor how many times longer sequences may become, at least 1
     * @param originalMaxPositions positions that the model was trained on
     */
    public record Dynamic(double factor, int originalMaxPositions) implements Serializable {
        public Dynamic {
            if (!(factor >= 1) || Double.isInfinite(factor)) {
                throw Check.failure("factor", "a finite number of at least 1", factor);
            }
            Check.atLeast("originalMaxPositions", originalMaxPositions, 1);
        }

        double theta(double theta, int headSize, int length) {
            if (length <= originalMaxPositions) {
                return theta;
            }
            double stretch = factor * length / originalMaxPositions - (factor - 1);
            return theta * Math.pow(stretch, headSize / (headSize - 2.0));
        }
    }

    /**
     * Scaling of low frequencies only, smooth in between.
     *
     * @param factor low frequencies are divided by it
     * @param lowFreqFactor wave lengths above originalMaxPositions / lowFreqFactor are scaled fully
     * @param highFreqFactor those below originalMaxPositions / highFreqFactor not at all
     * @param originalMaxPositions positions that the model was first trained on
     */
    public record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositions)
            implements Serializable {
        public Llama3 {
            Check.positive("factor", factor);
            Check.positive("lowFreqFactor", lowFreqFactor);
            if (!(highFreqFactor > lowFreqFactor)) {
                throw Check.failure("highFreqFactor", "more than lowFreqFactor " + lowFreqFactor, highFreqFactor);
            }
            Check.atLeast("originalMaxPositions", originalMaxPositions, 1);
        }

        double scale(double frequency) {
            double waveLength = 2 * Math.PI / frequency;
            double low = originalMaxPositions / lowFreqFactor;
            double high = originalMaxPositions / highFreqFactor;
            if (waveLength < high) {
                return frequency;
            }
            if (waveLength > low) {
                return frequency / factor;
            }
            double smooth = (originalMaxPositions / waveLength - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
            return (1 - smooth) * frequency / factor + smooth * frequency;
        }
    }

    public Rope {
        Check.positive("theta", theta);
        Check.positive("linearFactor", linearFactor);
    }

    /** No scaling. */
    public static Rope plain(double theta) {
        return new Rope(theta, 1, null);
    }

    /** Radians per position of each pair of a head, in sequences no longer than those of training. */
    public double[] frequencies(int headSize) {
        return frequencies(headSize, 1);
    }

    /** Radians per position of each pair of a head, in a sequence of that length. */
    public double[] frequencies(int headSize, int length) {
        double base = dynamic == null ? theta : dynamic.theta(theta, headSize, length);
        double[] frequencies = new double[headSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double frequency = Math.pow(base, -2.0 * i / headSize) / linearFactor;
            frequencies[i] = llama3 == null ? frequency : llama3.scale(frequency);
        }
        return frequencies;
    }
}
