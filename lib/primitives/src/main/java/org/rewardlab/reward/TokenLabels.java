package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * What an outcome reward model says at each token, and whether the whole response was right.
 *
 * @param logits of "right" at each token (B,T), differentiable
 * @param labels 1 = right, 0 = wrong (B,T), usually the same number along a row
 * @param mask 1 on tokens that count (B,T)
 */
public record TokenLabels(NDArray logits, NDArray labels, NDArray mask) implements LossInput<TokenLabels> {

    private static final Script COUNTED_ONLY = Script.of("""
            def counted(self, labels: Tensor, mask: Tensor) -> Tensor:
              return torch.where(mask != 0, labels, torch.zeros_like(labels))
            """);

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logits", logits));
    }

    @Override
    public TokenLabels withDifferentiable(List<NDArray> arrays) {
        return new TokenLabels(arrays.get(0), labels, mask);
    }

    /** Rejects other shapes, an empty batch, other labels and NaN on counted tokens, and a mask that counts nothing. */
    void check() {
        Check.floating("logits", logits);
        Check.matrix("logits", logits);
        Check.sameShape("labels", labels, "logits", logits);
        Check.sameShape("mask", mask, "logits", logits);
        ValueCheck.of().mask("mask", mask).noNaN("logits", logits, mask).run();
        try (NDArray counted = COUNTED_ONLY.call(labels, mask)) {
            ValueCheck.of().mask("labels", counted).run();
        }
        if (Masked.count(mask) == 0) {
            throw Check.failure("mask", "at least one counted token", "none");
        }
    }
}
