package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.ValueCheck;

/**
 * Next-token distributions of a student and its teacher over the same tokens.
 *
 * @param studentLogits (B,T,V), differentiable
 * @param teacherLogits (B,T,V), constant
 * @param mask 1 on tokens that count (B,T)
 */
public record DistillationBatch(NDArray studentLogits, NDArray teacherLogits, NDArray mask)
        implements LossInput<DistillationBatch> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("studentLogits", studentLogits));
    }

    @Override
    public DistillationBatch withDifferentiable(List<NDArray> arrays) {
        return new DistillationBatch(arrays.get(0), teacherLogits, mask);
    }

    /** Rejects other ranks, shapes that differ, an empty batch and masks that hold anything but 0 and 1. */
    void check() {
        Check.rank("studentLogits", studentLogits, 3);
        Check.floating("studentLogits", studentLogits);
        Check.sameShape("teacherLogits", teacherLogits, "studentLogits", studentLogits);
        Check.shape(
                "mask",
                mask,
                studentLogits.getShape().get(0),
                studentLogits.getShape().get(1));
        ValueCheck.of().mask("mask", mask).run();
    }

    /** Rejects NaN among the logits of counted tokens, whichever model's they are. */
    void checkNumbers() {
        int[] vocabulary = {-1};
        try (Scope scope = Scope.open()) {
            ValueCheck.of()
                    .noNaN("studentLogits", studentLogits.sum(vocabulary), mask)
                    .noNaN("teacherLogits", teacherLogits.sum(vocabulary), mask)
                    .run();
        }
    }
}
