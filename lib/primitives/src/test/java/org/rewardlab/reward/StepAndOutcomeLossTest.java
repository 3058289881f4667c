package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** Losses of process and outcome reward models, token by token. */
class StepAndOutcomeLossTest {

    private static final int CLASSES = 3;

    private static StepLogits steps(Draws draws, int size) {
        NDArray labels =
                draws.replacedOutside(draws.ids(CLASSES, size, 4), draws.raggedMask(size, 4), StepLogits.UNLABELLED);
        return new StepLogits(draws.normal(2, new long[] {size, 4, CLASSES}), labels);
    }

    private static TokenLabels tokens(Draws draws, int size) {
        return new TokenLabels(draws.normal(2, new long[] {size, 4}), draws.flags(size, 4), draws.raggedMask(size, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void processLossIsCrossEntropyAtLabels(int size) {
        try (Draws draws = new Draws(size)) {
            StepLogits steps = steps(draws, size);
            double[] logits = Tensors.toDoubles(steps.logits());
            double[] labels = Tensors.toDoubles(steps.labels());
            double sum = 0;
            double right = 0;
            int labelled = 0;
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] < 0) {
                    continue;
                }
                double total = 0;
                int best = 0;
                for (int k = 0; k < CLASSES; k++) {
                    total += Math.exp(logits[i * CLASSES + k]);
                    best = logits[i * CLASSES + k] > logits[i * CLASSES + best] ? k : best;
                }
                sum += Math.log(total) - logits[i * CLASSES + (int) labels[i]];
                right += best == labels[i] ? 1 : 0;
                labelled++;
            }
            var output = new PrmTokenLoss().loss(steps);
            assertThat(output.value()).isCloseTo(sum / labelled, within(1e-12));
            assertThat(output.metrics().get("accuracy")).isCloseTo(right / labelled, within(1e-12));
            assertThat(output.losses().getShape()).isEqualTo(steps.labels().getShape());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void outcomeLossIsTheTokenMeanOfBinaryCrossEntropy(int size) {
        try (Draws draws = new Draws(size)) {
            TokenLabels tokens = tokens(draws, size);
            double[] logits = Tensors.toDoubles(tokens.logits());
            double[] labels = Tensors.toDoubles(tokens.labels());
            double[] expected = new double[logits.length];
            for (int i = 0; i < expected.length; i++) {
                double p = 1 / (1 + Math.exp(-logits[i]));
                expected[i] = labels[i] == 1 ? -Math.log(p) : -Math.log(1 - p);
            }
            NDArray losses = draws.of(expected, size, 4);
            var output = new OrmBce().loss(tokens);
            assertThat(output.value())
                    .isCloseTo(
                            Tensors.toDoubles(Aggregation.tokenMean().aggregate(losses, tokens.mask()))[0],
                            within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void gradientsMemoryAndPrecisionHold(int size) {
        LossLaws.assertAll(new PrmTokenLoss(), draws -> steps(draws, size), 3);
        LossLaws.assertAll(new OrmBce(), draws -> tokens(draws, size), 3);
    }

    @Test
    void aHeadThatStartsAtZeroLearnsByTheTapeToo() {
        try (Draws draws = new Draws(7)) {
            NDArray zeros = draws.of(new double[4], 2, 2);
            TokenLabels start = new TokenLabels(zeros, draws.matrix(new double[][] {{1, 1}, {0, 0}}), zeros.onesLike());
            RewardModelLoss<TokenLabels> taped = new OrmBce()::loss;
            for (RewardModelLoss<TokenLabels> loss : List.of(new OrmBce(), taped)) {
                assertThat(Tensors.toDoubles(loss.lossAndGradients(start).of("logits")))
                        .containsExactly(new double[] {-0.125, -0.125, 0.125, 0.125}, within(1e-12));
            }
        }
    }

    @Test
    void whatIsNotCountedMayBeAnything() {
        try (Draws draws = new Draws(7)) {
            TokenLabels tokens = tokens(draws, 3);
            LossGradients plain = new OrmBce().lossAndGradients(tokens);
            RewardModelLoss<TokenLabels> taped = new OrmBce()::loss;
            TokenLabels padded = new TokenLabels(
                    draws.padded(draws.replacedOutside(tokens.logits(), tokens.mask(), Double.NaN), 2, 1, Double.NaN),
                    draws.padded(draws.replacedOutside(tokens.labels(), tokens.mask(), -100), 2, 1, Double.NaN),
                    draws.padded(tokens.mask(), 2, 1, 0));
            for (RewardModelLoss<TokenLabels> loss : List.of(new OrmBce(), taped)) {
                LossGradients other = loss.lossAndGradients(padded);
                assertThat(other.output().value()).isCloseTo(plain.output().value(), within(1e-12));
                LossLaws.assertClose("gradient", other.of("logits"), draws.padded(plain.of("logits"), 2, 1, 0), 1e-12);
            }
            StepLogits steps = steps(draws, 2);
            double[] broken = Tensors.toDoubles(steps.logits());
            double[] labels = Tensors.toDoubles(steps.labels());
            for (int i = 0; i < broken.length; i++) {
                broken[i] = labels[i / CLASSES] < 0 ? Double.NaN : broken[i];
            }
            StepLogits holes = new StepLogits(draws.of(broken, 2, 4, CLASSES), steps.labels());
            RewardModelLoss<StepLogits> tapedSteps = new PrmTokenLoss()::loss;
            NDArray expected = new PrmTokenLoss().lossAndGradients(steps).of("logits");
            LossLaws.assertClose(
                    "prm", new PrmTokenLoss().lossAndGradients(holes).of("logits"), expected, 1e-12);
            LossLaws.assertClose("prm", tapedSteps.lossAndGradients(holes).of("logits"), expected, 1e-12);
        }
    }

    @Test
    void certainTokensOverflowNowhere() {
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            try (Draws draws = new Draws(1, type)) {
                NDArray logits = draws.matrix(new double[][] {{-4000, 4000, -4000, 4000}});
                NDArray labels = draws.matrix(new double[][] {{0, 1, 1, 0}});
                NDArray mask = draws.matrix(new double[][] {{1, 1, 1, 1}});
                LossLaws.assertFinite(new OrmBce(), new TokenLabels(logits, labels, mask));
                assertThat(LossLaws.losses(new OrmBce(), new TokenLabels(logits, labels, mask)))
                        .containsExactly(0, 0, 4000, 4000);
                LossLaws.assertFinite(
                        new PrmTokenLoss(),
                        new StepLogits(
                                draws.of(new double[] {-4000, 4000}, 1, 1, 2), draws.of(new double[] {0}, 1, 1)));
            }
        }
    }

    @Test
    void tiesCountForTheFirstClass() {
        try (Draws draws = new Draws(1)) {
            NDArray equal = draws.of(new double[6], 1, 2, 3);
            NDArray labels = draws.matrix(new double[][] {{0, 2}});
            assertThat(new PrmTokenLoss()
                            .loss(new StepLogits(equal, labels))
                            .metrics()
                            .get("accuracy"))
                    .isEqualTo(0.5);
        }
    }

    @Test
    void mistakesAreNamed() {
        try (Draws draws = new Draws(1)) {
            NDArray logits = draws.normal(1, 2, 3);
            PrmTokenLoss prm = new PrmTokenLoss();
            for (double label : new double[] {3, -1, 0.5, Double.NaN}) {
                NDArray labels = draws.matrix(new double[][] {{0, label}});
                LossLaws.assertRejects("labels", () -> prm.loss(new StepLogits(logits, labels)));
            }
            NDArray none = draws.matrix(new double[][] {{-100, -100}});
            LossLaws.assertRejects("labels", () -> prm.loss(new StepLogits(logits, none)));
            LossLaws.assertRejects("labels", () -> prm.loss(new StepLogits(logits, draws.normal(2, 2))));
            NDArray some = draws.matrix(new double[][] {{0, -100}});
            NDArray broken = draws.of(new double[] {Double.NaN, 0, 0, 0, 0, 0}, 1, 2, 3);
            LossLaws.assertRejects("logits", () -> prm.loss(new StepLogits(broken, some)));

            NDArray z = draws.normal(1, 2);
            NDArray ones = draws.matrix(new double[][] {{1, 1}});
            NDArray zeros = draws.matrix(new double[][] {{0, 0}});
            OrmBce orm = new OrmBce();
            LossLaws.assertRejects("mask", () -> orm.loss(new TokenLabels(z, ones, zeros)));
            LossLaws.assertRejects("mask", () -> orm.loss(new TokenLabels(z, ones, z)));
            LossLaws.assertRejects("labels", () -> orm.loss(new TokenLabels(z, z, ones)));
            LossLaws.assertRejects("labels", () -> orm.loss(new TokenLabels(z, draws.flags(1, 3), ones)));
            LossLaws.assertRejects(
                    "logits",
                    () -> orm.loss(new TokenLabels(draws.matrix(new double[][] {{0, Double.NaN}}), ones, ones)));
        }
    }
}
