package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Log-probabilities of given tokens. */
public final class LogProbs {

    private static final Script FROM_LOGITS = Script.of("""
            def gather(self, logits: Tensor, labels: Tensor, temperature: float) -> Tensor:
              z = logits
              if temperature != 1.:
                z = torch.div(logits, temperature)
              index = torch.unsqueeze(torch.to(labels, 4), -1)
              return torch.sub(torch.squeeze(torch.gather(z, -1, index), -1), torch.logsumexp(z, [-1]))
            """);

    private LogProbs() {}

    /**
     * The log-probability of each label under the softmax of its logits.
     *
     * <p>{@code log_softmax(logits / temperature)[label]}, computed as gathered logit minus logsumexp, so that logits of a
     * thousand are fine and no array of the size of the logits is kept but for the gradient. Position t of the logits
     * scores label t: shifting by one for a causal model is up to the caller.
     *
     * @param logits (B,T,V), differentiable
     * @param labels token ids (B,T), int32 or int64
     * @param temperature above 0
     * @return (B,T)
     * @throws IllegalArgumentException for other ranks, an empty batch, ids outside [0,V), temperature not above 0
     */
    public static NDArray fromLogits(NDArray logits, NDArray labels, double temperature) {
        Check.rank("logits", logits, 3);
        Check.floating("logits", logits);
        Shape shape = logits.getShape();
        Check.shape("labels", labels, shape.get(0), shape.get(1));
        Check.positive("temperature", temperature);
        checkIds(labels, shape.get(2));
        return FROM_LOGITS.call(logits, labels, temperature);
    }

    /** {@link #fromLogits(NDArray, NDArray, double)} at temperature 1. */
    public static NDArray fromLogits(NDArray logits, NDArray labels) {
        return fromLogits(logits, labels, 1);
    }

    private static void checkIds(NDArray labels, long vocabulary) {
        for (double id : Tensors.toDoubles(labels)) {
            if (id < 0 || id >= vocabulary) {
                throw Check.failure("labels", "token ids in [0, " + vocabulary + ")", (long) id);
            }
        }
    }
}
