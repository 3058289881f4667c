package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
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
        rollouts.checkValues();
        ValueCheck.of().noNaN("values", values, rollouts.mask()).run();
        double[][] rewards = Tensors.toRows(rollouts.rewards());
        double[][] value = Tensors.toRows(values);
        double[][] mask = Tensors.toRows(rollouts.mask());
        double[][] returns = new double[rewards.length][];
        for (int b = 0; b < rewards.length; b++) {
            if (maskMode == MaskMode.ZERO) {
                keepCounted(rewards[b], mask[b]);
                keepCounted(value[b], mask[b]);
            }
            returns[b] = scan(rewards[b], value[b], mask[b]);
        }
        var type = values.getDataType();
        var manager = values.getManager();
        try (Scope scope = Scope.open()) {
            NDArray advantages = Tensors.fromRows(manager, rewards, type);
            NDArray targets = scope.keep(Tensors.fromRows(manager, returns, type));
            return new Advantages(
                    scope.keep(whiten ? Masked.whiten(advantages, rollouts.mask(), true) : advantages), targets);
        }
    }

    private static void keepCounted(double[] row, double[] mask) {
        for (int t = 0; t < row.length; t++) {
            row[t] = mask[t] == 0 ? 0 : row[t];
        }
    }

    /** Replaces rewards by advantages and returns the returns. */
    private double[] scan(double[] rewards, double[] values, double[] mask) {
        double[] returns = new double[rewards.length];
        double next = 0;
        double last = 0;
        for (int t = rewards.length - 1; t >= 0; t--) {
            if (mask[t] != 0 || maskMode == MaskMode.ZERO) {
                last = rewards[t] + gamma * next - values[t] + gamma * lambda * last;
                next = values[t];
            }
            rewards[t] = last;
            returns[t] = last + values[t];
        }
        return returns;
    }
}
