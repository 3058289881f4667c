package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/** Entropy of next-token distributions. */
public final class Entropy {

    private static final Script FROM_LOGITS = Script.of("""
            def entropy(self, logits: Tensor) -> Tensor:
              logp = torch.log_softmax(logits, -1)
              p = torch.exp(logp)
              finite = torch.where(torch.gt(p, 0), logp, torch.zeros_like(logp))
              return torch.neg(torch.sum(torch.mul(p, finite), [-1]))
            """);

    private Entropy() {}

    /**
     * The entropy in nats of the softmax of logits, {@code -sum p log p}.
     *
     * <p>At least 0, log V for equal logits; tokens whose probability underflows count 0.
     *
     * @param logits (B,T,V), differentiable
     * @return (B,T)
     * @throws IllegalArgumentException for another rank or an empty batch
     */
    public static NDArray fromLogits(NDArray logits) {
        Check.rank("logits", logits, 3);
        Check.floating("logits", logits);
        return FROM_LOGITS.call(logits);
    }
}
