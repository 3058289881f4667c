package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Scores of two things that an annotator compared, ties allowed.
 *
 * @param first scores (N), differentiable
 * @param second scores (N), differentiable
 * @param label 0 where the first is preferred, 1 where the second, 2 for a tie (N)
 */
public record ComparedRewards(NDArray first, NDArray second, NDArray label) implements LossInput<ComparedRewards> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("first", first), new Named("second", second));
    }

    @Override
    public ComparedRewards withDifferentiable(List<NDArray> arrays) {
        return new ComparedRewards(arrays.get(0), arrays.get(1), label);
    }

    /** Rejects anything but vectors of one length of at least 1, of finite numbers, and other labels. */
    void check() {
        Check.floating("first", first);
        Check.vector("first", first);
        Check.sameShape("second", second, "first", first);
        Check.sameShape("label", label, "first", first);
        ValueCheck.of().finite("first", first).finite("second", second).run();
        for (double number : Tensors.toDoubles(label)) {
            if (number != 0 && number != 1 && number != 2) {
                throw Check.failure("label", "0 (first), 1 (second) or 2 (tie)", number);
            }
        }
    }
}
