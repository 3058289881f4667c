package org.rewardlab.policy;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/** What {@link Grpo} makes of a ratio r and an advantage A. */
public sealed interface GrpoSurrogate extends Serializable {

    /** The number by which the script knows the formula. */
    long code();

    /** Its four numbers. */
    double[] numbers();

    /**
     * PPO's clip: {@code -min(min(r, delta) A, clip(r, 1-low, 1+high) A)}.
     *
     * <pre>{@code
     * var batch = new PolicyBatch(
     *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
     *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
     *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
     *         nd.create(new float[][] {{1, 1, 1}}));             // mask
     * new Grpo(new GrpoSurrogate.Clipped(0.2, 0.28, null), GrpoDenominator.tokens()).loss(batch).losses().toFloatArray()
     * // => float[3] { -1.0, -1.28, 0.8 }
     * }</pre>
     *
     * @param low how far a ratio may fall below 1, above 0
     * @param high how far it may rise above 1, above 0
     * @param delta bound on ratios of bad tokens, above 0; null for none
     */
    record Clipped(double low, double high, @Nullable Double delta) implements GrpoSurrogate {
        public Clipped {
            Check.positive("epsilonLow", low);
            Check.positive("epsilonHigh", high);
            if (delta != null) {
                Check.positive("delta", delta);
            }
        }

        @Override
        public long code() {
            return 0;
        }

        @Override
        public double[] numbers() {
            return new double[] {low, high, delta == null ? 0 : delta, 0};
        }
    }

    /**
     * REINFORCE with a capped weight (CISPO): {@code -sg[min(r, cap)] A logps}.
     *
     * <pre>{@code
     * var batch = new PolicyBatch(
     *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
     *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
     *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
     *         nd.create(new float[][] {{1, 1, 1}}));             // mask
     * new Grpo(new GrpoSurrogate.Capped(1.5), GrpoDenominator.tokens()).lossAndGradients(batch).of("logps")
     * // => ND: (1, 3) cpu() float32 [[-0.3333, -0.5, 0.2022]]
     * }</pre>
     *
     * @param cap on the ratio itself, above 0; 5 is usual
     */
    record Capped(double cap) implements GrpoSurrogate {
        public Capped {
            Check.positive("epsilonHigh", cap);
        }

        @Override
        public long code() {
            return 1;
        }

        @Override
        public double[] numbers() {
            return new double[] {cap, 0, 0, 0};
        }
    }

    /**
     * A sigmoid gate (SAPO): {@code -A (4/tau) sigmoid(tau (r - 1))}.
     *
     * <pre>{@code
     * var batch = new PolicyBatch(
     *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
     *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
     *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
     *         nd.create(new float[][] {{1, 1, 1}}));             // mask
     * new Grpo(new GrpoSurrogate.Soft(1, 1.05), GrpoDenominator.tokens()).loss(batch).losses()
     * // => ND: (1, 3) cpu() float32 [[-2., -2.6269, 1.5168]]
     * }</pre>
     *
     * @param tauPos steepness for good tokens, above 0
     * @param tauNeg steepness for the others, above 0
     */
    record Soft(double tauPos, double tauNeg) implements GrpoSurrogate {
        public Soft {
            Check.positive("tauPos", tauPos);
            Check.positive("tauNeg", tauNeg);
        }

        @Override
        public long code() {
            return 2;
        }

        @Override
        public double[] numbers() {
            return new double[] {tauPos, tauNeg, 0, 0};
        }
    }

    /**
     * REINFORCE whose weight is a smooth bump in the ratio of the whole sequence (VESPO): {@code -phi A logps} with
     * {@code phi = sg[exp(lambda + k log w - lambda w)]}, {@code log w} the sum of clamped token log-ratios, and of log
     * importance weights if there are any, clipped to [log 1e-8, 20]. On policy phi is 1.
     *
     * <pre>{@code
     * var batch = new PolicyBatch(
     *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
     *         nd.create(new float[][] {{-1, -1.5f, -1}}),        // when sampled: the sequence's ratio is 1.65
     *         nd.create(new float[][] {{1, 1, -1}}),             // advantages
     *         nd.create(new float[][] {{1, 1, 1}}));             // mask
     * new Grpo(new GrpoSurrogate.Damped(2, 3, 3, 2), GrpoDenominator.tokens()).lossAndGradients(batch).of("logps")
     * // => ND: (1, 3) cpu() float32 [[-0.1294, -0.1294, 0.4082]]
     * }</pre>
     *
     * @param kPos power of the ratio where A is at least 0, at least 0
     * @param lambdaPos its damping there, at least 0
     * @param kNeg power where A is negative, at least 0
     * @param lambdaNeg its damping there, at least 0
     */
    record Damped(double kPos, double lambdaPos, double kNeg, double lambdaNeg) implements GrpoSurrogate {
        public Damped {
            Check.notNegative("kPos", kPos);
            Check.notNegative("lambdaPos", lambdaPos);
            Check.notNegative("kNeg", kNeg);
            Check.notNegative("lambdaNeg", lambdaNeg);
        }

        @Override
        public long code() {
            return 3;
        }

        @Override
        public double[] numbers() {
            return new double[] {kPos, lambdaPos, kNeg, lambdaNeg};
        }
    }
}
