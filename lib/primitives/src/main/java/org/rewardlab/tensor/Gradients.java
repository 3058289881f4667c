package org.rewardlab.tensor;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Differentiation without DJL's gradient collector, of which a JVM allows one at a time: any number of threads may
 * record and differentiate at once.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     NDArray loss = Gradients.record(() -> model.loss(batch));
 *     Gradients.backward(loss);
 *     optimizer.step();                 // reads Gradients.of(parameter)
 *     return loss.getFloat();
 * }
 * }</pre>
 *
 * <pre>{@code
 * var x = Gradients.leaf(nd.create(new float[] {1, 2}));
 * Gradients.backward(Gradients.record(() -> x.mul(x).sum()));
 * Gradients.of(x)
 * // => ND: (2) cpu() float32 [2., 4.]
 * Gradients.backward(Gradients.record(() -> x.mul(x)), nd.create(new float[] {0, 1}));
 * Gradients.of(x)                            // gathered
 * // => ND: (2) cpu() float32 [2., 8.]
 * Gradients.zero(x);
 * Gradients.of(x)
 * // => ND: (2) cpu() float32 [0., 0.]
 * Gradients.at(a -> a.get(0).mul(a.get(1)).sum(), List.of(x, nd.create(new float[] {3, 4})))[0]
 * // => ND: (2) cpu() float32 [3., 4.]
 * }</pre>
 */
public final class Gradients {

    private Gradients() {}

    /** Runs a computation with recording on and gives its result. */
    public static <R> R record(Supplier<R> computation) {
        try (GradientMode mode = GradientMode.recording()) {
            return computation.get();
        }
    }

    /**
     * Adds the derivative of a scalar to the gradients of all leaves that it was computed from, and frees the graph.
     *
     * @param loss one number, recorded
     * @throws IllegalArgumentException if it has more than one element or depends on no recorded leaf
     */
    public static void backward(NDArray loss) {
        if (loss.size() != 1) {
            throw Check.failure("loss", "one number", loss.getShape());
        }
        try (Scope scope = Scope.open()) {
            backward(loss, loss.onesLike());
        }
    }

    /** Like {@link #backward(NDArray)} for an array: the derivative of {@code sum(cotangent * output)}. */
    public static void backward(NDArray output, NDArray cotangent) {
        Check.sameShape("cotangent", cotangent, "output", output);
        try (GradientMode mode = GradientMode.recording()) {
            JniUtils.backward((PtNDArray) output, (PtNDArray) cotangent, false, false);
        } catch (EngineException e) {
            if (String.valueOf(e.getMessage()).contains("does not require grad")) {
                throw new IllegalArgumentException(
                        "output: expected an array recorded from one that requires gradients, got a constant of shape "
                                + output.getShape(),
                        e);
            }
            throw e;
        }
    }

    /** The gradient gathered by a leaf, zeros of its own type if no backward pass has reached it. */
    public static NDArray of(NDArray leaf) {
        PtNDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
        return gradient == null ? leaf.zerosLike() : gradient;
    }

    /** Forgets the gradient gathered by a leaf. */
    public static void zero(NDArray leaf) {
        JniUtils.zeroGrad((PtNDArray) leaf);
    }

    /** A leaf with the same numbers, sharing memory, whose gradient is gathered: where differentiation ends. */
    public static NDArray leaf(NDArray array) {
        NDArray leaf = array.stopGradient();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** The derivatives of a scalar function with respect to each of its arguments, in order. */
    public static NDArray[] at(Function<List<NDArray>, NDArray> function, List<NDArray> arguments) {
        try (Scope scope = Scope.open()) {
            List<NDArray> leaves = arguments.stream().map(Gradients::leaf).toList();
            backward(record(() -> function.apply(leaves)));
            return scope.keep(leaves.stream().map(Gradients::of).toArray(NDArray[]::new));
        }
    }
}
