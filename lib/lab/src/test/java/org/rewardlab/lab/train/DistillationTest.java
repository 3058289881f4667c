package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.credit.MiniLlm;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.policy.GeneralizedJsd;
import org.rewardlab.policy.PolicyLoss;

class DistillationTest {

    private static CausalLm teacher() {
        CausalLm teacher = LettersFixture.model(7);
        Sft.of(teacher, LettersFixture.LETTERS)
                .on(LettersFixture.examples(120))
                .options(new FitOptions(15, 16, 0, 1e-2, 0, 1))
                .quiet()
                .run();
        return teacher;
    }

    private static Distillation distillation(CausalLm student, CausalLm teacher) {
        return Distillation.of(student, teacher, LettersFixture.LETTERS)
                .on(LettersFixture.examples(120))
                .sampling(Sampling.of(5).stopAt(LettersFixture.LETTERS.endId()))
                .options(new FitOptions(10, 16, 0, 1e-2, 0, 1))
                .quiet();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0", "1, 0", "0.5, 1", "1, 0.5"})
    void theStudentComesToSayWhatTheTeacherSays(double beta, double onPolicy) {
        try (CausalLm teacher = teacher();
                CausalLm student = LettersFixture.model(1)) {
            double[] before = LettersFixture.numbers(teacher.parameters());
            double first = distillation(student, teacher)
                    .loss(new GeneralizedJsd(beta, 1))
                    .onPolicy(onPolicy)
                    .options(new FitOptions(1, 120, 0, 1e-9, 0, 0))
                    .run()
                    .metric("loss");
            FitRun run = distillation(student, teacher)
                    .loss(new GeneralizedJsd(beta, 1))
                    .onPolicy(onPolicy)
                    .run();
            assertThat(run.metric("loss")).isLessThan(0.3 * first);
            assertThat(run.metric("on_policy")).isBetween(onPolicy == 1 ? 1 : 0.0, onPolicy == 0 ? 0 : 1.0);
            assertThat(LettersFixture.numbers(teacher.parameters())).containsExactly(before);
        }
    }

    @Test
    void microBatchesGiveTheSameLoss() {
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            try (CausalLm teacher = LettersFixture.model(7);
                    CausalLm student = LettersFixture.model(1)) {
                losses[i] = distillation(student, teacher)
                        .options(new FitOptions(2, 60, 7 * i, 1e-3, 0, 0))
                        .run()
                        .metric("loss");
            }
        }
        assertThat(losses[1]).isCloseTo(losses[0], within(1e-6)).isPositive();
    }

    @Test
    void miniLlmIsPolicyTrainingWithTheTeacherAsReference() {
        try (CausalLm teacher = teacher();
                CausalLm student = LettersFixture.model(1)) {
            PolicyTraining training = PolicyTraining.of(student, LettersFixture.LETTERS)
                    .prompts(LettersFixture.PROMPTS)
                    .reward("none", (prompt, completion, row) -> 0)
                    .reference(teacher)
                    .advantages(new MiniLlm())
                    .loss(PolicyLoss.reinforce())
                    .sampling(Sampling.of(5).stopAt(LettersFixture.LETTERS.endId()))
                    .learningRate(1e-2)
                    .seed(4);
            double first = 0;
            double last = 0;
            for (PolicyStep step : training.steps(40)) {
                first += step.number() <= 5 ? step.metric("kl") : 0;
                last += step.number() > 35 ? step.metric("kl") : 0;
            }
            assertThat(last).isLessThan(0.6 * first);
        }
    }

    @Test
    void vocabulariesOfOtherSizesAndSharesOutOfRangeAreRejected() {
        try (CausalLm student = LettersFixture.model(1);
                CausalLm other = CausalLm.create(TransformerConfig.of(9, 16, 1, 2, 12), 1)) {
            assertThatThrownBy(() -> Distillation.of(student, other, LettersFixture.LETTERS))
                    .hasMessageContaining("teacher");
            assertThatThrownBy(() -> distillation(student, student).onPolicy(1.5))
                    .hasMessageContaining("onPolicy");
            assertThatThrownBy(() -> Distillation.of(student, student, LettersFixture.LETTERS)
                            .run())
                    .hasMessageContaining("on(...)");
        }
    }
}
