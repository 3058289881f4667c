package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * REINFORCE without a baseline: the advantage of a token is its discounted reward-to-go. Williams 1992.
 *
 * <p>With a critic's value subtracted it is {@link Gae} at lambda = 1, with the reward of a greedy answer {@link
 * Remax}.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{0, 0, 1}}), nd.create(new float[][] {{1, 1, 1}}));
 * new DiscountedReturns(0.5).estimate(rollouts).advantages()
 * // => ND: (1, 3) cpu() float32 [[0.25, 0.5, 1.]]
 * }</pre>
 *
 * @param gamma discount, in [0, 1]
 */
public record DiscountedReturns(double gamma) implements AdvantageEstimator {

    private static final Script ZERO_OUTSIDE = Script.of("""
            def zero(self, values: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), values, torch.zeros_like(values))
            """);

    public DiscountedReturns {
        Check.within("gamma", gamma, 0, 1);
    }

    /** Undiscounted. */
    public DiscountedReturns() {
        this(1);
    }

    /** {@inheritDoc} Reads rewards and mask; advantages are 0 outside the mask. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray mask = rollouts.mask();
            NDArray returns =
                    Returns.discounted(rollouts.rewards(), mask, gamma, Recurrence.onDevice(rollouts.rewards()));
            return new Advantages(scope.keep(ZERO_OUTSIDE.call(returns, mask)), scope.keep(returns));
        }
    }
}
