package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
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
        return estimate(rollouts, Recurrence.onDevice(rollouts.rewards()));
    }

    Advantages estimate(Rollouts rollouts, boolean onDevice) {
        NDArray rewards = rollouts.rewards();
        NDArray mask = rollouts.mask();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            if (!onDevice && FloatScan.reads(rewards, mask)) {
                FloatWhitening whitening = new FloatWhitening(
                        rewards.getShape().get(0), rewards.getShape().get(1));
                NDArray returns = FloatScan.over(
                        1,
                        (in, out, lengths) -> {
                            boolean clean = scan(in[0], in[1], out[0], lengths);
                            whitening.add(out[0], in[1], lengths);
                            return clean;
                        },
                        rollouts::checkValues,
                        rewards,
                        mask)[0];
                return new Advantages(scope.keep(whitening.whiten(returns, mask)), scope.keep(returns));
            }
            rollouts.checkValues();
            NDArray returns =
                    onDevice ? ON_DEVICE.call(rewards, mask, gamma) : RowScan.over(1, this::scan, rewards, mask)[0];
            NDArray advantages = Masked.zeroOutside(Masked.whiten(returns, mask, true), mask);
            return new Advantages(scope.keep(advantages), scope.keep(returns));
        }
    }

    /** {@code false} if a row ended in NaN. */
    private boolean scan(float[][] rewards, float[][] mask, float[][] returns, int[] lengths) {
        if (FloatScan.areLengths(lengths)) { // what stands behind a row is its own return, and carried nowhere
            for (int b = 0; b < lengths.length; b++) {
                System.arraycopy(rewards[b], 0, returns[b], 0, lengths[b]);
                Arrays.fill(returns[b], lengths[b], returns[b].length, 0);
            }
            int longest = FloatScan.longest(lengths, lengths.length, returns[0].length);
            boolean clean = FloatScan.accumulate(returns, lengths.length, longest, gamma);
            for (int b = 0; b < lengths.length; b++) {
                System.arraycopy(rewards[b], lengths[b], returns[b], lengths[b], returns[b].length - lengths[b]);
            }
            return clean;
        }
        for (int b = 0; b < lengths.length; b++) {
            double carried = 0;
            for (int t = returns[b].length - 1; t >= 0; t--) {
                double sum = rewards[b][t] + gamma * carried;
                returns[b][t] = (float) sum;
                carried = mask[b][t] == 0 ? 0 : sum;
            }
        }
        return true;
    }

    private void scan(double[][] in, double[][] out, int start, int end) {
        double carried = 0;
        for (int t = end - 1; t >= start; t--) {
            out[0][t] = in[0][t] + gamma * carried;
            carried = in[1][t] == 0 ? 0 : out[0][t];
        }
    }
}
