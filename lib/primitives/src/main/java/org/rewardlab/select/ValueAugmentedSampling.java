package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Decoding from a frozen model whose logits are raised by the value of what each token leads to. Han et al. 2024 (VAS),
 * eq. 4 and its composition of several rewards.
 *
 * <p>In each row, with I the {@code topK} largest logits (of equal ones the lower index first), each token i in I gains
 * {@code sum_r beta_r (v_ri - mean of v_r over I)}. The gains of a row add up to 0: only differences of values matter, and
 * tokens outside I count as being of average value. With topK = V it is the policy proportional to {@code p exp(sum_r beta_r
 * v_r)}, the optimum of the expected value minus the KL divergence to the model over beta.
 *
 * <pre>{@code
 * var logits = nd.create(new float[][] {{2, 1, 0}});
 * var values = nd.create(new float[] {0, 1, 9}, new Shape(1, 1, 3)); // of the third token not read
 * new ValueAugmentedSampling(List.of(2.0), 2, ValueAugmentedSampling.Outside.KEEP).augment(logits, values).logits()
 * // => ND: (1, 3) cpu() float32 [[1., 2., 0.]]
 * new ValueAugmentedSampling(List.of(2.0), 2, ValueAugmentedSampling.Outside.MASK).augment(logits, values).probabilities()
 * // => ND: (1, 3) cpu() float32 [[0.2689, 0.7311, 0.]]
 * new ValueAugmentedSampling(0).augment(logits, values).probabilities() // the model itself
 * // => ND: (1, 3) cpu() float32 [[0.6652, 0.2447, 0.09]]
 * }</pre>
 *
 * @param betas strength of each of R reward models, finite; a negative one avoids what its reward likes, 0 leaves it out
 * @param topK how many tokens of each row are looked at, at least 1; more than V are all
 * @param outside what becomes of the other tokens
 */
public record ValueAugmentedSampling(List<Double> betas, int topK, Outside outside) implements Serializable {

    /** Tokens that are not among the most likely ones. */
    public enum Outside {
        /** Keep their logits. */
        KEEP("keep"),
        /** Are never sampled: logit -1e9. */
        MASK("mask");

        private final String label;

        Outside(String label) {
            this.label = label;
        }

        /** The choice of that name. */
        public static Outside of(String name) {
            return Check.labelled("outside", values(), name);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * What to sample the next token from.
     *
     * @param logits (B,V)
     * @param probabilities their softmax (B,V)
     */
    public record NextToken(NDArray logits, NDArray probabilities) {}

    private static final Script AUGMENT = Script.of("""
            def augment(self, logits: Tensor, values: Tensor, betas: Tensor, k: int, keep: bool) -> List[Tensor]:
              order = torch.sort(logits, stable=True, dim=-1, descending=True)
              index = torch.slice(order[1], 1, 0, k, 1)
              top = torch.slice(order[0], 1, 0, k, 1)
              each = torch.expand(torch.unsqueeze(index, 0), [torch.size(values, 0), -1, -1])
              v = torch.gather(values, -1, each)
              gain = torch.sum(torch.reshape(betas, [-1, 1, 1]) * (v - torch.mean(v, [-1], True)), [0])
              rest = logits
              if not keep:
                rest = torch.full_like(logits, -1e9)
              raised = torch.scatter(rest, -1, index, top + gain)
              return [raised, torch.softmax(raised, -1), torch.all(torch.isfinite(v))]
            """);

    public ValueAugmentedSampling {
        betas = List.copyOf(betas);
        if (betas.isEmpty()) {
            throw Check.failure("betas", "at least one", "none");
        }
        betas.forEach(beta -> Check.finite("betas", beta));
        Check.atLeast("topK", topK, 1);
    }

    /** One reward, the 20 most likely tokens, all others as they are. */
    public ValueAugmentedSampling(double beta) {
        this(List.of(beta), 20, Outside.KEEP);
    }

    /**
     * The logits to sample from.
     *
     * @param logits of the frozen model (B,V)
     * @param values of the prefix with each token appended, for each reward (R,B,V); not read outside the top tokens
     * @throws IllegalArgumentException for other shapes, another number of rewards than of betas, an empty batch, NaN among
     *     the logits, values of top tokens that are not finite
     */
    public NextToken augment(NDArray logits, NDArray values) {
        Check.matrix("logits", logits);
        Check.floating("logits", logits);
        long rows = logits.getShape().get(0);
        long vocabulary = logits.getShape().get(1);
        if (vocabulary == 0) {
            throw Check.failure("logits", "at least one token", "shape " + logits.getShape());
        }
        Check.shape("values", values, betas.size(), rows, vocabulary);
        ValueCheck.of().noNaN("logits", logits).run();
        try (Scope scope = Scope.open()) {
            double[] strengths = betas.stream().mapToDouble(Double::doubleValue).toArray();
            NDArray beta = Tensors.create(logits.getManager(), strengths, logits.getDataType(), strengths.length);
            NDArray[] results =
                    AUGMENT.callMany(logits, values, beta, Math.min((long) topK, vocabulary), outside == Outside.KEEP);
            if (!results[2].getBoolean()) {
                throw Check.failure("values", "finite numbers at the top tokens", "NaN or infinity");
            }
            return new NextToken(scope.keep(results[0]), scope.keep(results[1]));
        }
    }
}
