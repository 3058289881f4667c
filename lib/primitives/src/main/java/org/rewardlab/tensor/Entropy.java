package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * Entropy of next-token distributions.
 *
 * <p>Large vocabularies are worked off in slices of a few rows. Under a tape, one array of the size of the logits is
 * kept for the backward pass; {@link #fromLogitsWithGradient} keeps none but the gradient.
 *
 * <pre>{@code
 * var logits = nd.create(new float[] {0, 0, 9, 0}, new Shape(1, 2, 2));
 * var entropies = Entropy.fromLogits(logits);
 * entropies
 * // => ND: (1, 2) cpu() float32 [[0.6931, 0.0012]]
 * Entropy.fromLogitsWithGradient(logits, nd.create(new float[][] {{1, 1}})).gradient()
 * // => ND: (1, 2, 2) cpu() float32 [[[-0., -0.], [-0.0011, 0.0011]]]
 * Entropy.collision(logits, 1)
 * // => ND: (1, 2) cpu() float32 [[0.5, 0.9998]]
 * Entropy.highest(entropies, nd.create(new float[][] {{1, 1}}), 0.8)
 * // => ND: (1, 2) cpu() float32 [[1., 0.]]
 * }</pre>
 */
public final class Entropy {

    /** Below this log-probability a probability is 0 in any precision; it keeps 0 times minus infinity at 0. */
    private static final String FLOOR = "-100000.";

    private static final Script PLAIN = Slices.script("", "", """
                    logp = torch.clamp(torch.log_softmax(z, -1), FLOOR)
                    found.append(torch.neg(torch.sum(torch.mul(torch.exp(logp), logp), [-1])))
                    """.replace("FLOOR", FLOOR));

    /** The derivative {@code -p (log p + H)} is made at once and kept as a constant factor of the logits. */
    private static final Script RECORDED = Slices.script("", "", """
                    logp = torch.clamp(torch.log_softmax(torch.detach(z), -1), FLOOR)
                    p = torch.exp(logp)
                    h = torch.neg(torch.sum(torch.mul(p, logp), [-1], True))
                    slope = torch.mul_(torch.add_(logp, h), torch.neg_(p))
                    linear = torch.sum(torch.mul(torch.clamp(z, -1e+30), slope), [-1])
                    found.append(torch.add(torch.squeeze(h, -1), torch.sub(linear, torch.detach(linear))))
                    """.replace("FLOOR", FLOOR));

    private static final Script WITH_GRADIENT = Script.of("""
            def entropy(self, logits: Tensor, cotangent: Tensor, rows: int) -> List[Tensor]:
              flat = torch.flatten(logits, 0, 1)
              gradient = torch.empty_like(flat)
              slices = torch.split(flat, rows, 0)
              parts = torch.split(gradient, rows, 0)
              scale = torch.split(torch.unsqueeze(torch.neg(torch.flatten(cotangent)), -1), rows, 0)
              found = annotate(List[Tensor], [])
              for i in range(len(slices)):
                z = slices[i]
                p = torch._softmax(z, -1, False, out=parts[i])
                normalizer = torch.sub(torch.amax(z, [-1], True), torch.log(torch.amax(p, [-1], True)))
                logp = torch.clamp_(torch.sub(z, normalizer), FLOOR)
                h = torch.neg(torch.sum(torch.mul(p, logp), [-1], True))
                found.append(torch.squeeze(h, -1))
                p = torch.mul_(torch.mul_(p, torch.add_(logp, h)), scale[i])
              return [torch.reshape(torch.cat(found, 0), torch.size(cotangent)), torch.reshape(gradient, torch.size(logits))]
            """.replace("FLOOR", FLOOR));

    private static final Script COLLISION = Slices.script("", """
                    buffer = torch.empty_like(slices[0])
                    """, """
                    p = torch._softmax(z, -1, False, out=torch.slice(buffer, 0, 0, torch.size(z, 0)))
                    found.append(torch.sum(torch.mul_(p, p), [-1]))
                    """);

    private Entropy() {}

    /**
     * The entropy in nats of the softmax of logits, {@code -sum p log p}.
     *
     * <p>At least 0, log V for equal logits; tokens whose probability underflows, logits of minus infinity included,
     * count 0.
     *
     * @param logits (B,T,V), differentiable (once)
     * @return (B,T)
     * @throws IllegalArgumentException for another rank or an empty batch
     */
    public static NDArray fromLogits(NDArray logits) {
        return fromLogits(logits, 1);
    }

    /** {@link #fromLogits(NDArray)} of logits divided by a temperature, above 0. */
    public static NDArray fromLogits(NDArray logits, double temperature) {
        check(logits);
        Check.positive("temperature", temperature);
        return (GradientMode.isRecording() ? RECORDED : PLAIN).call(logits, temperature, Slices.rows(logits));
    }

    /**
     * The probability that two draws from the softmax of logits are the same token, {@code sum p^2}: 1/V for equal logits, 1 where one
     * token has all mass. Its negative logarithm is Rényi's entropy of order 2; {@code org.rewardlab.credit.OptimalTokenBaseline} reads
     * it.
     *
     * @param logits (B,T,V), constant
     * @param temperature that divides them, above 0
     * @return (B,T), a constant for differentiation
     * @throws IllegalArgumentException for another rank, an empty batch or a temperature that is not above 0
     */
    public static NDArray collision(NDArray logits, double temperature) {
        check(logits);
        Check.positive("temperature", temperature);
        try (GradientMode mode = GradientMode.paused()) {
            return COLLISION.call(logits, temperature, Slices.rows(logits));
        }
    }

    /**
     * Entropies and, without a tape, the derivative of {@code sum(cotangent * entropies)} with respect to the logits:
     * {@code -p (log p + H) * cotangent}.
     *
     * @param logits (B,T,V)
     * @param cotangent the derivative of a loss with respect to each entropy (B,T)
     * @throws IllegalArgumentException for other ranks or shapes, or an empty batch
     */
    public static ValueAndGradient fromLogitsWithGradient(NDArray logits, NDArray cotangent) {
        check(logits);
        Check.shape(
                "cotangent",
                cotangent,
                logits.getShape().get(0),
                logits.getShape().get(1));
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] both = WITH_GRADIENT.callMany(logits, cotangent, Slices.rows(logits));
            return new ValueAndGradient(both[0], both[1]);
        }
    }

    /**
     * The counted tokens of highest entropy, the forks of a chain of thought. Wang et al. 2025, "Beyond the 80/20
     * rule".
     *
     * <p>1 where the mask is 1 and the entropy is at least the {@code threshold}-quantile (linear interpolation) of the
     * entropies of all counted tokens of the batch: the top fifth is 0.8, everything 0. A mask that counts nothing
     * gives zeros.
     *
     * @param entropies (B,T)
     * @param mask (B,T)
     * @param threshold in [0, 1]
     * @return (B,T) of 0 and 1, of the type of the entropies
     * @throws IllegalArgumentException for shapes that differ, NaN on counted tokens, a threshold outside [0, 1]
     */
    public static NDArray highest(NDArray entropies, NDArray mask, double threshold) {
        Check.matrix("entropies", entropies);
        Check.floating("entropies", entropies);
        Check.sameShape("mask", mask, "entropies", entropies);
        Check.within("threshold", threshold, 0, 1);
        ValueCheck.of().mask("mask", mask).noNaN("entropies", entropies, mask).run();
        double[] values = Tensors.toDoubles(entropies);
        double[] counted = Tensors.toDoubles(mask);
        double[] sorted = new double[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (counted[i] != 0) {
                sorted[n++] = values[i];
            }
        }
        double[] keep = new double[values.length];
        if (n > 0) {
            Arrays.sort(sorted, 0, n);
            double bound = quantile(sorted, n, threshold);
            for (int i = 0; i < values.length; i++) {
                keep[i] = counted[i] != 0 && values[i] >= bound ? 1 : 0;
            }
        }
        return Tensors.create(
                entropies.getManager(),
                keep,
                entropies.getDataType(),
                entropies.getShape().getShape());
    }

    private static double quantile(double[] sorted, int n, double threshold) {
        double at = threshold * (n - 1);
        int below = (int) at;
        int above = Math.min(below + 1, n - 1);
        double weight = at - below;
        return weight == 0 ? sorted[below] : sorted[below] + weight * (sorted[above] - sorted[below]);
    }

    private static void check(NDArray logits) {
        Check.rank("logits", logits, 3);
        Check.floating("logits", logits);
    }
}
