package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Samples of a policy with their rewards and the optimal values of their prompts.
 *
 * @param logps summed log-probabilities under the policy (B), differentiable
 * @param refLogps the same under the reference (B)
 * @param rewards of the samples (B)
 * @param optimalValues of their prompts (B), see {@link A2po#optimalValues}
 */
public record ValuedSamples(NDArray logps, NDArray refLogps, NDArray rewards, NDArray optimalValues)
        implements LossInput<ValuedSamples> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public ValuedSamples withDifferentiable(List<NDArray> arrays) {
        return new ValuedSamples(arrays.get(0), refLogps, rewards, optimalValues);
    }

    /** Rejects anything but vectors of one length of at least 1 of finite numbers. */
    void check() {
        Check.floating("logps", logps);
        Check.vector("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.sameShape("rewards", rewards, "logps", logps);
        Check.sameShape("optimalValues", optimalValues, "logps", logps);
        ValueCheck.of()
                .finite("logps", logps)
                .finite("refLogps", refLogps)
                .finite("rewards", rewards)
                .finite("optimalValues", optimalValues)
                .run();
    }
}
