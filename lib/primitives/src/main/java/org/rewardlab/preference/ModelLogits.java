package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * What several judges say of the same pairs of responses.
 *
 * @param logits of "the first response is better" by each of M judges (M,B), M at least 2, differentiable
 */
public record ModelLogits(NDArray logits) implements LossInput<ModelLogits> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logits", logits));
    }

    @Override
    public ModelLogits withDifferentiable(List<NDArray> arrays) {
        return new ModelLogits(arrays.get(0));
    }

    /** Rejects fewer than two judges, no pair, and numbers that are not finite. */
    void check() {
        Check.matrix("logits", logits);
        Check.floating("logits", logits);
        if (logits.getShape().get(0) < 2 || logits.getShape().get(1) < 1) {
            throw Check.failure("logits", "at least two models and one pair (M,B)", "shape " + logits.getShape());
        }
        ValueCheck.of().finite("logits", logits).run();
    }
}
