package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** Paired losses with a reference against the formulas of the papers, written out for one pair of Java numbers. */
class PairedLossTest {

    /** A pair: its log-ratios to the reference, and the lengths of its responses. */
    private record Pair(double chosen, double rejected, double chosenLength, double rejectedLength) {}

    private static double lsig(double z) {
        return z < 0 ? z - Math.log1p(Math.exp(z)) : -Math.log1p(Math.exp(-z));
    }

    private static double sig(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static double square(double x) {
        return x * x;
    }

    private static double margin(Pair p, double beta) {
        return beta * (p.chosen - p.rejected);
    }

    private static Arguments arm(PreferenceLoss loss, Function<Pair, Double> formula) {
        return Arguments.of(loss, formula);
    }

    static Stream<Arguments> formulas() {
        return Stream.of(
                arm(new Dpo(0.1), p -> -lsig(margin(p, 0.1))),
                arm(new Dpo(0.7, 0.2), p -> -0.8 * lsig(margin(p, 0.7)) - 0.2 * lsig(-margin(p, 0.7))),
                arm(new RobustDpo(0.3, 0.2), p -> (-0.8 * lsig(margin(p, 0.3)) + 0.2 * lsig(-margin(p, 0.3))) / 0.6),
                arm(new Slic(0.3), p -> Math.max(0, 1 - margin(p, 0.3))),
                arm(new Ipo(0.4), p -> square(p.chosen / p.chosenLength - p.rejected / p.rejectedLength - 1 / 0.8)),
                arm(new SigmoidNorm(5), p -> -lsig(5 * (p.chosen / p.chosenLength - p.rejected / p.rejectedLength))),
                arm(new ExoPair(0.2, 0.05), p -> {
                    double z = margin(p, 0.2);
                    return sig(z) * (lsig(z) - Math.log(0.95)) + sig(-z) * (lsig(-z) - Math.log(0.05));
                }),
                arm(
                        new NcaPair(0.2),
                        p -> -lsig(0.2 * p.chosen) - 0.5 * lsig(-0.2 * p.chosen) - 0.5 * lsig(-0.2 * p.rejected)),
                arm(new BcoPair(0.2), p -> -lsig(0.2 * p.chosen) - lsig(-0.2 * p.rejected)),
                arm(new SppoHard(0.5), p -> square(p.chosen - 1) + square(p.rejected + 1)),
                arm(new ApoZero(0.3), p -> 1 - sig(0.3 * p.chosen) + sig(0.3 * p.rejected)),
                arm(new ApoDown(0.3), p -> sig(0.3 * p.chosen) + 1 - sig(margin(p, 0.3))),
                arm(new DiscoPop(0.2, 0.5), p -> {
                    double z = margin(p, 0.2);
                    double w = sig(z / 0.5);
                    return -lsig(z) * (1 - w) + Math.exp(-z) * w;
                }),
                arm(
                        new Dpo(0.1, 0, FDivergence.forwardKl()),
                        p -> -lsig(0.1 * (-Math.exp(-p.chosen) + Math.exp(-p.rejected)))),
                arm(
                        new ApoDown(0.3, FDivergence.jensenShannon()),
                        p -> sig(0.3 * p.chosen) + 1 - sig(0.3 * (lsig(p.chosen) - lsig(p.rejected)))),
                arm(
                        new SppoHard(0.5, FDivergence.alpha(0.3)),
                        p -> square(Math.exp(-0.7 * p.chosen) / -0.7 - 1)
                                + square(Math.exp(-0.7 * p.rejected) / -0.7 + 1)));
    }

    private static List<PreferenceLoss> losses() {
        List<PreferenceLoss> losses = new ArrayList<>();
        formulas().forEach(arm -> losses.add((PreferenceLoss) arm.get()[0]));
        losses.add(new Aot(0.3, 0.1, true));
        losses.add(new Aot(0.3, 0.1, false));
        losses.add(new Ipo(0.3, FDivergence.jensenShannon()));
        losses.add(new CombinedPreference(List.of(new Dpo(0.2), new BcoPair(0.2)), List.of(0.8, 0.3)));
        losses.add(new Dpo(0.2).plusNll(0.5));
        losses.add(new CombinedPreference(List.of(new Dpo(0.2).plusNll(2), new Aot(0.2, 0, true)), List.of(1.0, 2.0)));
        return losses;
    }

    private static PairLogps pairs(Draws draws, int size) {
        long[] shape = {size};
        return new PairLogps(
                        draws.normal(2, shape), draws.normal(2, shape), draws.normal(2, shape), draws.normal(2, shape))
                .withLengths(draws.uniform(1, 6, shape), draws.uniform(1, 6, shape))
                .withNll(draws.of(new double[] {1.3}));
    }

    private static PairLogps weighted(Draws draws, int size) {
        return pairs(draws, size).withWeights(draws.uniform(0.2, 2, new long[] {size}));
    }

    @Test
    void fewPairsInJavaAndManyInOneScriptAgreeWithTheTape() {
        for (int size : new int[] {6, 1500}) {
            try (Draws draws = new Draws(size)) {
                LossLaws.assertClosedFormIsTaped(new Dpo(0.1), pairs(draws, size));
                LossLaws.assertClosedFormIsTaped(new Dpo(0.7, 0.2), pairs(draws, size));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void lossesFollowThePapers(PreferenceLoss loss, Function<Pair, Double> formula) {
        for (int size : new int[] {1, 2, 9}) {
            try (Draws draws = new Draws(size)) {
                PairLogps pairs = weighted(draws, size);
                double[] c = Tensors.toDoubles(pairs.chosenLogps().sub(pairs.refChosenLogps()));
                double[] r = Tensors.toDoubles(pairs.rejectedLogps().sub(pairs.refRejectedLogps()));
                double[] nc = Tensors.toDoubles(pairs.lengths()[0]);
                double[] nr = Tensors.toDoubles(pairs.lengths()[1]);
                double[] weights = Tensors.toDoubles(pairs.pairWeights()[0]);
                double[] expected = new double[size];
                for (int i = 0; i < size; i++) {
                    expected[i] = weights[i] * formula.apply(new Pair(c[i], r[i], nc[i], nr[i]));
                }
                LossLaws.assertClose(loss.toString(), LossLaws.losses(loss, pairs), expected, 1e-12);
                assertThat(loss.loss(pairs).value())
                        .isCloseTo(Arrays.stream(expected).average().orElseThrow(), within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsMemoryAndPrecisionHold(PreferenceLoss loss) {
        boolean sorts = loss.toString().contains("Aot");
        LossLaws.assertAll(loss, draws -> sorts ? pairs(draws, 6) : weighted(draws, 6), 3);
        LossLaws.assertAll(loss, draws -> pairs(draws, 1).withLengths(null, null), 4);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theOrderOfTheBatchDoesNotMatter(PreferenceLoss loss) {
        try (Draws draws = new Draws(5)) {
            PairLogps pairs = pairs(draws, 7);
            int[] order = draws.permutation(7);
            PairLogps moved = new PairLogps(
                    draws.permuted(pairs.chosenLogps(), order),
                    draws.permuted(pairs.rejectedLogps(), order),
                    draws.permuted(pairs.withReference()[2], order),
                    draws.permuted(pairs.withReference()[3], order),
                    draws.permuted(pairs.lengths()[0], order),
                    draws.permuted(pairs.lengths()[1], order),
                    null,
                    pairs.nll());
            LossGradients before = loss.lossAndGradients(pairs);
            LossGradients after = loss.lossAndGradients(moved);
            assertThat(after.output().value()).isCloseTo(before.output().value(), within(1e-12));
            LossLaws.assertClose(
                    loss.toString(), after.of("chosenLogps"), draws.permuted(before.of("chosenLogps"), order), 1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void pairsFarApartOverflowNowhere(PreferenceLoss loss) {
        if (loss.toString().contains("FORWARD_KL") || loss.toString().contains("ALPHA")) {
            return; // these scores are exponentials by definition
        }
        for (var type : List.of(ai.djl.ndarray.types.DataType.FLOAT32, ai.djl.ndarray.types.DataType.FLOAT64)) {
            try (Draws draws = new Draws(1, type)) {
                NDArray low = draws.vector(-3000, 0, -1e-8);
                NDArray high = draws.vector(0, -3000, -50);
                NDArray nll = draws.of(new double[] {1});
                LossLaws.assertFinite(loss, new PairLogps(low, high, high, low).withNll(nll));
                LossLaws.assertFinite(loss, new PairLogps(high, low, low, high).withNll(nll));
            }
        }
    }

    @Test
    void atTheReferenceDpoIsLogTwoAndPullsByHalfBeta() {
        try (Draws draws = new Draws(1)) {
            NDArray c = draws.logps(4);
            NDArray r = draws.logps(4);
            LossGradients at = new Dpo(0.3).lossAndGradients(new PairLogps(c, r, c, r));
            assertThat(at.output().value()).isCloseTo(Math.log(2), within(1e-12));
            assertThat(Tensors.toDoubles(at.of("chosenLogps"))).containsOnly(-0.3 / 2 / 4);
            assertThat(Tensors.toDoubles(at.of("rejectedLogps"))).containsOnly(0.3 / 2 / 4);
            assertThat(at.output().metrics().get("rewards/accuracies")).isZero();
        }
    }

    @Test
    void limitsOfOneLossAreAnother() {
        try (Draws draws = new Draws(2)) {
            PairLogps pairs = pairs(draws, 5).withLengths(null, null);
            PairLogps one = pairs(draws, 1);
            assertSame(new RobustDpo(0.4, 0), new Dpo(0.4), pairs);
            assertSame(new SigmoidNorm(0.4), new Dpo(0.4), pairs);
            assertSame(new Dpo(0.4, 0.1, FDivergence.alpha(1 + 1e-7)), new Dpo(0.4, 0.1), pairs);
            assertSame(new Aot(0.4, 0.1, true), new Dpo(0.4, 0.1), one);
            assertSame(new Aot(0.4, 0.1, false), new Dpo(0.4, 0.1), one);
            assertSame(new CombinedPreference(List.of(new Ipo(0.4)), List.of(1.0)), new Ipo(0.4), pairs);
            assertSame(new Dpo(0.4).plusNll(0), new Dpo(0.4), pairs);
        }
    }

    private static void assertSame(PreferenceLoss a, PreferenceLoss b, PairLogps pairs) {
        LossGradients left = a.lossAndGradients(pairs);
        LossGradients right = b.lossAndGradients(pairs);
        LossLaws.assertClose(
                a.toString(), left.output().losses(), right.output().losses(), 1e-12);
        LossLaws.assertClose(a.toString(), left.of("chosenLogps"), right.of("chosenLogps"), 1e-12);
        LossLaws.assertClose(a.toString(), left.of("nll"), right.of("nll"), 1e-12);
    }

    @Test
    void unpairedTransportDoesNotCareWhoIsPairedWithWhom() {
        try (Draws draws = new Draws(6)) {
            PairLogps pairs = pairs(draws, 6);
            int[] order = {3, 4, 5, 0, 1, 2};
            PairLogps other = new PairLogps(
                    pairs.chosenLogps(),
                    draws.permuted(pairs.rejectedLogps(), order),
                    pairs.withReference()[2],
                    draws.permuted(pairs.withReference()[3], order));
            assertThat(LossLaws.losses(new Aot(0.3, 0, false), other))
                    .containsExactly(LossLaws.losses(new Aot(0.3, 0, false), pairs));
            assertThat(LossLaws.losses(new Aot(0.3, 0, true), other))
                    .isNotEqualTo(LossLaws.losses(new Aot(0.3, 0, true), pairs));
        }
    }

    @Test
    void metricsAreTheImplicitRewardsUndividedByLength() {
        try (Draws draws = new Draws(1)) {
            PairLogps pairs = new PairLogps(
                            draws.vector(-1, -4), draws.vector(-2, -3), draws.vector(-2, -2), draws.vector(-2, -4))
                    .withLengths(draws.vector(2, 4), draws.vector(3, 5));
            var metrics = new Ipo(0.5).loss(pairs).metrics().toMap();
            assertThat(metrics)
                    .containsEntry("rewards/chosen", -0.25)
                    .containsEntry("rewards/rejected", 0.25)
                    .containsEntry("rewards/accuracies", 0.5)
                    .containsEntry("rewards/margins", -0.5)
                    .containsEntry("logps/chosen", -2.5)
                    .containsEntry("logps/rejected", -2.5);
            assertThat(Tensors.toDoubles(ImplicitRewards.of(pairs, 0.5).chosen()))
                    .containsExactly(0.5, -1);
            assertThat(new Dpo(0.1)
                            .plusNll(2)
                            .loss(pairs.withNll(draws.of(new double[] {0.75})))
                            .metrics()
                            .get("nll_loss"))
                    .isEqualTo(0.75);
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("beta", () -> new Dpo(0));
        LossLaws.assertRejects("beta", () -> new ApoZero(Double.NaN));
        LossLaws.assertRejects("labelSmoothing", () -> new Dpo(0.1, 0.6));
        LossLaws.assertRejects("labelSmoothing", () -> new RobustDpo(0.1, 0.5));
        LossLaws.assertRejects("labelSmoothing", () -> new ExoPair(0.1, 0));
        LossLaws.assertRejects("labelSmoothing", () -> new ExoPair(0.1, 1));
        LossLaws.assertRejects("labelSmoothing", () -> new Aot(0.1, -0.1, true));
        LossLaws.assertRejects("tau", () -> new DiscoPop(0.1, 0));
        LossLaws.assertRejects("weights", () -> PreferenceLoss.combined(List.of(new Dpo(1)), List.of(1.0, 2.0)));
        LossLaws.assertRejects("parts", () -> PreferenceLoss.combined(List.of(), List.of()));
        try (Draws draws = new Draws(1)) {
            PairLogps pairs = pairs(draws, 3).withNll(null);
            NDArray[] logps = pairs.withReference();
            NDArray two = draws.logps(2);
            NDArray broken = draws.vector(-1, Double.NaN, -2);
            Dpo dpo = new Dpo(0.1);
            LossLaws.assertRejects("refChosenLogps", () -> dpo.loss(new PairLogps(logps[0], logps[1])));
            LossLaws.assertRejects("rejectedLogps", () -> dpo.loss(new PairLogps(logps[0], two, logps[2], logps[3])));
            LossLaws.assertRejects(
                    "refRejectedLogps", () -> dpo.loss(new PairLogps(logps[0], logps[1], logps[2], broken)));
            LossLaws.assertRejects("chosenLogps", () -> dpo.loss(new PairLogps(draws.logps(0), two, two, two)));
            LossLaws.assertRejects(
                    "chosenLogps", () -> dpo.loss(new PairLogps(draws.logps(3, 1), logps[1], logps[2], logps[3])));
            LossLaws.assertRejects(
                    "rejectedLengths",
                    () -> new Ipo(0.1).loss(pairs.withLengths(draws.vector(1, 2, 3), draws.vector(1, 0, 3))));
            LossLaws.assertRejects(
                    "rejectedLengths", () -> new Ipo(0.1).loss(pairs.withLengths(draws.vector(1, 2, 3), null)));
            LossLaws.assertRejects("chosenLengths", () -> dpo.loss(pairs.withLengths(two, draws.vector(1, 2, 3))));
            LossLaws.assertRejects("weights", () -> dpo.loss(pairs.withWeights(two)));
            LossLaws.assertRejects(
                    "weights", () -> new Aot(0.1, 0, true).loss(pairs.withWeights(draws.vector(1, 1, 1))));
            LossLaws.assertRejects("nll", () -> dpo.plusNll(1).loss(pairs));
            LossLaws.assertRejects("nll", () -> dpo.plusNll(1).loss(pairs.withNll(two)));
        }
    }
}
