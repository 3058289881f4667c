package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.ValueCheck;

/**
 * Steps of N environments that run side by side, time first, as classic control collects them.
 *
 * @param rewards for the action taken at t (T,N)
 * @param values a critic's value of the state at t (T,N)
 * @param dones 1 where the state at t starts a new episode (T,N)
 * @param nextValue value of the state after the last step (N)
 * @param nextDone 1 where that state starts a new episode (N)
 */
public record Episodes(NDArray rewards, NDArray values, NDArray dones, NDArray nextValue, NDArray nextDone) {

    public Episodes {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.sameShape("values", values, "rewards", rewards);
        Check.sameShape("dones", dones, "rewards", rewards);
        Check.shape("nextValue", nextValue, rewards.getShape().get(1));
        Check.shape("nextDone", nextDone, rewards.getShape().get(1));
        ValueCheck.of()
                .mask("dones", dones)
                .mask("nextDone", nextDone)
                .noNaN("rewards", rewards)
                .noNaN("values", values)
                .noNaN("nextValue", nextValue)
                .run();
    }
}
