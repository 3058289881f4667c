package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Sums of what is still to come.
 *
 * <pre>{@code
 * var rewards = nd.create(new float[][] {{0, 1, 4}});
 * var mask = nd.create(new float[][] {{1, 1, 0}});
 * Returns.discounted(rewards, mask, 0.5)
 * // => ND: (1, 3) cpu() float32 [[0.5, 1., 0.]]
 * Returns.toGo(rewards, mask)
 * // => ND: (1, 3) cpu() float32 [[1., 1., 0.]]
 * var values = nd.create(new float[][] {{0.5f, 0.5f, 0.5f}});
 * Returns.tdLambda(rewards, values, mask, 1, 0)         // reward and next value
 * // => ND: (1, 3) cpu() float32 [[0.5, 1., 0.]]
 * Returns.tdLambda(rewards, values, mask, 1, 0.5)
 * // => ND: (1, 3) cpu() float32 [[0.75, 1., 0.]]
 * }</pre>
 */
public final class Returns {

    private static final Script ON_DEVICE = Script.of("""
            def returns(self, rewards: Tensor, mask: Tensor, gamma: float) -> Tensor:
              r = torch.where(torch.ne(mask, 0), rewards, torch.zeros_like(rewards))
              return self.backwards(torch.mul(torch.ones_like(r), gamma), r)
            """ + Recurrence.METHODS);

    private Returns() {}

    /**
     * Discounted reward-to-go, {@code R_t = r_t + gamma R_{t+1}}, rewards outside the mask counting 0. Each column
     * discounts, whether it counts or not.
     *
     * @param rewards (B,T)
     * @param mask (B,T)
     * @param gamma in [0, 1]
     * @return (B,T), constant; a token outside the mask has what comes after it
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN on counted tokens
     */
    public static NDArray discounted(NDArray rewards, NDArray mask, double gamma) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.sameShape("mask", mask, "rewards", rewards);
        Check.within("gamma", gamma, 0, 1);
        if (Recurrence.onDevice(rewards) || !FloatScan.reads(rewards, mask)) {
            checkNumbers(rewards, mask);
        }
        return discounted(rewards, mask, gamma, Recurrence.onDevice(rewards));
    }

    /** Undiscounted reward-to-go. */
    public static NDArray toGo(NDArray rewards, NDArray mask) {
        return discounted(rewards, mask, 1);
    }

    /**
     * Returns that lean on a critic: the targets of TD(lambda). Sutton and Barto 2018, eq. 12.18; Han et al. 2024 (value
     * augmented sampling), eq. 5.
     *
     * <p>Backwards over t: {@code delta_t = r_t + gamma v_{t+1} - v_t}, {@code A_t = delta_t + gamma lambda A_{t+1}}, result
     * {@code A + v}, with rewards and values 0 outside the mask and after the end. lambda = 1 is {@link #discounted}, whatever
     * the values are; lambda = 0 the one-step target {@code r_t + gamma v_{t+1}}. They are the returns of {@link Gae} in mode
     * {@link Gae.MaskMode#ZERO}, 0 outside the mask.
     *
     * @param rewards (B,T); that of a whole response stands on its last token
     * @param values a critic's value of the prefix that each token completes, or before each token (B,T)
     * @param mask (B,T)
     * @param gamma in [0, 1]
     * @param lambda in [0, 1]
     * @return (B,T), constant, 0 outside the mask
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN on counted tokens
     */
    public static NDArray tdLambda(NDArray rewards, NDArray values, NDArray mask, double gamma, double lambda) {
        Rollouts rollouts = Rollouts.of(rewards, mask).withValues(values);
        try (Scope scope = Scope.open()) {
            Advantages advantages = new Gae(gamma, lambda, Gae.MaskMode.ZERO, false).estimate(rollouts);
            return scope.keep(Masked.zeroOutside(advantages.requireReturns(), mask));
        }
    }

    static NDArray discounted(NDArray rewards, NDArray mask, double gamma, boolean onDevice) {
        if (onDevice) {
            try (GradientMode mode = GradientMode.paused()) {
                return ON_DEVICE.call(rewards, mask, gamma);
            }
        }
        if (FloatScan.reads(rewards, mask)) {
            return FloatScan.over(
                    1,
                    (in, out, lengths) -> scan(in[0], in[1], out[0], lengths, gamma),
                    () -> checkNumbers(rewards, mask),
                    rewards,
                    mask)[0];
        }
        return RowScan.over(1, (in, out, start, end) -> scan(in, out, start, end, gamma), rewards, mask)[0];
    }

    private static void checkNumbers(NDArray rewards, NDArray mask) {
        ValueCheck.of().mask("mask", mask).noNaN("rewards", rewards, mask).run();
    }

    /** {@code false} if a row ended in NaN. */
    private static boolean scan(float[][] rewards, float[][] mask, float[][] returns, int[] lengths, double gamma) {
        if (FloatScan.areLengths(lengths)) {
            for (int b = 0; b < lengths.length; b++) {
                System.arraycopy(rewards[b], 0, returns[b], 0, lengths[b]);
                Arrays.fill(returns[b], lengths[b], returns[b].length, 0);
            }
            int longest = FloatScan.longest(lengths, lengths.length, returns[0].length);
            return FloatScan.accumulate(returns, lengths.length, longest, gamma);
        }
        boolean clean = true;
        for (int b = 0; b < lengths.length; b++) {
            double next = 0;
            for (int t = returns[b].length - 1; t >= 0; t--) {
                next = (mask[b][t] == 0 ? 0 : rewards[b][t]) + gamma * next;
                returns[b][t] = (float) next;
            }
            clean &= !Double.isNaN(next);
        }
        return clean;
    }

    private static void scan(double[][] in, double[][] out, int start, int end, double gamma) {
        double next = 0;
        for (int t = end - 1; t >= start; t--) {
            next = (in[1][t] == 0 ? 0 : in[0][t]) + gamma * next;
            out[0][t] = next;
        }
    }
}
