package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Objects;

/**
 * The Euclidean length of all gradients together, and its bound. Pascanu et al. 2013, algorithm 1.
 *
 * <pre>{@code
 * var x = Gradients.leaf(nd.create(new float[] {3, 4}));
 * Gradients.backward(Gradients.record(() -> x.sum()), nd.create(1f));
 * GradientNorm.of(List.of(x))
 * // => 1.4142135381698608
 * GradientNorm.clip(List.of(x), 1);
 * Gradients.of(x)
 * // => ND: (2) cpu() float32 [0.7071, 0.7071]
 * }</pre>
 */
public final class GradientNorm {

    private static final Script NORM = Script.of("""
            def norm(self, g: List[Tensor]) -> Tensor:
              return torch.norm(torch.stack(torch._foreach_norm(g, 2), 0))
            """);

    private static final Script CLIP = Script.of("""
            def clip(self, g: List[Tensor], bound: float) -> Tensor:
              total = torch.norm(torch.stack(torch._foreach_norm(g, 2), 0))
              scale = torch.clamp_max(torch.reciprocal(torch.div(torch.add(total, 1e-06), bound)), 1.)
              torch._foreach_mul_(g, scale)
              return total
            """);

    private GradientNorm() {}

    /** The length of the gradients that leaves have gathered, 0 if there are none. */
    public static double of(List<NDArray> leaves) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            NDArray[] gradients = gradients(leaves);
            return gradients.length == 0 ? 0 : Tensors.toDoubles(NORM.call((Object) gradients))[0];
        }
    }

    /**
     * Scales the gathered gradients by {@code min(1, bound / (length + 1e-6))}, in place.
     *
     * @param bound above 0
     * @return the length before; look at it, for a length that is not finite leaves gradients that are not
     */
    public static double clip(List<NDArray> leaves, double bound) {
        Check.positive("bound", bound);
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            NDArray[] gradients = gradients(leaves);
            return gradients.length == 0 ? 0 : Tensors.toDoubles(CLIP.call(gradients, bound))[0];
        }
    }

    private static NDArray[] gradients(List<NDArray> leaves) {
        return leaves.stream()
                .map(leaf -> JniUtils.getGradient((PtNDArray) leaf))
                .filter(Objects::nonNull)
                .toArray(NDArray[]::new);
    }
}
