package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Process rewards on one scale: divided by the largest reward-to-go of the batch. Cui et al. 2025 (PRIME), released code.
 *
 * <p>{@code r / (max |sum of r from here on| + epsilon)}, one number for the whole batch, so that signs and ratios stay. All zeros stay
 * zeros; multiplying the rewards by a positive number changes nothing but for epsilon.
 *
 * @param epsilon what is added to the divisor, above 0
 */
public record ReturnNorm(double epsilon) implements CreditAssignment {

    public ReturnNorm {
        Check.positive("epsilon", epsilon);
    }

    /** With epsilon 1e-6. */
    public ReturnNorm() {
        this(1e-6);
    }

    /** {@inheritDoc} Reads rewards and mask. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        try (Scope scope = Scope.open()) {
            return scope.keep(normalize(Masked.zeroOutside(rollouts.rewards(), rollouts.mask())));
        }
    }

    /** The rewards (B,T), finite and 0 where nothing counts, on that scale; constant. */
    public NDArray normalize(NDArray rewards) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        ValueCheck.of().finite("rewards", rewards).run();
        double[][] rows = Tensors.toRows(rewards);
        double largest = 0;
        for (double[] row : rows) {
            double toGo = 0;
            for (int t = row.length - 1; t >= 0; t--) {
                toGo += row[t];
                largest = Math.max(largest, Math.abs(toGo));
            }
        }
        for (double[] row : rows) {
            for (int t = 0; t < row.length; t++) {
                row[t] /= largest + epsilon;
            }
        }
        return Tensors.fromRows(rewards.getManager(), rows, rewards.getDataType());
    }
}
