package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * How much a pair that another model wrote looks like the policy's own: weights that make off-policy preference data
 * behave like on-policy data. Zhou et al. 2024 (WPO), sampled alignment.
 *
 * <pre>{@code
 * var logits = nd.create(new float[] {0, 0, 2, 0}, new Shape(2, 1, 2));
 * var labels = nd.create(new long[] {0, 0}, new Shape(2, 1));          // rows: chosen, rejected
 * WpoWeights.of(logits, labels, nd.create(new float[][] {{1}, {1}}))
 * // => ND: (1) cpu() float32 [1.1149]
 * }</pre>
 */
public final class WpoWeights {

    private static final Script SAFE_LABELS = Script.of("""
            def safe(self, labels: Tensor, mask: Tensor) -> Tensor:
              ids = torch.to(labels, 4)
              return torch.where(mask != 0, ids, torch.zeros_like(ids))
            """);

    private static final Script WEIGHTS = Script.of("""
            def weights(self, logits: Tensor, ids: Tensor, mask: Tensor) -> List[Tensor]:
              logp = torch.log_softmax(torch.detach(logits), -1)
              token = torch.squeeze(torch.gather(logp, -1, torch.unsqueeze(ids, -1)), -1)
              aligned = token - torch.logsumexp(2. * logp, [-1])
              counted = mask != 0
              kept = torch.where(counted, aligned, torch.zeros_like(aligned))
              n = torch.clamp_min(torch.sum(torch.type_as(counted, kept), [1]), 1.)
              w = torch.exp(torch.sum(kept, [1]) / n)
              half = torch.floordiv(torch.len(w), 2)
              pairs = torch.slice(w, 0, 0, half, 1) * torch.slice(w, 0, half, 2 * half, 1)
              return [pairs, torch.any(torch.isnan(kept))]
            """);

    private WpoWeights() {}

    /**
     * The weight of each pair, to be given to {@link PairLogps#withWeights}: the product over its two responses of
     * {@code exp(mean over counted tokens of log p(y) - log sum_v p_v^2)}. A response without counted tokens has weight
     * 1. Constant for differentiation.
     *
     * @param logits (2B,T,V) of the policy, aligned with the labels; rows 0 to B-1 are chosen, B to 2B-1 rejected
     * @param labels token ids (2B,T), not read where the mask is 0
     * @param mask 1 on tokens that count (2B,T)
     * @return (B)
     * @throws IllegalArgumentException for other shapes, an odd number of rows, ids outside [0,V) and NaN on counted
     *     tokens
     */
    public static NDArray of(NDArray logits, NDArray labels, NDArray mask) {
        Check.rank("logits", logits, 3);
        Check.floating("logits", logits);
        long rows = logits.getShape().get(0);
        if (rows % 2 != 0) {
            throw Check.failure("logits", "an even number of rows, chosen before rejected", logits.getShape());
        }
        Check.shape("labels", labels, rows, logits.getShape().get(1));
        Check.sameShape("mask", mask, "labels", labels);
        ValueCheck.of().mask("mask", mask).run();
        try (Scope scope = Scope.open()) {
            NDArray ids = SAFE_LABELS.call(labels, mask);
            ValueCheck.of()
                    .within("labels", ids, 0, logits.getShape().get(2) - 1.0)
                    .run();
            NDArray[] results = WEIGHTS.callMany(logits, ids, mask);
            if (results[1].getBoolean()) {
                throw Check.failure("logits", "numbers on counted tokens", "NaN");
            }
            return scope.keep(results[0]);
        }
    }
}
