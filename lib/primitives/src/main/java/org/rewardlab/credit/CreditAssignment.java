package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;

/** From trajectories to the reward of each token: who earned what. */
@FunctionalInterface
public interface CreditAssignment extends Serializable {

    /**
     * The reward of each token (B,T), a constant for differentiation.
     *
     * @throws IllegalArgumentException if an array that the assignment reads is absent
     */
    NDArray assign(Rollouts rollouts);

    /** The rewards as they came: an outcome stays on the token where it was given. */
    static CreditAssignment asGiven() {
        return Rollouts::rewards;
    }
}
