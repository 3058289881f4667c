package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Samples of a policy and how likely each is to beat its opponent. Token log-probabilities are zero outside the
 * response.
 *
 * @param logps under the policy (B,T), differentiable
 * @param refLogps under the reference (B,T)
 * @param winProbability judged probability that the sample beats the opponent's (B), in [0, 1]
 */
public record JudgedSamples(NDArray logps, NDArray refLogps, NDArray winProbability)
        implements LossInput<JudgedSamples> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public JudgedSamples withDifferentiable(List<NDArray> arrays) {
        return new JudgedSamples(arrays.get(0), refLogps, winProbability);
    }

    /** Rejects shapes that differ, an empty batch, numbers that are not finite and probabilities outside [0, 1]. */
    void check() {
        Check.floating("logps", logps);
        Check.matrix("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.shape("winProbability", winProbability, logps.getShape().get(0));
        ValueCheck.of()
                .finite("logps", logps)
                .finite("refLogps", refLogps)
                .within("winProbability", winProbability, 0, 1)
                .run();
    }
}
