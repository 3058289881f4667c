package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Generalized advantage estimation. Schulman et al. 2016, eq. 16.
 *
 * <p>Backwards over t: {@code delta_t = r_t + gamma v_next - v_t}, {@code A_t = delta_t + gamma lambda A_next}; returns
 * are {@code A + v}. lambda = 1 is reward-to-go minus value, lambda = 0 the one-step error.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{0, 0, 1}}), nd.create(new float[][] {{1, 1, 1}}))
 *         .withValues(nd.create(new float[][] {{0.5f, 0.5f, 0.5f}}));
 * new Gae(1, 0.5).estimate(rollouts).advantages()
 * // => ND: (1, 3) cpu() float32 [[0.125, 0.25, 0.5]]
 * new Gae(1, 1).estimate(rollouts).advantages()         // reward-to-go less value
 * // => ND: (1, 3) cpu() float32 [[0.5, 0.5, 0.5]]
 * new Gae(1, 0.5).estimate(rollouts).returns()
 * // => ND: (1, 3) cpu() float32 [[0.625, 0.75, 1.]]
 * }</pre>
 *
 * @param gamma discount, in [0, 1]
 * @param lambda trace decay, in [0, 1]
 * @param maskMode what tokens outside the mask do to the recursion
 * @param whiten whether advantages are moved and scaled to mean 0 and variance 1 over the batch, after returns are
 *     taken
 */
public record Gae(double gamma, double lambda, MaskMode maskMode, boolean whiten) implements AdvantageEstimator {

    /** Tokens outside the mask. */
    public enum MaskMode {
        /** The recursion passes over them unchanged: an observation costs no discount. */
        SKIP,
        /** Their reward and value are 0, and each discounts once more. */
        ZERO
    }

    private static final Script ON_DEVICE = Script.of("""
            def gae(self, rewards: Tensor, values: Tensor, mask: Tensor, gamma: float, trace: float, skip: bool) -> List[Tensor]:
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(values)
              one = torch.ones_like(values)
              m = torch.type_as(counted, values)
              v = torch.where(counted, values, zero)
              r = torch.where(counted, torch.type_as(rewards, values), zero)
              if skip:
                upcoming = self.following(self.backwards(torch.sub(one, m), v))
                delta = torch.mul(torch.sub(torch.add(r, torch.mul(upcoming, gamma)), v), m)
                advantages = self.backwards(torch.where(counted, torch.mul(one, gamma * trace), one), delta)
                returns = torch.add(advantages, values)
              else:
                delta = torch.sub(torch.add(r, torch.mul(self.following(v), gamma)), v)
                advantages = self.backwards(torch.mul(one, gamma * trace), delta)
                returns = torch.add(advantages, v)
              return [advantages, returns]
            """ + Recurrence.METHODS);

    public Gae {
        Check.within("gamma", gamma, 0, 1);
        Check.within("lambda", lambda, 0, 1);
    }

    /** Skipping tokens outside the mask, without whitening. */
    public Gae(double gamma, double lambda) {
        this(gamma, lambda, MaskMode.SKIP, false);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.VALUES);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads rewards, mask and values; rejects NaN on counted tokens, and whitening of fewer than two counted tokens.
     * In skip mode, a token outside the mask carries the advantage of the next counted one.
     */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        NDArray values = Check.present("values", rollouts.values(), "GAE");
        Check.floating("values", values);
        if (Recurrence.onDevice(values) || !inFloats(rollouts, values)) {
            checkNumbers(rollouts, values);
        }
        return estimate(rollouts, values, Recurrence.onDevice(values));
    }

    Advantages estimate(Rollouts rollouts, NDArray values, boolean onDevice) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray[] both = onDevice
                    ? ON_DEVICE.callMany(
                            rollouts.rewards(), values, rollouts.mask(), gamma, lambda, maskMode == MaskMode.SKIP)
                    : onHost(rollouts, values);
            NDArray advantages = whiten ? Masked.whiten(both[0], rollouts.mask(), true) : both[0];
            return new Advantages(scope.keep(advantages), scope.keep(both[1]));
        }
    }

    private static void checkNumbers(Rollouts rollouts, NDArray values) {
        ValueCheck.of()
                .mask("mask", rollouts.mask())
                .noNaN("rewards", rollouts.rewards(), rollouts.mask())
                .noNaN("values", values, rollouts.mask())
                .run();
    }

    private boolean inFloats(Rollouts rollouts, NDArray values) {
        return maskMode == MaskMode.SKIP && FloatScan.reads(values, rollouts.rewards(), rollouts.mask());
    }

    private NDArray[] onHost(Rollouts rollouts, NDArray values) {
        if (inFloats(rollouts, values)) {
            return FloatScan.over(
                    2, this::skip, () -> checkNumbers(rollouts, values), values, rollouts.rewards(), rollouts.mask());
        }
        return RowScan.over(
                2, maskMode == MaskMode.SKIP ? this::skip : this::zero, values, rollouts.rewards(), rollouts.mask());
    }

    private void skip(double[][] in, double[][] out, int start, int end) {
        double[] values = in[0];
        double[] rewards = in[1];
        double[] mask = in[2];
        double[] advantages = out[0];
        double[] returns = out[1];
        double trace = gamma * lambda;
        double next = 0;
        double last = 0;
        for (int t = end - 1; t >= start; t--) {
            if (mask[t] != 0) {
                last = rewards[t] + gamma * next - values[t] + trace * last;
                next = values[t];
            }
            advantages[t] = last;
            returns[t] = last + values[t];
        }
    }

    /** {@code false} if a row ended in NaN. */
    private boolean skip(float[][][] in, float[][][] out, int[] lengths) {
        if (FloatScan.areLengths(lengths)) {
            for (int b = 0; b < lengths.length; b++) {
                errors(in[0][b], in[1][b], out[0][b], lengths[b], (float) gamma);
                Arrays.fill(out[0][b], lengths[b], out[0][b].length, 0);
            }
            int longest = FloatScan.longest(lengths, lengths.length, out[0][0].length);
            boolean clean = FloatScan.accumulate(out[0], lengths.length, longest, gamma * lambda);
            for (int b = 0; b < lengths.length; b++) {
                add(out[0][b], in[0][b], out[1][b]);
            }
            return clean;
        }
        boolean clean = true;
        for (int b = 0; b < lengths.length; b++) {
            clean &= skip(in[0][b], in[1][b], in[2][b], out[0][b], out[1][b]);
        }
        return clean;
    }

    private boolean skip(float[] values, float[] rewards, float[] mask, float[] advantages, float[] returns) {
        double last = 0;
        double next = 0;
        for (int t = values.length - 1; t >= 0; t--) {
            if (mask[t] != 0) {
                last = rewards[t] + gamma * next - values[t] + gamma * lambda * last;
                next = values[t];
            }
            advantages[t] = (float) last;
            returns[t] = (float) (last + values[t]);
        }
        return !Double.isNaN(last);
    }

    /** One-step errors of a row of counted tokens. */
    private static void errors(float[] values, float[] rewards, float[] errors, int length, float gamma) {
        for (int t = 0; t < length - 1; t++) {
            errors[t] = rewards[t] + gamma * values[t + 1] - values[t];
        }
        if (length > 0) {
            errors[length - 1] = rewards[length - 1] - values[length - 1];
        }
    }

    private static void add(float[] a, float[] b, float[] sums) {
        for (int t = 0; t < sums.length; t++) {
            sums[t] = a[t] + b[t];
        }
    }

    private void zero(double[][] in, double[][] out, int start, int end) {
        double[] mask = in[2];
        double trace = gamma * lambda;
        double next = 0;
        double last = 0;
        for (int t = end - 1; t >= start; t--) {
            double value = mask[t] == 0 ? 0 : in[0][t];
            double reward = mask[t] == 0 ? 0 : in[1][t];
            last = reward + gamma * next - value + trace * last;
            next = value;
            out[0][t] = last;
            out[1][t] = last + value;
        }
    }
}
