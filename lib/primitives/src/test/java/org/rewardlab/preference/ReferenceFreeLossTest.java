package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** Paired losses without a reference against their formulas for one pair of Java numbers. */
class ReferenceFreeLossTest {

    private static double lsig(double z) {
        return z < 0 ? z - Math.log1p(Math.exp(z)) : -Math.log1p(Math.exp(-z));
    }

    private static double alphaPo(double x, double alpha) {
        return (1 - Math.exp(-alpha * x)) / alpha;
    }

    private static double logOdds(double c, double r) {
        return c - Math.log(1 - Math.exp(c)) - r + Math.log(1 - Math.exp(r));
    }

    /** A loss and its formula in the log-probabilities per token, or in sums where the last argument says so. */
    private static Arguments arm(PreferenceLoss loss, DoubleBinaryOperator formula, boolean perToken, double nll) {
        return Arguments.of(loss, formula, perToken, nll);
    }

    static Stream<Arguments> formulas() {
        return Stream.of(
                arm(new Cpo(Cpo.Kind.SIGMOID, 0.2), (c, r) -> -lsig(0.2 * (c - r)), false, 1),
                arm(
                        new Cpo(Cpo.Kind.SIGMOID, 0.2, 0.1, 0, 0.3),
                        (c, r) -> -0.9 * lsig(0.2 * (c - r)) - 0.1 * lsig(0.2 * (r - c)),
                        false,
                        0.3),
                arm(new Cpo(Cpo.Kind.HINGE, 0.2), (c, r) -> Math.max(0, 1 - 0.2 * (c - r)), false, 1),
                arm(new Cpo(Cpo.Kind.IPO, 0.4), (c, r) -> Math.pow(c - r - 1 / 0.8, 2), true, 1),
                arm(new Simpo(2, 0.5), (c, r) -> -lsig(2 * (c - r) - 0.5), true, 1),
                arm(
                        new Simpo(2, 0.5, 0, 0.25, 0),
                        (c, r) -> -lsig(2 * (alphaPo(c, 0.25) - alphaPo(r, 0.25)) - 0.5),
                        true,
                        0),
                arm(new Tpo(Tpo.Kind.SIGMOID, 0.1), (c, r) -> -lsig(0.1 * (c - r)), false, 1),
                arm(new Tpo(Tpo.Kind.HINGE, 0.1), (c, r) -> Math.max(0, 1 - 0.1 * (c - r)), false, 1),
                arm(new Tpo(Tpo.Kind.IPO, 0.1), (c, r) -> Math.pow(c - r - 5, 2), true, 1),
                arm(
                        new Tpo(Tpo.Kind.TPO_L, 2, 0.1, 0.7, 0.5),
                        (c, r) -> -0.9 * lsig(2 * (c - r) - 0.7) - 0.1 * lsig(0.7 - 2 * (c - r)),
                        true,
                        0.5),
                arm(new Orpo(0.3), (c, r) -> -0.3 * lsig(logOdds(c, r)), true, 1));
    }

    private static List<PreferenceLoss> losses() {
        return formulas().map(arm -> (PreferenceLoss) arm.get()[0]).toList();
    }

    private static PairLogps pairs(Draws draws, int size) {
        long[] shape = {size};
        return new PairLogps(draws.uniform(-9, -0.5, shape), draws.uniform(-9, -0.5, shape))
                .withLengths(draws.uniform(1, 6, shape), draws.uniform(1, 6, shape))
                .withWeights(draws.uniform(0.2, 2, shape))
                .withNll(draws.of(new double[] {1.3}));
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void lossesFollowThePapers(PreferenceLoss loss, DoubleBinaryOperator formula, boolean perToken, double nll) {
        for (int size : new int[] {1, 2, 9}) {
            try (Draws draws = new Draws(size)) {
                PairLogps pairs = pairs(draws, size);
                double[] c = Tensors.toDoubles(pairs.chosenLogps());
                double[] r = Tensors.toDoubles(pairs.rejectedLogps());
                double[] nc = Tensors.toDoubles(pairs.lengths()[0]);
                double[] nr = Tensors.toDoubles(pairs.lengths()[1]);
                double[] weights = Tensors.toDoubles(pairs.pairWeights()[0]);
                double[] expected = new double[size];
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    expected[i] = weights[i]
                            * formula.applyAsDouble(perToken ? c[i] / nc[i] : c[i], perToken ? r[i] / nr[i] : r[i]);
                    sum += expected[i];
                }
                LossLaws.assertClose(loss.toString(), LossLaws.losses(loss, pairs), expected, 1e-12);
                assertThat(loss.loss(pairs).value()).isCloseTo(sum / size + nll * 1.3, within(1e-12));
                assertThat(loss.loss(pairs).metrics().get("nll_loss")).isEqualTo(1.3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsMemoryAndPrecisionHold(PreferenceLoss loss) {
        LossLaws.assertAll(loss, draws -> pairs(draws, 5), 3);
        LossLaws.assertAll(
                loss, draws -> pairs(draws, 1).withLengths(null, null).withWeights(null), 4);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void sumsWithLengthsAreMeansWithout(PreferenceLoss loss) {
        try (Draws draws = new Draws(5)) {
            PairLogps sums = new PairLogps(draws.vector(-4, -6), draws.vector(-3, -8))
                    .withLengths(draws.vector(2, 3), draws.vector(3, 2))
                    .withNll(draws.of(new double[] {1}));
            PairLogps means = new PairLogps(draws.vector(-2, -2), draws.vector(-1, -4)).withNll(sums.nll());
            boolean perToken =
                    !(loss.toString().contains("SIGMOID") || loss.toString().contains("HINGE"));
            LossLaws.assertClose(
                    loss.toString(),
                    LossLaws.losses(loss, sums),
                    LossLaws.losses(loss, perToken ? means : sums.withLengths(null, null)),
                    1e-12);
        }
    }

    @Test
    void limitsOfOneLossAreAnother() {
        try (Draws draws = new Draws(2)) {
            PairLogps means = pairs(draws, 5).withLengths(null, null);
            assertSame(new Simpo(0.7, 0), new Cpo(Cpo.Kind.SIGMOID, 0.7), means, 1e-12);
            assertSame(new Tpo(Tpo.Kind.TPO_L, 0.7), new Simpo(0.7, 0.5), means, 1e-12);
            assertSame(new Tpo(Tpo.Kind.IPO, 0.7), new Cpo(Cpo.Kind.IPO, 0.7), means, 1e-12);
            assertSame(new Cpo(Cpo.Kind.SIGMOID, 0.7, 0, 1e-7, 1), new Cpo(Cpo.Kind.SIGMOID, 0.7), means, 1e-5);
            NDArray zero = draws.vector(0, 0, 0, 0, 0);
            PairLogps uniform = new PairLogps(means.chosenLogps(), means.rejectedLogps(), zero, zero)
                    .withWeights(means.weights())
                    .withNll(means.nll());
            assertSame(new Dpo(0.7).plusNll(1), new Cpo(Cpo.Kind.SIGMOID, 0.7), uniform, 1e-12);
        }
    }

    private static void assertSame(PreferenceLoss a, PreferenceLoss b, PairLogps pairs, double tolerance) {
        LossGradients left = a.lossAndGradients(pairs);
        LossGradients right = b.lossAndGradients(pairs);
        LossLaws.assertClose(a.toString(), left.output().loss(), right.output().loss(), tolerance);
        LossLaws.assertClose(a.toString(), left.of("chosenLogps"), right.of("chosenLogps"), tolerance);
        LossLaws.assertClose(a.toString(), left.of("nll"), right.of("nll"), tolerance);
    }

    @Test
    void oddsHoldFromNearlyCertainToHopeless() {
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            try (Draws draws = new Draws(1, type)) {
                NDArray sure = draws.vector(-1e-6, -1e-6, -500);
                NDArray hopeless = draws.vector(-500, -1e-6, -800);
                NDArray nll = draws.of(new double[] {0});
                PairLogps pairs = new PairLogps(sure, hopeless).withNll(nll);
                LossLaws.assertFinite(new Orpo(0.1), pairs);
                LossLaws.assertFinite(new Orpo(0.1), new PairLogps(hopeless, sure).withNll(nll));
                assertThat(LossLaws.losses(new Orpo(0.1), pairs)[1]).isCloseTo(0.1 * Math.log(2), within(1e-7));
            }
        }
    }

    @Test
    void rewardsAreScaledLogProbabilities() {
        try (Draws draws = new Draws(1)) {
            PairLogps pairs = new PairLogps(draws.vector(-4, -6), draws.vector(-3, -8))
                    .withLengths(draws.vector(2, 3), draws.vector(3, 2));
            assertThat(Tensors.toDoubles(new Simpo(2, 1).rewards(pairs).chosen()))
                    .containsExactly(-4, -4);
            assertThat(Tensors.toDoubles(new Orpo(2).rewards(pairs).rejected())).containsExactly(-2, -8);
            assertThat(Tensors.toDoubles(
                            new Cpo(Cpo.Kind.HINGE, 2).rewards(pairs).rejected()))
                    .containsExactly(-6, -16);
            assertThat(Tensors.toDoubles(
                            new Tpo(Tpo.Kind.TPO_L, 2).rewards(pairs).rejected()))
                    .containsExactly(-2, -8);
            var metrics = new Simpo(2, 1).loss(pairs).metrics().toMap();
            assertThat(metrics).containsEntry("rewards/chosen", -4.0).containsEntry("rewards/margins", 1.0);
            assertThat(metrics).containsEntry("logps/chosen", -5.0).containsEntry("rewards/accuracies", 0.5);
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("beta", () -> new Cpo(Cpo.Kind.IPO, -1));
        LossLaws.assertRejects("labelSmoothing", () -> new Simpo(2, 0.5, 0.7, 0, 1));
        LossLaws.assertRejects("gamma", () -> new Simpo(2, -0.5));
        LossLaws.assertRejects("alpha", () -> new Simpo(2, 0.5, 0, Double.NaN, 1));
        LossLaws.assertRejects("nllWeight", () -> new Tpo(Tpo.Kind.HINGE, 2, 0, 0, -1));
        LossLaws.assertRejects("beta", () -> new Orpo(0));
        try (Draws draws = new Draws(1)) {
            NDArray two = draws.vector(-1, -2);
            NDArray nll = draws.of(new double[] {1});
            LossLaws.assertRejects(
                    "rejectedLogps",
                    () -> new Simpo(2, 0.5).loss(new PairLogps(two, draws.vector(-1, Double.NEGATIVE_INFINITY))));
            LossLaws.assertRejects(
                    "chosenLogps", () -> new Orpo(0.1).loss(new PairLogps(draws.vector(-1, 0), two).withNll(nll)));
            LossLaws.assertRejects("nll", () -> new Orpo(0.1).loss(new PairLogps(two, two)));
            LossLaws.assertRejects("nll", () -> new Simpo(2, 0.5).loss(new PairLogps(two, two).withNll(two)));
        }
    }
}
