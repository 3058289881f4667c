package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a process reward model says at each token, and the labels of the tokens that end a step.
 *
 * @param logits of C classes at each token (B,T,C), differentiable
 * @param labels 0 to C-1 where a step ends, {@link #UNLABELLED} everywhere else (B,T)
 */
public record StepLogits(NDArray logits, NDArray labels) implements LossInput<StepLogits> {

    /** The label of a token that ends no step. */
    public static final int UNLABELLED = -100;

    private static final Script RELABELLED = Script.of("""
            def relabelled(self, labels: Tensor, ignored: int) -> Tensor:
              return torch.where(labels == ignored, torch.full_like(labels, -100), labels)
            """);

    private static final Script LABELLED_ONLY = Script.of("""
            def labelled(self, logits: Tensor, labels: Tensor) -> List[Tensor]:
              step = labels != -100
              index = torch.where(step, labels, torch.zeros_like(labels))
              kept = torch.where(torch.unsqueeze(step, -1), logits, torch.zeros_like(logits))
              whole = torch.to(index, 4) == index
              return [index, kept, torch.all(whole), torch.any(step)]
            """);

    /** The same where another label than {@link #UNLABELLED} stands on tokens that end no step. */
    public static StepLogits ignoring(NDArray logits, NDArray labels, long ignoreIndex) {
        return new StepLogits(logits, ignoreIndex == UNLABELLED ? labels : RELABELLED.call(labels, ignoreIndex));
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logits", logits));
    }

    @Override
    public StepLogits withDifferentiable(List<NDArray> arrays) {
        return new StepLogits(arrays.get(0), labels);
    }

    /**
     * Rejects other shapes, an empty batch, other labels, no label at all, and logits at labels that are not finite.
     */
    void check() {
        Check.floating("logits", logits);
        Check.rank("logits", logits, 3);
        Check.shape(
                "labels", labels, logits.getShape().get(0), logits.getShape().get(1));
        long classes = logits.getShape().get(2);
        try (Scope scope = Scope.open()) {
            NDArray[] read = LABELLED_ONLY.callMany(logits, labels);
            ValueCheck.of()
                    .within("labels", read[0], 0, classes - 1.0)
                    .noNaN("logits", read[1])
                    .run();
            if (!read[2].getBoolean()) {
                throw Check.failure("labels", "whole numbers in [0, " + classes + ") or " + UNLABELLED, "fractions");
            }
            if (!read[3].getBoolean()) {
                throw Check.failure("labels", "at least one labelled position", "none");
            }
        }
    }
}
