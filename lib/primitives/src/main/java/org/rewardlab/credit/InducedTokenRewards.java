package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * The token rewards that a model trained by DPO implies: how much more likely it makes each token than its reference.
 * Rafailov et al. 2024 ("From r to Q*"), eq. 9; Zhu et al. 2025 (TGDPO) and Zhang et al. 2025 (AlignDistil) train with them.
 *
 * <pre>{@code
 * var logps = nd.create(new float[][] {{-1, -1, -1}});
 * var refLogps = nd.create(new float[][] {{-1, -3, -9}});
 * InducedTokenRewards.of(logps, refLogps, nd.create(new float[][] {{1, 1, 0}}), 0.5)
 * // => ND: (1, 3) cpu() float32 [[0., 1., 0.]]
 * var logits = nd.create(new float[] {0.5f, 0.5f}, new Shape(1, 1, 2)).log();
 * var refLogits = nd.create(new float[] {0.25f, 0.75f}, new Shape(1, 1, 2)).log();
 * InducedTokenRewards.ofVocabulary(logits, refLogits, 1)           // log 2 and log 2/3
 * // => ND: (1, 1, 2) cpu() float32 [[[0.6931, -0.4055]]]
 * }</pre>
 */
public final class InducedTokenRewards {

    private static final Script TAKEN = Script.of("""
            def reward(self, logps: Tensor, ref: Tensor, mask: Tensor, beta: float) -> Tensor:
              ratio = beta * torch.sub(logps, ref)
              return torch.where(torch.ne(mask, 0), ratio, torch.zeros_like(ratio))
            """);

    private static final Script EVERY = Script.of("""
            def reward(self, logits: Tensor, ref: Tensor, beta: float) -> Tensor:
              p = torch.log_softmax(logits, -1)
              q = torch.log_softmax(ref, -1)
              same = torch.eq(p, q)
              return torch.where(same, torch.zeros_like(p), beta * torch.sub(p, q))
            """);

    private InducedTokenRewards() {}

    /**
     * The rewards of the tokens that were taken, {@code beta (logps - refLogps)}.
     *
     * @param logps under the model that guides (B,T), not read outside the mask
     * @param refLogps under its reference (B,T), not read outside the mask
     * @param mask (B,T)
     * @param beta of the loss that the guide was trained with, above 0
     * @return (B,T), constant, 0 outside the mask
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN on counted tokens, beta not above 0
     */
    public static NDArray of(NDArray logps, NDArray refLogps, NDArray mask, double beta) {
        Check.positive("beta", beta);
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("logps", logps, mask)
                .noNaN("refLogps", refLogps, mask)
                .run();
        try (GradientMode mode = GradientMode.paused()) {
            return TAKEN.call(logps, refLogps, mask, beta);
        }
    }

    /**
     * The rewards of every token of the vocabulary, {@code beta (log softmax(logits) - log softmax(refLogits))}.
     *
     * @param logits of the model that guides (B,T,V)
     * @param refLogits of its reference (B,T,V)
     * @param beta of the loss that the guide was trained with, above 0
     * @return (B,T,V), constant; 0 for a token that both rule out
     * @throws IllegalArgumentException for another rank, shapes that differ, an empty batch, NaN, beta not above 0
     */
    public static NDArray ofVocabulary(NDArray logits, NDArray refLogits, double beta) {
        Check.positive("beta", beta);
        Check.rank("logits", logits, 3);
        Check.floating("logits", logits);
        Check.sameShape("refLogits", refLogits, "logits", logits);
        ValueCheck.of().noNaN("logits", logits).noNaN("refLogits", refLogits).run();
        try (GradientMode mode = GradientMode.paused()) {
            return EVERY.call(logits, refLogits, beta);
        }
    }
}
