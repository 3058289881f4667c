package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.policy.Kl.Absolute;
import org.rewardlab.policy.Kl.Clamped;
import org.rewardlab.policy.Kl.K1;
import org.rewardlab.policy.Kl.K2;
import org.rewardlab.policy.Kl.K3;
import org.rewardlab.policy.Kl.StraightThrough;

/**
 * An estimate of {@code KL(policy || reference)} for each token, from the log-probabilities of tokens that the policy
 * sampled.
 *
 * <p>With {@code d = logps - refLogps}: {@link #k1()} is unbiased but may be negative, and as a loss its expected
 * gradient is 0, so it belongs in the reward; {@link #k2()} has the right gradient and a biased value; {@link #k3()} is
 * unbiased, never negative and of low variance. Schulman 2020, "Approximating KL divergence".
 */
@FunctionalInterface
public interface KlEstimator extends Serializable {

    /**
     * The estimate for each token, differentiable with respect to both arguments unless an estimator says otherwise.
     *
     * @param logps log-probabilities under the policy, of any one shape
     * @param refLogps the same tokens under the reference, of the same shape
     * @return nats, of the same shape
     */
    NDArray estimate(NDArray logps, NDArray refLogps);

    /** {@code d}. */
    static KlEstimator k1() {
        return new K1();
    }

    /** {@code d^2 / 2}. */
    static KlEstimator k2() {
        return new K2();
    }

    /** {@code exp(-d) - 1 + d}. */
    static KlEstimator k3() {
        return new K3(null);
    }

    /** {@code exp(e) - 1 - e} with {@code e = clip(-d, -clamp, clamp)}, so that exp cannot overflow; 20 is usual. */
    static KlEstimator k3(double logRatioClamp) {
        return new K3(logRatioClamp);
    }

    /** {@code |d|}. */
    static KlEstimator absolute() {
        return new Absolute();
    }

    /** This estimate clipped to [-bound, bound], without gradient where it is clipped; 10 is usual. */
    default KlEstimator clampedTo(double bound) {
        return new Clamped(this, bound);
    }

    /** The value of this estimate with the gradient of {@link #k2()}. */
    default KlEstimator straightThrough() {
        return new StraightThrough(this);
    }
}
