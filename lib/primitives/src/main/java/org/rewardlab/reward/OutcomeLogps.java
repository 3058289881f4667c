package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Responses under a language model that is to become a reward model, and how they ended.
 *
 * @param logps log-probability of each token under the model in training (B,T), differentiable
 * @param refLogps under the reference (B,T), constant
 * @param mask 1 on response tokens (B,T)
 * @param outcomes how each response ended (B), in [0, 1]
 */
public record OutcomeLogps(NDArray logps, NDArray refLogps, NDArray mask, NDArray outcomes)
        implements LossInput<OutcomeLogps> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public OutcomeLogps withDifferentiable(List<NDArray> arrays) {
        return new OutcomeLogps(arrays.get(0), refLogps, mask, outcomes);
    }

    /** Rejects shapes that differ, an empty batch, numbers that are not finite on counted tokens, and
     * outcomes outside [0, 1]. */
    void check() {
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        Check.shape("outcomes", outcomes, logps.getShape().get(0));
        ValueCheck.of()
                .mask("mask", mask)
                .finite("logps", logps, mask)
                .finite("refLogps", refLogps, mask)
                .within("outcomes", outcomes, 0, 1)
                .run();
    }
}
