package org.rewardlab.credit;

import java.io.Serializable;

/**
 * From token rewards to advantages. Pure numbers: nothing here is differentiated.
 *
 * <p>Estimators with a critic read {@code values}; group estimators read {@code groups} and give every counted token of a
 * row the same number, 0 elsewhere.
 */
@FunctionalInterface
public interface AdvantageEstimator extends Serializable {

    /**
     * The advantages of a batch, computed as a whole: groups and whitening look at all rows.
     *
     * @throws IllegalArgumentException if an array that the estimator reads is absent
     */
    Advantages estimate(Rollouts rollouts);

    /** Generalized advantage estimation. */
    static AdvantageEstimator gae(double gamma, double lambda) {
        return new Gae(gamma, lambda);
    }

    /** GRPO: reward minus group mean, divided by the group's standard deviation. */
    static AdvantageEstimator groupRelative() {
        return new GroupRelative();
    }

    /** Dr. GRPO: reward minus group mean. */
    static AdvantageEstimator groupCentred() {
        return new GroupRelative(false, GroupRelative.EPSILON);
    }
}
