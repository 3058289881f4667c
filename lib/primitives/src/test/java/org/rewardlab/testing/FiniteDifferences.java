package org.rewardlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/** Derivatives by central differences in float64, and the assertion that autograd and closed forms agree with them. */
public final class FiniteDifferences {

    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 2e-6;

    private FiniteDifferences() {}

    /**
     * The derivative of {@code sum(cotangent * f(x))} with respect to every number of x.
     *
     * @param f an array of any shape to an array of the cotangent's size
     */
    public static double[] gradient(Function<NDArray, NDArray> f, NDArray x, double[] cotangent) {
        double[] at = Tensors.toDoubles(x);
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double middle = at[i];
            double step = STEP * Math.max(1, Math.abs(middle));
            at[i] = middle + step;
            double above = value(f, x, at, cotangent);
            at[i] = middle - step;
            double below = value(f, x, at, cotangent);
            at[i] = middle;
            gradient[i] = (above - below) / (2 * step);
        }
        return gradient;
    }

    private static double value(Function<NDArray, NDArray> f, NDArray x, double[] at, double[] cotangent) {
        try (Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            NDArray moved = Tensors.create(
                    x.getManager(), at, x.getDataType(), x.getShape().getShape());
            double[] output = Tensors.toDoubles(f.apply(moved));
            assertThat(output).as("output").hasSameSizeAs(cotangent);
            double sum = 0;
            for (int i = 0; i < output.length; i++) {
                sum += cotangent[i] * output[i];
            }
            return sum;
        }
    }

    /** Asserts that autograd through f agrees with central differences, for a random cotangent. */
    public static void assertAgree(String name, Function<NDArray, NDArray> f, NDArray x) {
        try (Scope scope = Scope.open()) {
            NDArray leaf = Gradients.leaf(x);
            NDArray output = Gradients.record(() -> f.apply(leaf));
            double[] cotangent = new Random(11).doubles(output.size(), -1, 1).toArray();
            Gradients.backward(
                    output,
                    Tensors.create(
                            x.getManager(),
                            cotangent,
                            output.getDataType(),
                            output.getShape().getShape()));
            assertClose(name, Tensors.toDoubles(Gradients.of(leaf)), gradient(f, x, cotangent));
        }
    }

    /**
     * Asserts that the tape, the closed form and central differences agree for every differentiable input of a loss.
     *
     * @param input in float64, away from kinks
     */
    public static <I extends LossInput<I>> void assertAgree(Loss<I> loss, I input) {
        try (Scope scope = Scope.open()) {
            List<LossInput.Named> named = input.differentiable();
            List<NDArray> leaves = new ArrayList<>();
            named.forEach(one -> leaves.add(Gradients.leaf(one.array())));
            Gradients.backward(Gradients.record(
                    () -> loss.loss(input.withDifferentiable(leaves)).loss()));
            LossGradients closed = loss.lossAndGradients(input);
            for (int i = 0; i < named.size(); i++) {
                int index = i;
                String name = named.get(i).name();
                double[] slow = gradient(
                        moved -> {
                            List<NDArray> others = new ArrayList<>();
                            named.forEach(one -> others.add(one.array()));
                            others.set(index, moved);
                            return loss.loss(input.withDifferentiable(others)).loss();
                        },
                        named.get(i).array(),
                        new double[] {1});
                assertClose(loss + " by the tape: " + name, Tensors.toDoubles(Gradients.of(leaves.get(i))), slow);
                assertClose(loss + " in closed form: " + name, Tensors.toDoubles(closed.of(name)), slow);
            }
        }
    }

    /** Asserts that two lists of numbers agree to a few parts in a million of the larger of 1 and their size. */
    public static void assertClose(String name, double[] actual, double[] expected) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double tolerance = TOLERANCE * Math.max(1, Math.abs(expected[i]));
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                throw new AssertionError(name + "[" + i + "]: expected " + expected[i] + ", got " + actual[i]);
            }
        }
    }
}
