package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/** Sums of what is still to come. */
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
        ValueCheck.of().mask("mask", mask).noNaN("rewards", rewards, mask).run();
        return discounted(rewards, mask, gamma, Recurrence.onDevice(rewards));
    }

    /** Undiscounted reward-to-go. */
    public static NDArray toGo(NDArray rewards, NDArray mask) {
        return discounted(rewards, mask, 1);
    }

    static NDArray discounted(NDArray rewards, NDArray mask, double gamma, boolean onDevice) {
        if (onDevice) {
            try (GradientMode mode = GradientMode.paused()) {
                return ON_DEVICE.call(rewards, mask, gamma);
            }
        }
        return RowScan.over(1, (in, out, start, end) -> scan(in, out, start, end, gamma), rewards, mask)[0];
    }

    private static void scan(double[][] in, double[][] out, int start, int end, double gamma) {
        double next = 0;
        for (int t = end - 1; t >= start; t--) {
            next = (in[1][t] == 0 ? 0 : in[0][t]) + gamma * next;
            out[0][t] = next;
        }
    }
}
