package org.rewardlab.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Tensors;

/** What holds for every loss, whatever it computes. */
public final class LossLaws {

    private LossLaws() {}

    /** The losses of the unreduced output as Java numbers. */
    public static <I extends LossInput<I>> double[] losses(Loss<I> loss, I input) {
        return Tensors.toDoubles(loss.loss(input).losses());
    }

    /** All laws that need nothing but a way to draw inputs away from kinks. */
    public static <I extends LossInput<I>> void assertAll(Loss<I> loss, Function<Draws, I> drawn, long seed) {
        try (Draws draws = new Draws(seed)) {
            I input = drawn.apply(draws);
            double[] before = numbers(input);
            FiniteDifferences.assertAgree(loss, input);
            assertNothingLeft(draws.manager(), loss, input);
            assertThat(numbers(input))
                    .as("arguments of %s after the calls", loss)
                    .isEqualTo(before);
        }
        assertSameInFloat32(loss, drawn, seed);
    }

    /** After a call nothing lives but what it returned. */
    public static <I extends LossInput<I>> void assertNothingLeft(NDManager manager, Loss<I> loss, I input) {
        LiveArrays.assertNothingLeftBut(manager, () -> arrays(loss.loss(input)));
        LiveArrays.assertNothingLeftBut(manager, () -> {
            LossGradients result = loss.lossAndGradients(input);
            List<NDArray> arrays = new ArrayList<>(arrays(result.output()));
            arrays.addAll(result.gradients().values());
            return arrays;
        });
    }

    /** The same numbers in both precisions, each result in the precision of the input. */
    public static <I extends LossInput<I>> void assertSameInFloat32(Loss<I> loss, Function<Draws, I> drawn, long seed) {
        try (Draws draws = new Draws(seed);
                Draws singles = new Draws(seed, DataType.FLOAT32)) {
            LossGradients expected = loss.lossAndGradients(drawn.apply(draws));
            LossGradients actual = loss.lossAndGradients(drawn.apply(singles));
            assertThat(actual.output().loss().getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(actual.output().losses().getDataType()).isEqualTo(DataType.FLOAT32);
            assertClose(
                    loss + " loss", actual.output().loss(), expected.output().loss(), 1e-4);
            assertClose(
                    loss + " losses",
                    actual.output().losses(),
                    expected.output().losses(),
                    1e-4);
            expected.gradients().forEach((name, gradient) -> {
                assertThat(actual.of(name).getDataType()).isEqualTo(DataType.FLOAT32);
                assertClose(loss + " gradient of " + name, actual.of(name), gradient, 1e-4);
            });
        }
    }

    /** Loss, losses, metrics and gradients in closed form are those of the tape. */
    @SuppressWarnings("UnnecessaryMethodReference") // another loss, which has no closed form
    public static <I extends LossInput<I>> void assertClosedFormIsTaped(Loss<I> loss, I input) {
        Loss<I> taped = loss::loss;
        LossGradients expected = taped.lossAndGradients(input);
        LossGradients actual = loss.lossAndGradients(input);
        assertClose("loss", actual.output().loss(), expected.output().loss(), 1e-9);
        assertClose("losses", actual.output().losses(), expected.output().losses(), 1e-9);
        Metrics metrics = expected.output().metrics();
        assertThat(actual.output().metrics().names()).isEqualTo(metrics.names());
        assertClose("metrics", actual.output().metrics().values(), metrics.values(), 1e-9);
        expected.gradients().forEach((name, gradient) -> assertClose(name, actual.of(name), gradient, 1e-9));
    }

    /** No result is NaN or infinite. */
    public static <I extends LossInput<I>> void assertFinite(Loss<I> loss, I input) {
        LossGradients result = loss.lossAndGradients(input);
        assertThat(result.output().value()).as("%s", loss).isFinite();
        result.gradients().forEach((name, gradient) -> {
            for (double number : Tensors.toDoubles(gradient)) {
                assertThat(number).as("%s: gradient of %s", loss, name).isFinite();
            }
        });
    }

    /** Two arrays of one shape agree within {@code tolerance * max(1, |expected|)}. */
    public static void assertClose(String name, NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).as(name).isEqualTo(expected.getShape());
        assertClose(name, Tensors.toDoubles(actual), Tensors.toDoubles(expected), tolerance);
    }

    /** Two lists of numbers agree within {@code tolerance * max(1, |expected|)}. */
    public static void assertClose(String name, double[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("%s[%d]", name, i)
                    .isCloseTo(expected[i], Offset.offset(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }

    /** The call is rejected with a message that names the argument, what was expected and what came. */
    public static void assertRejects(String argument, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)" + argument + ": expected .+, got .+");
    }

    private static List<NDArray> arrays(LossOutput output) {
        return List.of(output.loss(), output.losses(), output.metrics().values());
    }

    private static <I extends LossInput<I>> double[] numbers(I input) {
        return input.differentiable().stream()
                .flatMapToDouble(named -> java.util.Arrays.stream(Tensors.toDoubles(named.array())))
                .toArray();
    }
}
