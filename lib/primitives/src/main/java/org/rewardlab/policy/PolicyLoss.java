package org.rewardlab.policy;

import org.rewardlab.tensor.Loss;

/**
 * A surrogate whose gradient moves a policy towards what earned high advantages.
 *
 * <p>{@code losses} are the token losses (B,T) before aggregation. On policy the value says nothing (with mean-zero
 * advantages it is 0) while the gradient does: look at {@code reward} and the gradient norm beside it.
 */
@FunctionalInterface
public interface PolicyLoss extends Loss<PolicyBatch> {

    /** The clipped surrogate of PPO, with its dual clip at 3 and a mean over tokens. */
    static PolicyLoss ppoClip(double clip) {
        return new PpoClip(clip, clip);
    }

    /** PPO with a range that is wider upwards, as in DAPO (0.2, 0.28). */
    static PolicyLoss ppoClip(double clipLow, double clipHigh) {
        return new PpoClip(clipLow, clipHigh);
    }
}
