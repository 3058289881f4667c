package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;

/**
 * REINFORCE without a baseline: the advantage of a token is its discounted reward-to-go. Williams 1992.
 *
 * <p>With a critic's value subtracted it is {@link Gae} at lambda = 1, with the reward of a greedy answer {@link Remax}.
 *
 * @param gamma discount, in [0, 1]
 */
public record DiscountedReturns(double gamma) implements AdvantageEstimator {

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
        try (Scope scope = Scope.open()) {
            NDArray returns = Returns.discounted(rollouts.rewards(), rollouts.mask(), gamma);
            return new Advantages(scope.keep(Masked.zeroOutside(returns, rollouts.mask())), scope.keep(returns));
        }
    }
}
