package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Next-token distributions of a student and of the two models that its teacher is made of, over the same tokens; position t
 * is what token t of the response was drawn from.
 *
 * @param studentLogits (B,T,V), differentiable
 * @param dpoLogits of the model trained by DPO (B,T,V), constant
 * @param refLogits of its reference, or of a reverse DPO model (B,T,V), constant
 * @param mask 1 on response tokens (B,T)
 */
public record TwoModelBatch(NDArray studentLogits, NDArray dpoLogits, NDArray refLogits, NDArray mask)
        implements LossInput<TwoModelBatch> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("studentLogits", studentLogits));
    }

    @Override
    public TwoModelBatch withDifferentiable(List<NDArray> arrays) {
        return new TwoModelBatch(arrays.get(0), dpoLogits, refLogits, mask);
    }

    /**
     * Rejects other ranks, shapes that differ, an empty batch, masks that hold anything but 0 and 1, NaN on counted tokens, and
     * if asked a row without tokens.
     */
    void check(boolean everyRowCounts) {
        Check.rank("studentLogits", studentLogits, 3);
        Check.floating("studentLogits", studentLogits);
        Check.sameShape("dpoLogits", dpoLogits, "studentLogits", studentLogits);
        Check.sameShape("refLogits", refLogits, "studentLogits", studentLogits);
        long rows = studentLogits.getShape().get(0);
        long tokens = studentLogits.getShape().get(1);
        Check.shape("mask", mask, rows, tokens);
        try (Scope scope = Scope.open()) {
            NDArray counted = mask.expandDims(2).broadcast(studentLogits.getShape());
            ValueCheck.of()
                    .mask("mask", mask)
                    .noNaN("studentLogits", studentLogits, counted)
                    .noNaN("dpoLogits", dpoLogits, counted)
                    .noNaN("refLogits", refLogits, counted)
                    .run();
        }
        if (everyRowCounts) {
            double[][] counted = Tensors.toRows(mask);
            for (int b = 0; b < counted.length; b++) {
                if (Arrays.stream(counted[b]).sum() == 0) {
                    throw Check.failure("mask", "a counted token in each row", "none in row " + b);
                }
            }
        }
    }
}
