package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs of responses and how sure one is that the preferred one is the better.
 *
 * @param pairs log-probabilities, summed over tokens, under policy and reference
 * @param confidence that the label is right (B), in [0, 1], constant; below 1/2 the other response counts as the better
 */
public record SoftLabelledPairs(PairLogps pairs, NDArray confidence) implements LossInput<SoftLabelledPairs> {

    @Override
    public List<Named> differentiable() {
        return pairs.differentiable();
    }

    @Override
    public SoftLabelledPairs withDifferentiable(List<NDArray> arrays) {
        return new SoftLabelledPairs(pairs.withDifferentiable(arrays), confidence);
    }

    /** The log-probabilities of chosen and rejected under the policy, then under the reference, and the confidence: checked. */
    NDArray[] checked() {
        NDArray[] logps = pairs.withReference();
        Check.sameShape("confidence", confidence, "chosenLogps", logps[0]);
        ValueCheck.of().within("confidence", confidence, 0, 1).run();
        return new NDArray[] {logps[0], logps[1], logps[2], logps[3], confidence};
    }
}
