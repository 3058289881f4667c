package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Log-probabilities of given tokens.
 *
 * <p>Large vocabularies are worked off in slices of a few rows, so that no array of the size of the logits is made but
 * the gradient. Where that gradient is wanted, {@link #fromLogitsWithGradient} is the fastest way: differentiate the
 * loss down to the log-probabilities, and hand the derivative of the logits to {@link Gradients#backward(NDArray,
 * NDArray)}.
 *
 * <pre>{@code
 * var logits = nd.create(new float[] {0, 0, 1000, 0}, new Shape(1, 2, 2));
 * var labels = nd.create(new long[] {0, 1}, new Shape(1, 2));
 * LogProbs.fromLogits(logits, labels)
 * // => ND: (1, 2) cpu() float32 [[-6.93147182e-01, -1.00000000e+03]]
 * var cotangent = nd.create(new float[][] {{1, 1}});
 * LogProbs.fromLogitsWithGradient(logits, labels, cotangent).gradient()
 * // => ND: (1, 2, 2) cpu() float32 [[[0.5, -0.5], [-1., 1.]]]
 * LogProbs.ofSequences(logits, labels, false)   // the first logits score the second label
 * // => ND: (1) cpu() float32 [-0.6931]
 * }</pre>
 */
public final class LogProbs {

    /** The label of a position that is not scored. */
    public static final long IGNORED = -100;

    private static final Script FROM_LOGITS = Slices.script("labels: Tensor, ", """
                    index = torch.split(torch.unsqueeze(torch.to(torch.flatten(labels), 4), -1), rows, 0)
                    """, """
                    found.append(torch.sub(torch.squeeze(torch.gather(z, -1, index[i]), -1), torch.logsumexp(z, [-1])))
                    """);

    /**
     * PyTorch's softmax is its fastest pass over a vocabulary; where a probability is too small for its logarithm, the
     * other way.
     */
    private static final Script PLAIN = Slices.script("labels: Tensor, ", """
                    index = torch.split(torch.unsqueeze(torch.to(torch.flatten(labels), 4), -1), rows, 0)
                    buffer = torch.empty_like(slices[0])
                    """, """
                    p = torch._softmax(z, -1, False, out=torch.slice(buffer, 0, 0, torch.size(z, 0)))
                    chosen = torch.squeeze(torch.gather(p, -1, index[i]), -1)
                    if bool(torch.lt(torch.min(chosen), 1e-30)):
                      found.append(torch.squeeze(torch.gather(torch.log_softmax(z, -1), -1, index[i]), -1))
                    else:
                      found.append(torch.log(chosen))
                    """);

    /** The largest probability is at least 1/V: from it and its logit, logsumexp without a second exponential. */
    private static final Script WITH_GRADIENT = Script.of("""
            def gather(self, logits: Tensor, labels: Tensor, cotangent: Tensor, temperature: float, rows: int) -> List[Tensor]:
              flat = torch.flatten(logits, 0, 1)
              gradient = torch.empty_like(flat)
              slices = torch.split(flat, rows, 0)
              parts = torch.split(gradient, rows, 0)
              index = torch.split(torch.unsqueeze(torch.to(torch.flatten(labels), 4), -1), rows, 0)
              scale = torch.split(torch.unsqueeze(torch.div(torch.flatten(cotangent), temperature), -1), rows, 0)
              found = annotate(List[Tensor], [])
              for i in range(len(slices)):
                z = slices[i]
                if temperature != 1.:
                  z = torch.div(z, temperature)
                p = torch._softmax(z, -1, False, out=parts[i])
                normalizer = torch.sub(torch.amax(z, [-1], True), torch.log(torch.amax(p, [-1], True)))
                found.append(torch.squeeze(torch.sub(torch.gather(z, -1, index[i]), normalizer), -1))
                p = torch.mul_(p, torch.neg(scale[i]))
                p = torch.scatter_add_(p, -1, index[i], scale[i])
              return [torch.reshape(torch.cat(found, 0), torch.size(labels)), torch.reshape(gradient, torch.size(logits))]
            """);

    private static final Script SEQUENCES = Script.of("""
            def sequences(self, logits: Tensor, labels: Tensor, average: bool) -> Tensor:
              length = torch.size(labels, 1)
              shifted = torch.to(torch.slice(labels, 1, 1, length), 4)
              counted = torch.ne(shifted, -100)
              rows = torch.unbind(torch.slice(logits, 1, 0, length - 1), 0)
              sums = annotate(List[Tensor], [])
              for b in range(len(rows)):
                at = torch.squeeze(torch.nonzero(counted[b]), -1)
                z = torch.index_select(rows[b], 0, at)
                index = torch.unsqueeze(torch.index_select(shifted[b], 0, at), -1)
                logps = torch.sub(torch.squeeze(torch.gather(z, -1, index), -1), torch.logsumexp(z, [-1]))
                if average:
                  sums.append(torch.div(torch.sum(logps), torch.size(at, 0)))
                else:
                  sums.append(torch.sum(logps))
              return torch.stack(sums, 0)
            """);

    private LogProbs() {}

    /**
     * The log-probability of each label under the softmax of its logits.
     *
     * <p>{@code log_softmax(logits / temperature)[label]}, computed as gathered logit minus logsumexp, so that logits
     * of a thousand are fine. Position t of the logits scores label t: shifting by one for a causal model is up to the
     * caller, or {@link #ofSequences}.
     *
     * @param logits (B,T,V), differentiable
     * @param labels token ids (B,T), int32 or int64
     * @param temperature above 0
     * @return (B,T)
     * @throws IllegalArgumentException for other ranks, an empty batch, ids outside [0,V), temperature not above 0
     */
    public static NDArray fromLogits(NDArray logits, NDArray labels, double temperature) {
        check(logits, labels, temperature);
        Script script = GradientMode.isRecording() ? FROM_LOGITS : PLAIN;
        return script.call(logits, labels, temperature, Slices.rows(logits));
    }

    /** {@link #fromLogits(NDArray, NDArray, double)} at temperature 1. */
    public static NDArray fromLogits(NDArray logits, NDArray labels) {
        return fromLogits(logits, labels, 1);
    }

    /**
     * Log-probabilities and, without a tape, the derivative of {@code sum(cotangent * logps)} with respect to the
     * logits: {@code (onehot - softmax) / temperature * cotangent}.
     *
     * <p>Beside the gradient itself, only a few rows of the vocabulary are in memory at a time.
     *
     * @param logits (B,T,V)
     * @param labels token ids (B,T)
     * @param cotangent the derivative of a loss with respect to each log-probability (B,T)
     * @param temperature above 0
     * @throws IllegalArgumentException as {@link #fromLogits(NDArray, NDArray, double)}, and for another shape of the
     *     cotangent
     */
    public static ValueAndGradient fromLogitsWithGradient(
            NDArray logits, NDArray labels, NDArray cotangent, double temperature) {
        check(logits, labels, temperature);
        Check.sameShape("cotangent", cotangent, "labels", labels);
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] both = WITH_GRADIENT.callMany(logits, labels, cotangent, temperature, Slices.rows(logits));
            return new ValueAndGradient(both[0], both[1]);
        }
    }

    /** {@link #fromLogitsWithGradient(NDArray, NDArray, NDArray, double)} at temperature 1. */
    public static ValueAndGradient fromLogitsWithGradient(NDArray logits, NDArray labels, NDArray cotangent) {
        return fromLogitsWithGradient(logits, labels, cotangent, 1);
    }

    /**
     * The log-probability of each sequence under a causal model: logits at position t score the label at t + 1.
     *
     * <p>Sums belong to DPO and its kin; means ({@code average}) to IPO in its reference-free form, SimPO, ORPO and
     * TPO-L. Logits at positions that score nothing are not read, NaN included.
     *
     * @param logits (B,L,V), differentiable
     * @param labels input ids (B,L), {@link #IGNORED} (-100) where nothing is to be scored; the first column is never
     *     scored
     * @param average whether to divide by the number of scored tokens
     * @return (B); without averaging, 0 for a row that scores nothing
     * @throws IllegalArgumentException for other ranks, an empty batch, other ids outside [0,V), and, if averaged, a
     *     row that scores nothing
     */
    public static NDArray ofSequences(NDArray logits, NDArray labels, boolean average) {
        Shape shape = checkShapes(logits, labels);
        long[] scored = new long[(int) shape.get(0)];
        int length = (int) shape.get(1);
        double[] ids = Tensors.toDoubles(labels);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != IGNORED) {
                checkId(ids[i], shape.get(2));
                scored[i / length] += i % length == 0 ? 0 : 1;
            }
        }
        for (int b = 0; average && b < scored.length; b++) {
            if (scored[b] == 0) {
                throw Check.failure("labels", "a scored token in each row to average over", "none in row " + b);
            }
        }
        return SEQUENCES.call(logits, labels, average);
    }

    private static void check(NDArray logits, NDArray labels, double temperature) {
        long vocabulary = checkShapes(logits, labels).get(2);
        Check.positive("temperature", temperature);
        for (double id : Tensors.toDoubles(labels)) {
            checkId(id, vocabulary);
        }
    }

    private static Shape checkShapes(NDArray logits, NDArray labels) {
        Check.rank("logits", logits, 3);
        Check.floating("logits", logits);
        Shape shape = logits.getShape();
        Check.shape("labels", labels, shape.get(0), shape.get(1));
        return shape;
    }

    private static void checkId(double id, long vocabulary) {
        if (id != Math.rint(id)) {
            throw Check.failure("labels", "a whole number", id);
        }
        if (!(id >= 0 && id < vocabulary)) {
            throw Check.failure("labels", "token ids in [0, " + vocabulary + ")", (long) id);
        }
    }
}
