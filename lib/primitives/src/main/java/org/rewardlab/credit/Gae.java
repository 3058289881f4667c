package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Generalized advantage estimation. Schulman et al. 2016, eq. 16.
 *
 * <p>Backwards over t: {@code delta_t = r_t + gamma v_next - v_t}, {@code A_t = delta_t + gamma lambda A_next}; returns are
 * {@code A + v}. lambda = 1 is reward-to-go minus value, lambda = 0 the one-step error.
 *
 * @param gamma discount, in [0, 1]
 * @param lambda trace decay, in [0, 1]
 * @param maskMode what tokens outside the mask do to the recursion
 * @param whiten whether advantages are moved and scaled to mean 0 and variance 1 over the batch, after returns are taken
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

    /**
     * {@inheritDoc}
     *
     * <p>Reads rewards, mask and values; rejects NaN on counted tokens, and whitening of fewer than two counted tokens. In
     * skip mode, a token outside the mask carries the advantage of the next counted one.
     */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        NDArray values = Check.present("values", rollouts.values(), "GAE");
        Check.floating("values", values);
        ValueCheck.of().mask("mask", rollouts.mask()).run();
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
                    2,
                    (in, out, rows, tokens) -> {
                        if (!skip(in, out, rows, tokens)) {
                            checkNumbers(rollouts, values); // NaN is contagious: looked for only where it came out
                        }
                    },
                    values,
                    rollouts.rewards(),
                    rollouts.mask());
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
    private boolean skip(float[][] in, float[][] out, int rows, int tokens) {
        if (rows == FloatScan.ROWS) {
            return skipFour(in[0], in[1], in[2], out[0], out[1], tokens);
        }
        boolean clean = true;
        for (int b = 0; b < rows; b++) {
            double last = 0;
            double next = 0;
            for (int t = (b + 1) * tokens - 1; t >= b * tokens; t--) {
                if (in[2][t] != 0) {
                    last = in[1][t] + gamma * next - in[0][t] + gamma * lambda * last;
                    next = in[0][t];
                }
                out[0][t] = (float) last;
                out[1][t] = (float) (last + in[0][t]);
            }
            clean &= !Double.isNaN(last);
        }
        return clean;
    }

    private boolean skipFour(
            float[] values, float[] rewards, float[] mask, float[] advantages, float[] returns, int tokens) {
        double trace = gamma * lambda;
        double last0 = 0;
        double last1 = 0;
        double last2 = 0;
        double last3 = 0;
        double next0 = 0;
        double next1 = 0;
        double next2 = 0;
        double next3 = 0;
        for (int t = tokens - 1; t >= 0; t--) {
            int t1 = t + tokens;
            int t2 = t1 + tokens;
            int t3 = t2 + tokens;
            if (mask[t] != 0) {
                last0 = rewards[t] + gamma * next0 - values[t] + trace * last0;
                next0 = values[t];
            }
            if (mask[t1] != 0) {
                last1 = rewards[t1] + gamma * next1 - values[t1] + trace * last1;
                next1 = values[t1];
            }
            if (mask[t2] != 0) {
                last2 = rewards[t2] + gamma * next2 - values[t2] + trace * last2;
                next2 = values[t2];
            }
            if (mask[t3] != 0) {
                last3 = rewards[t3] + gamma * next3 - values[t3] + trace * last3;
                next3 = values[t3];
            }
            advantages[t] = (float) last0;
            advantages[t1] = (float) last1;
            advantages[t2] = (float) last2;
            advantages[t3] = (float) last3;
            returns[t] = (float) (last0 + values[t]);
            returns[t1] = (float) (last1 + values[t1]);
            returns[t2] = (float) (last2 + values[t2]);
            returns[t3] = (float) (last3 + values[t3]);
        }
        return !Double.isNaN(last0 + last1 + last2 + last3);
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
