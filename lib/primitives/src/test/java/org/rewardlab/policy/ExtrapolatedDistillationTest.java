package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.credit.InducedTokenRewards;
import org.rewardlab.policy.ExtrapolatedTeacher.Mode;
import org.rewardlab.policy.ExtrapolatedTeacher.Teaching;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Teachers that lie beyond a DPO model, and what their students learn. */
class ExtrapolatedDistillationTest {

    private static TwoModelBatch batch(Draws draws, int rows) {
        return new TwoModelBatch(
                draws.normal(rows, 3, 5), draws.normal(rows, 3, 5), draws.normal(rows, 3, 5), draws.mask(rows, 3));
    }

    private static ExtrapolatedDistillation distillation(Mode mode) {
        return new ExtrapolatedDistillation(new ExtrapolatedTeacher(mode, 0.1, mode.isAdaptive() ? 2 : 0.05));
    }

    private static NDArray logSoftmax(NDArray logits) {
        return logits.logSoftmax(-1);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void modelsThatAgreeTeachWhatTheyAre(Mode mode) {
        try (Draws draws = new Draws(1)) {
            NDArray logits = draws.normal(2, 3, 5);
            Teaching teaching = new ExtrapolatedTeacher(mode, 0.1, 5).teach(logits, logits);
            assertThat(Tensors.toDoubles(teaching.distances())).containsOnly(0);
            LossLaws.assertClose("teacher", teaching.logps(), logSoftmax(logits), 1e-12);
            double[] weights = Tensors.toDoubles(teaching.weights());
            double[] coefficients = Tensors.toDoubles(teaching.coefficients());
            assertThat(weights[0]).isCloseTo(mode.isAdaptive() ? 1e-3 : 0.02, within(1e-15));
            assertThat(coefficients[0]).isCloseTo(mode.isAdaptive() ? 100 : 5, within(1e-12));
        }
    }

    @Test
    void theRlhfTeacherRunsFromTheDpoModelToTheReference() {
        try (Draws draws = new Draws(2)) {
            NDArray dpo = draws.normal(2, 3, 5);
            NDArray ref = draws.normal(2, 3, 5);
            LossLaws.assertClose(
                    "strength beta",
                    new ExtrapolatedTeacher(Mode.RLHF, 0.1, 0.1).teach(dpo, ref).logps(),
                    logSoftmax(dpo),
                    1e-12);
            LossLaws.assertClose(
                    "large strength",
                    new ExtrapolatedTeacher(Mode.RLHF, 0.1, 1e9).teach(dpo, ref).logps(),
                    logSoftmax(ref),
                    1e-8);
        }
    }

    @Test
    void distanceTimesGainIsTheWeightAndTemperatureFlattens() {
        try (Draws draws = new Draws(3)) {
            NDArray dpo = draws.of(new double[] {Math.log(0.9), Math.log(0.1)}, 1, 1, 2);
            NDArray ref = draws.of(new double[] {Math.log(0.6), Math.log(0.4)}, 1, 1, 2);
            Teaching l1 = new ExtrapolatedTeacher(Mode.ADAPTIVE_CONTRASTIVE, 0.1, 10, 2, 1, 0).teach(dpo, ref);
            Teaching tv = new ExtrapolatedTeacher(Mode.ADAPTIVE_CONTRASTIVE, 0.1, 10, 2, 0.5, 0).teach(dpo, ref);
            assertThat(Tensors.toDoubles(l1.distances())[0]).isCloseTo(0.6, within(1e-12));
            assertThat(Tensors.toDoubles(tv.distances())[0]).isCloseTo(0.3, within(1e-12));
            assertThat(Tensors.toDoubles(l1.weights())[0]).isCloseTo(6, within(1e-12));
            assertThat(Tensors.toDoubles(l1.coefficients())[0]).isCloseTo(0.1 / 6, within(1e-12));
            double[] teacher = Tensors.toDoubles(l1.logps());
            double odds = (Math.log(9) + 6 * (Math.log(9) - Math.log(1.5))) / 2;
            assertThat(teacher[0] - teacher[1]).isCloseTo(odds, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aStudentThatIsTheTeacherLearnsNothing(Mode mode) {
        try (Draws draws = new Draws(4)) {
            TwoModelBatch drawn = batch(draws, 2);
            ExtrapolatedDistillation loss = distillation(mode);
            NDArray teacher =
                    loss.teacher().teach(drawn.dpoLogits(), drawn.refLogits()).logps();
            var result = loss.lossAndGradients(drawn.withDifferentiable(List.of(teacher)));
            assertThat(result.output().value()).isCloseTo(0, within(1e-12));
            LossLaws.assertClose("gradient", Tensors.toDoubles(result.of("studentLogits")), new double[30], 1e-12);
            assertThat(loss.loss(drawn).value()).isPositive();
        }
    }

    @Test
    void gradientsAddUpToNothingOverTheVocabulary() {
        try (Draws draws = new Draws(5)) {
            TwoModelBatch drawn = batch(draws, 3);
            double[] gradient = Tensors.toDoubles(
                    distillation(Mode.ADAPTIVE).lossAndGradients(drawn).of("studentLogits"));
            for (int i = 0; i < gradient.length; i += 5) {
                assertThat(Arrays.stream(gradient, i, i + 5).sum()).isCloseTo(0, within(1e-14));
            }
        }
    }

    @Test
    void theRlhfLossHasTheGradientOfTheRegularizedReward() {
        try (Draws draws = new Draws(6)) {
            TwoModelBatch b = batch(draws, 2);
            var loss = new ExtrapolatedDistillation(new ExtrapolatedTeacher(Mode.RLHF, 0.1, 0.05), false);
            double[] reward = Tensors.toDoubles(InducedTokenRewards.ofVocabulary(b.dpoLogits(), b.refLogits(), 0.1));
            double[] logp = Tensors.toDoubles(logSoftmax(b.studentLogits()));
            double[] logq = Tensors.toDoubles(logSoftmax(b.refLogits()));
            double[] mask = Tensors.toDoubles(b.mask());
            double[] expected = new double[30];
            for (int t = 0; t < 6; t++) {
                double mean = 0;
                for (int i = 5 * t; i < 5 * t + 5; i++) {
                    mean += Math.exp(logp[i]) * (0.05 * (logp[i] - logq[i]) - reward[i]);
                }
                for (int i = 5 * t; i < 5 * t + 5; i++) {
                    double one = 0.05 * (logp[i] - logq[i]) - reward[i];
                    expected[i] = mask[t] * Math.exp(logp[i]) * (one - mean) / 2;
                }
            }
            LossLaws.assertClose(
                    "gradient", Tensors.toDoubles(loss.lossAndGradients(b).of("studentLogits")), expected, 1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void gradientsMemoryAndPrecisionHold(Mode mode) {
        LossLaws.assertAll(distillation(mode), draws -> batch(draws, 3), 7);
        LossLaws.assertAll(
                new ExtrapolatedDistillation(distillation(mode).teacher(), false), draws -> batch(draws, 3), 7);
    }

    @Test
    void paddingReachesNeitherLossNorGradient() {
        try (Draws draws = new Draws(8)) {
            TwoModelBatch b = batch(draws, 3);
            NDArray wide = b.mask()
                    .expandDims(2)
                    .broadcast(b.studentLogits().getShape())
                    .duplicate();
            NDArray broken = draws.replacedOutside(b.studentLogits(), wide, Double.NaN);
            var clean = distillation(Mode.ADAPTIVE).lossAndGradients(b);
            var padded = distillation(Mode.ADAPTIVE).lossAndGradients(b.withDifferentiable(List.of(broken)));
            Loss<TwoModelBatch> byTape = batch -> distillation(Mode.ADAPTIVE).loss(batch); // knows no closed form
            var taped = byTape.lossAndGradients(b.withDifferentiable(List.of(broken)));
            assertThat(padded.output().value()).isEqualTo(clean.output().value());
            LossLaws.assertClose("closed", padded.of("studentLogits"), clean.of("studentLogits"), 0);
            LossLaws.assertClose("tape", taped.of("studentLogits"), clean.of("studentLogits"), 1e-12);
        }
    }

    @Test
    void anEmptyRowCountsNothingUnlessItsLengthDivides() {
        try (Draws draws = new Draws(9)) {
            TwoModelBatch b = batch(draws, 2);
            NDArray mask = draws.matrix(new double[][] {{1, 1, 1}, {0, 0, 0}});
            TwoModelBatch empty = new TwoModelBatch(b.studentLogits(), b.dpoLogits(), b.refLogits(), mask);
            ExtrapolatedTeacher teacher = distillation(Mode.RLHF).teacher();
            LossLaws.assertRejects("mask", () -> new ExtrapolatedDistillation(teacher).loss(empty));
            var output = new ExtrapolatedDistillation(teacher, false).loss(empty);
            double[] tokens = Tensors.toDoubles(output.losses());
            assertThat(output.value()).isCloseTo((tokens[0] + tokens[1] + tokens[2]) / 2, within(1e-12));
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("strength", () -> new ExtrapolatedTeacher(Mode.RLHF, 0.1, 0));
        LossLaws.assertRejects("beta", () -> new ExtrapolatedTeacher(Mode.RLHF, 0, 1));
        LossLaws.assertRejects("temperature", () -> new ExtrapolatedTeacher(Mode.RLHF, 1, 1, 0, 1, 0));
        LossLaws.assertRejects("tvdScale", () -> new ExtrapolatedTeacher(Mode.RLHF, 1, 1, 1, -1, 0));
        LossLaws.assertRejects("epsilon", () -> new ExtrapolatedTeacher(Mode.RLHF, 1, 1, 1, 1, -1));
        LossLaws.assertRejects("mode", () -> Mode.of("ppo"));
        try (Draws draws = new Draws(10)) {
            TwoModelBatch b = batch(draws, 2);
            ExtrapolatedDistillation loss = distillation(Mode.RLHF);
            NDArray other = draws.normal(2, 3, 4);
            LossLaws.assertRejects("refLogits", () -> loss.teacher().teach(b.dpoLogits(), other));
            LossLaws.assertRejects(
                    "dpoLogits", () -> loss.loss(new TwoModelBatch(b.studentLogits(), other, b.refLogits(), b.mask())));
            LossLaws.assertRejects(
                    "mask",
                    () -> loss.loss(
                            new TwoModelBatch(b.studentLogits(), b.dpoLogits(), b.refLogits(), draws.mask(2, 4))));
            double[] numbers = Tensors.toDoubles(b.studentLogits());
            numbers[0] = Double.NaN;
            NDArray broken = draws.of(numbers, 2, 3, 5);
            LossLaws.assertRejects("studentLogits", () -> loss.loss(b.withDifferentiable(List.of(broken))));
            LossLaws.assertRejects("dpoLogits", () -> loss.teacher().teach(broken, b.refLogits()));
        }
    }

    @Test
    void aTeacherLeavesNothingBehind() {
        try (Draws draws = new Draws(11)) {
            NDArray dpo = draws.normal(2, 3, 5);
            LiveArrays.assertNothingLeftBut(draws.manager(), () -> {
                Teaching t = new ExtrapolatedTeacher(Mode.ADAPTIVE, 0.1, 2).teach(dpo, dpo);
                return List.of(t.logps(), t.coefficients(), t.weights(), t.distances());
            });
        }
    }
}
