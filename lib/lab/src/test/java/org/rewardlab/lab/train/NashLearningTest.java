package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.preference.OnlinePreferenceLoss;

class NashLearningTest {

    private static NashLearning learning(CausalLm model, double mixture) {
        return NashLearning.of(
                        model,
                        LettersFixture.LETTERS,
                        LettersFixture.PROMPTS,
                        (prompt, a, b) -> 0.5 + 0.125 * (LettersFixture.count(a) - LettersFixture.count(b)),
                        OnlinePreferenceLoss.nashMd(0.02),
                        new NashLearning.Options(32, mixture, 1e-2, 1))
                .withSampling(Sampling.of(4).stopAt(LettersFixture.LETTERS.endId()))
                .withSeed(7);
    }

    @Test
    void thePolicyLearnsToBeatItsMixtureWithTheStart() {
        for (double mixture : new double[] {0.5, 1}) {
            try (CausalLm model = LettersFixture.model(1)) {
                double before = PreferenceLoopTest.letters(model);
                List<PreferenceRound> rounds = learning(model, mixture).run(30);
                assertThat(PreferenceLoopTest.letters(model)).isGreaterThan(before + 0.3);
                assertThat(rounds).hasSize(30);
                assertThat(rounds.get(29).metrics())
                        .containsKeys("win_rate", "kl", "loss/score", "loss/kl", "grad_norm");
                assertThat(rounds.stream()
                                .skip(20)
                                .mapToDouble(round -> round.metric("win_rate"))
                                .average()
                                .orElseThrow())
                        .isGreaterThan(0.5);
                assertThat(rounds.get(0).choices())
                        .hasSize(32)
                        .allSatisfy(
                                pair -> assertThat(pair.chosenScore()).isGreaterThanOrEqualTo(pair.rejectedScore()));
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameRounds() {
        double[] one = trained();
        assertThat(trained()).containsExactly(one);
    }

    private static double[] trained() {
        try (CausalLm model = LettersFixture.model(2)) {
            assertThat(learning(model, 0.5).run(2)).hasSize(2);
            return LettersFixture.numbers(model.parameters());
        }
    }

    @Test
    void anInterruptEndsItBetweenTwoRounds() {
        try (CausalLm model = LettersFixture.model(2)) {
            Thread.currentThread().interrupt();
            assertThat(learning(model, 0.5).run(2)).isEmpty();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void badNumbersAreNamed() {
        assertThatThrownBy(() -> new NashLearning.Options(4, 1.5, 1e-3, 1)).hasMessageContaining("mixture");
        try (CausalLm model = LettersFixture.model(2)) {
            NashLearning learning = learning(model, 0.5);
            NashLearning shouting = new NashLearning(
                    model,
                    learning.tokenizer(),
                    learning.prompts(),
                    (prompt, a, b) -> 2,
                    learning.loss(),
                    learning.sampling(),
                    learning.options(),
                    1);
            assertThatThrownBy(() -> shouting.run(1)).hasMessageContaining("judge");
        }
    }
}
