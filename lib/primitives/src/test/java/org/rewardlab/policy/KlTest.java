package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.FiniteDifferences.assertAgree;
import static org.rewardlab.testing.FiniteDifferences.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.policy.Kl.Direction;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class KlTest {

    static Stream<KlEstimator> smooth() {
        return Stream.of(
                KlEstimator.k1(),
                KlEstimator.k2(),
                KlEstimator.k3(),
                KlEstimator.k3(20),
                KlEstimator.absolute(),
                KlEstimator.k3(0.5).clampedTo(0.2));
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void gradientsOfEstimatesAreThoseOfDifferences(KlEstimator estimator) {
        try (Draws draw = new Draws(6)) {
            NDArray ref = draw.logps(3, 4);
            assertAgree(estimator.toString(), x -> estimator.estimate(x, ref), draw.logps(3, 4));
            LiveArrays.assertOneLeft(draw.manager(), () -> estimator.estimate(ref, ref));
        }
    }

    @Test
    void meansOfK1AndK3OverAllTokensAreTheExactDivergence() {
        try (Draws draw = new Draws(6)) {
            NDArray logits = draw.normal(2, 1, 5);
            NDArray other = draw.normal(2, 1, 5);
            double[] p = Tensors.toDoubles(logits.logSoftmax(-1));
            double[] exact = Tensors.toDoubles(Kl.exact(logits, other, Direction.REVERSE));
            for (KlEstimator estimator : new KlEstimator[] {KlEstimator.k1(), KlEstimator.k3()}) {
                double[] estimates = Tensors.toDoubles(estimator.estimate(logits.logSoftmax(-1), other.logSoftmax(-1)));
                for (int b = 0; b < 2; b++) {
                    double mean = 0;
                    for (int v = 0; v < 5; v++) {
                        mean += Math.exp(p[b * 5 + v]) * estimates[b * 5 + v];
                    }
                    assertThat(mean).as(estimator.toString()).isCloseTo(exact[b], within(1e-12));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void theExactDivergenceIsZeroAtHomePositiveElsewhereAndTurnsWithItsDirection(Direction direction) {
        try (Draws draw = new Draws(6)) {
            NDArray logits = draw.normal(2, 3, 5);
            NDArray other = draw.normal(2, 3, 5);
            Direction back = direction == Direction.FORWARD ? Direction.REVERSE : Direction.FORWARD;
            double[] there = Tensors.toDoubles(Kl.exact(logits, other, direction));
            assertClose("turned", Tensors.toDoubles(Kl.exact(other, logits, back)), there);
            assertThat(Arrays.stream(there)).allMatch(value -> value > 0);
            assertThat(Tensors.toDoubles(Kl.exact(logits, logits, direction)))
                    .containsExactly(new double[6], within(1e-15));
            assertAgree("policy", x -> Kl.exact(x, other, direction), logits);
            assertAgree("reference", x -> Kl.exact(logits, x, direction), other);
            LiveArrays.assertOneLeft(draw.manager(), () -> Kl.exact(logits, other, direction));
        }
    }

    @Test
    void tokensThatBothForbidAddNothingAndHugeLogitsGiveNumbers() {
        try (Draws draw = new Draws(6, DataType.FLOAT32)) {
            double none = Double.NEGATIVE_INFINITY;
            NDArray a = draw.of(new double[] {none, 0, 0, 4000, 0, -4000}, 2, 1, 3);
            NDArray b = draw.of(new double[] {none, 0, Math.log(3), 4000, 10, -4000}, 2, 1, 3);
            double expected = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);
            NDArray leaf = Gradients.leaf(a);
            NDArray kl = Gradients.record(() -> Kl.exact(leaf, b, Direction.REVERSE));
            Gradients.backward(kl, kl.onesLike());
            assertThat(Tensors.toDoubles(kl)).containsExactly(new double[] {expected, 0}, within(1e-6));
            assertThat(Arrays.stream(Tensors.toDoubles(Gradients.of(leaf)))).allMatch(Double::isFinite);
        }
    }

    @Test
    void theCorrectedEstimateIsK3OnPolicyWithTheGradientOfTheDivergence() {
        try (Draws draw = new Draws(6)) {
            NDArray logps = draw.logps(2, 4);
            NDArray ref = draw.logps(2, 4);
            NDArray old = draw.logps(2, 4);
            assertClose(
                    "on policy",
                    Tensors.toDoubles(Kl.importanceCorrected(logps, logps, ref)),
                    Tensors.toDoubles(KlEstimator.k3().estimate(logps, ref)));
            assertAgree("off policy", x -> Kl.importanceCorrected(x, old, ref), logps);
            assertThatThrownBy(() -> Kl.importanceCorrected(logps, draw.logps(2, 3), ref))
                    .hasMessageStartingWith("oldLogps: ");
            LiveArrays.assertOneLeft(draw.manager(), () -> Kl.importanceCorrected(logps, old, ref));
        }
    }

    @Test
    void theExpectedGradientOfTheCorrectedEstimateIsThatOfTheExactDivergence() {
        try (Draws draw = new Draws(6)) {
            NDArray logits = draw.normal(1, 1, 4);
            NDArray ref = draw.normal(1, 1, 4).logSoftmax(-1);
            NDArray old = draw.normal(1, 1, 4).logSoftmax(-1);
            NDArray leaf = Gradients.leaf(logits);
            // importance weighting: the tokens are drawn from the old policy
            NDArray estimates = Gradients.record(() -> Kl.importanceCorrected(leaf.logSoftmax(-1), old, ref));
            Gradients.backward(estimates, old.exp());
            NDArray exact = Gradients.leaf(logits);
            NDArray kl = Gradients.record(() -> Kl.exact(exact, ref, Direction.REVERSE));
            Gradients.backward(kl, kl.onesLike());
            assertClose("gradient", Tensors.toDoubles(Gradients.of(leaf)), Tensors.toDoubles(Gradients.of(exact)));
        }
    }

    @Test
    void wrongShapesNaNAndUnknownDirectionsAreRejected() {
        try (Draws draw = new Draws(6)) {
            NDArray a = draw.normal(2, 2, 3);
            assertThatThrownBy(() -> Kl.exact(a, draw.normal(2, 2, 4), Direction.REVERSE))
                    .hasMessageStartingWith("refLogits: ");
            assertThatThrownBy(() -> Kl.exact(draw.normal(2, 2), draw.normal(2, 2), Direction.REVERSE))
                    .hasMessageStartingWith("logits: ");
            assertThatThrownBy(() -> Direction.of("sideways"))
                    .hasMessage("direction: expected one of [reverse, forward], got sideways");
            NDArray broken = draw.vector(Double.NaN);
            assertThatThrownBy(() -> KlEstimator.k1().estimate(broken, draw.vector(0)))
                    .hasMessageStartingWith("logps: ");
        }
    }

    @Test
    void logitsThatAreNotNumbersAreRejectedByTheModelThatGaveThem() {
        try (Draws draw = new Draws(6)) {
            NDArray sound = draw.normal(1, 2, 2);
            NDArray broken = draw.of(new double[] {0, 0, Double.NaN, 0}, 1, 2, 2);
            assertRejects("logits", () -> Kl.exact(broken, sound, Direction.REVERSE));
            assertRejects("refLogits", () -> Kl.exact(sound, broken, Direction.FORWARD));
            NDArray both = draw.matrix(new double[][] {{1, 1}});
            GeneralizedJsd loss = new GeneralizedJsd();
            assertRejects("studentLogits", () -> loss.loss(new DistillationBatch(broken, sound, both)));
            assertRejects("teacherLogits", () -> loss.loss(new DistillationBatch(sound, broken, both)));
            NDArray first = draw.matrix(new double[][] {{1, 0}});
            assertThat(loss.loss(new DistillationBatch(broken, broken, first)).value())
                    .as("outside the mask nothing is read")
                    .isZero();
        }
    }
}
