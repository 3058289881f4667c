package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.preference.Consistency.Kind;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

class ConsistencyTest {

    private static double entropy(double p) {
        return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static UnlabelledPairs pairs(Draws draw, int size) {
        long[] shape = {size};
        return new UnlabelledPairs(
                        draw.normal(3, shape), draw.normal(3, shape), draw.normal(3, shape), draw.normal(3, shape))
                .withLengths(draw.uniform(1, 5, shape), draw.uniform(1, 5, shape))
                .withGenerativeLogits(draw.normal(shape));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void gradientsMemoryAndPrecisionHold(Kind kind) {
        LossLaws.assertAll(new Consistency(kind), draw -> new ModelLogits(draw.normal(3, 5)), 1);
        LossLaws.assertAll(new ConsistentDpo(0.7, 0.6, kind, 0), draw -> pairs(draw, 6), 2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void judgesAndResponsesAreExchangeable(Kind kind) {
        Consistency loss = new Consistency(kind);
        try (Draws draw = new Draws(3)) {
            NDArray z = draw.normal(2, new long[] {3, 7});
            double[] losses = LossLaws.losses(loss, new ModelLogits(z));
            assertClose(
                    "judges",
                    LossLaws.losses(loss, new ModelLogits(draw.permuted(z, new int[] {2, 0, 1}))),
                    losses,
                    1e-12);
            assertClose("responses", LossLaws.losses(loss, new ModelLogits(z.neg())), losses, 1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void extremeLogitsStayFiniteByTheTapeToo(Kind kind) {
        Consistency loss = new Consistency(kind);
        try (Draws draw = new Draws(4)) {
            ModelLogits judges =
                    new ModelLogits(draw.matrix(new double[][] {{40, 800, -800, 0, 1e4}, {40, -800, -800, 60, -1e4}}));
            LossLaws.assertFinite(loss, judges);
            NDArray leaf = Gradients.leaf(judges.logits());
            Gradients.backward(
                    Gradients.record(() -> loss.loss(new ModelLogits(leaf)).loss()));
            assertClose(
                    "tape", Gradients.of(leaf), loss.lossAndGradients(judges).of("logits"), 1e-12);
        }
    }

    @Test
    void equalJudgesAreConsistentAndPayForDoubtAlone() {
        try (Draws draw = new Draws(5)) {
            for (double p : new double[] {0.1, 0.5, 0.83}) {
                ModelLogits judges = new ModelLogits(draw.matrix(new double[][] {{logit(p)}, {logit(p)}}));
                assertThat(new Consistency(Kind.JENSEN_SHANNON).loss(judges).value())
                        .isCloseTo(0, within(1e-12));
                assertThat(new Consistency().loss(judges).value()).isCloseTo(entropy(p), within(1e-12));
                assertThat(new Consistency(Kind.AGREEMENT_NLL).loss(judges).value())
                        .isCloseTo(-Math.log(p * p + (1 - p) * (1 - p)), within(1e-12));
            }
        }
    }

    @Test
    void crossEntropyIsAtLeastTheMeanEntropy() {
        try (Draws draw = new Draws(6)) {
            NDArray z = draw.normal(2, new long[] {4, 20});
            double[] losses = LossLaws.losses(new Consistency(), new ModelLogits(z));
            double[] logits = Tensors.toDoubles(z);
            for (int b = 0; b < 20; b++) {
                double mean = 0;
                for (int m = 0; m < 4; m++) {
                    mean += entropy(1 / (1 + Math.exp(-logits[m * 20 + b]))) / 4;
                }
                assertThat(losses[b]).isGreaterThan(mean);
            }
        }
    }

    @Test
    void withAllKeptAndOneLabelItIsDpo() {
        try (Draws draw = new Draws(7)) {
            long[] shape = {5};
            NDArray reference = draw.normal(shape);
            NDArray ahead = reference.add(draw.uniform(1, 3, shape));
            UnlabelledPairs pairs = new UnlabelledPairs(ahead, reference, reference, reference)
                    .withGenerativeLogits(draw.uniform(0.5, 2, shape));
            ConsistentDpo loss = new ConsistentDpo(0.4, 0, Kind.CROSS_ENTROPY, 0);
            PairLogps labelled = new PairLogps(ahead, reference, reference, reference);
            assertThat(loss.loss(pairs).value())
                    .isCloseTo(new Dpo(0.4).loss(labelled).value(), within(1e-12));
            assertClose(
                    "gradient",
                    loss.lossAndGradients(pairs).of("logps1"),
                    new Dpo(0.4).lossAndGradients(labelled).of("chosenLogps"),
                    1e-12);
        }
    }

    @Test
    void swappingTheResponsesFlipsTheLabelsAndNothingElse() {
        try (Draws draw = new Draws(8)) {
            UnlabelledPairs pairs = pairs(draw, 9);
            NDArray generative = java.util.Objects.requireNonNull(pairs.generativeLogits());
            UnlabelledPairs swapped = new UnlabelledPairs(
                            pairs.logps2(), pairs.logps1(), pairs.refLogps2(), pairs.refLogps1())
                    .withLengths(pairs.lengths2(), pairs.lengths1())
                    .withGenerativeLogits(generative.neg());
            ConsistentDpo loss = new ConsistentDpo(0.5);
            assertThat(loss.loss(swapped).value()).isCloseTo(loss.loss(pairs).value(), within(1e-12));
            assertClose(
                    "labels",
                    loss.selection(swapped).label(),
                    loss.selection(pairs).label().neg(),
                    0);
        }
    }

    @Test
    void nothingKeptLeavesTheConsistencyLoss() {
        try (Draws draw = new Draws(9)) {
            NDArray zeros = draw.vector(0, 0);
            UnlabelledPairs pairs = new UnlabelledPairs(draw.vector(2, 1), zeros, zeros, zeros)
                    .withGenerativeLogits(draw.vector(-1, 0));
            ConsistentDpo loss = new ConsistentDpo(1, 0.5, Kind.JENSEN_SHANNON, 0);
            LossGradients result = loss.lossAndGradients(pairs);
            var metrics = result.output().metrics();
            assertThat(metrics.get("kept")).isZero();
            assertThat(metrics.get("dpo_loss")).isZero();
            assertThat(result.output().value()).isCloseTo(0.5 * metrics.get("consistency_loss"), within(1e-12));
            LossLaws.assertFinite(loss, pairs);
        }
    }

    @Test
    void aJudgeByPositionAloneIsUndecided() {
        try (Draws draw = new Draws(10)) {
            NDArray first = draw.normal(6);
            NDArray second = draw.normal(6);
            GenerativePreference preference = GenerativePreference.of(first, second, first, second);
            assertClose(
                    "probability",
                    Tensors.toDoubles(preference.probability()),
                    new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
                    1e-12);
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                GenerativePreference again = GenerativePreference.of(first, second, first, second);
                return List.of(again.probability(), again.order12(), again.order21());
            });
            assertRejects("order|second12", () -> GenerativePreference.of(first, draw.normal(5), first, second));
        }
    }

    @Test
    void implicitPreferenceIsTheSigmoidOfTheLogRatios() {
        try (Draws draw = new Draws(11)) {
            UnlabelledPairs pairs = new UnlabelledPairs(
                            draw.vector(-4), draw.vector(-9), draw.vector(-6), draw.vector(-8))
                    .withLengths(draw.vector(2), draw.vector(4));
            ImplicitPreference preference = ImplicitPreference.of(pairs, 0.5);
            assertThat(Tensors.toDoubles(preference.logit())[0]).isCloseTo(0.5 * (2 / 2.0 + 1 / 4.0), within(1e-12));
            assertThat(Tensors.toDoubles(preference.probability())[0])
                    .isCloseTo(1 / (1 + Math.exp(-0.625)), within(1e-12));
            assertThat(
                            Tensors.toDoubles(ImplicitPreference.of(pairs.withLengths(null, null), 0.5)
                                    .logit())[0])
                    .isCloseTo(1.5, within(1e-12));
        }
    }

    @Test
    void badInputIsRejectedByName() {
        assertRejects("beta", () -> new ConsistentDpo(0));
        assertRejects("consistencyWeight", () -> new ConsistentDpo(1, -1, Kind.CROSS_ENTROPY, 0));
        assertRejects("margin", () -> new ConsistentDpo(1, 1, Kind.CROSS_ENTROPY, 0.5));
        try (Draws draw = new Draws(12)) {
            UnlabelledPairs pairs = pairs(draw, 3);
            assertRejects("logits", () -> new Consistency().loss(new ModelLogits(draw.normal(1, 3))));
            assertRejects("logits", () -> new Consistency().loss(new ModelLogits(draw.normal(3))));
            assertRejects(
                    "logits",
                    () -> new Consistency().loss(new ModelLogits(draw.matrix(new double[][] {
                        {1}, {Double.POSITIVE_INFINITY}
                    }))));
            assertRejects(
                    "generativeLogits",
                    () -> new ConsistentDpo(1)
                            .loss(new UnlabelledPairs(
                                    pairs.logps1(), pairs.logps2(), pairs.refLogps1(), pairs.refLogps2())));
            assertRejects("lengths2", () -> ImplicitPreference.of(pairs.withLengths(pairs.lengths1(), null), 1));
            assertRejects(
                    "lengths1",
                    () -> ImplicitPreference.of(pairs.withLengths(draw.vector(0, 1, 1), pairs.lengths2()), 1));
            assertRejects("beta", () -> ImplicitPreference.of(pairs, -1));
        }
    }
}
