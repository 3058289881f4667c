package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * REINFORCE++: discounted returns, whitened over the whole batch. Hu 2025, section 3.
 *
 * <p>{@code R_t = r_t + gamma C_{t+1}}, where what is carried, {@code C_t}, is {@code R_t} on counted tokens and 0
 * elsewhere, so that nothing crosses padding. Advantages are the whitened returns on counted tokens and 0 elsewhere.
 *
 * <pre>{@code
 * var mask = nd.create(new float[][] {{1, 1}, {1, 0}});
 * new ReinforcePlusPlus(1).estimate(Rollouts.of(nd.create(new float[][] {{0, 1}, {0, 0}}), mask)).advantages()
 * // => ND: (2, 2) cpu() float32 [[0.5774, 0.5774], [-1.1547, 0.]]
 * }</pre>
 *
 * @param gamma discount, in [0, 1]
 */
public record ReinforcePlusPlus(double gamma) implements AdvantageEstimator {

    private static final Script ON_DEVICE = Script.of("""
            def returns(self, rewards: Tensor, mask: Tensor, gamma: float) -> Tensor:
              m = torch.type_as(torch.ne(mask, 0), rewards)
              kept = torch.where(torch.ne(mask, 0), rewards, torch.zeros_like(rewards))
              carried = self.backwards(torch.mul(torch.mul(self.following(m), m), gamma), kept)
              return torch.add(rewards, torch.mul(self.following(torch.mul(carried, m)), gamma))
            """ + Recurrence.METHODS);

    public ReinforcePlusPlus {
        Check.within("gamma", gamma, 0, 1);
    }

    /** Undiscounted. */
    public ReinforcePlusPlus() {
        this(1);
    }

    /** {@inheritDoc} Reads rewards and mask; rejects fewer than two counted tokens. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        return estimate(rollouts, Recurrence.onDevice(rollouts.rewards()));
    }

    Advantages estimate(Rollouts rollouts, boolean onDevice) {
        NDArray rewards = rollouts.rewards();
        NDArray mask = rollouts.mask();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray returns =
                    onDevice ? ON_DEVICE.call(rewards, mask, gamma) : RowScan.over(1, this::scan, rewards, mask)[0];
            NDArray advantages = Masked.zeroOutside(Masked.whiten(returns, mask, true), mask);
            return new Advantages(scope.keep(advantages), scope.keep(returns));
        }
    }

    private void scan(double[][] in, double[][] out, int start, int end) {
        double carried = 0;
        for (int t = end - 1; t >= start; t--) {
            out[0][t] = in[0][t] + gamma * carried;
            carried = in[1][t] == 0 ? 0 : out[0][t];
        }
    }
}
