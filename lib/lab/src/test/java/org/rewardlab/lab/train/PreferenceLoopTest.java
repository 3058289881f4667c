package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.preference.OnlinePreferenceLoss;
import org.rewardlab.preference.PreferenceLoss;

class PreferenceLoopTest {

    private static PreferenceLoop loop(CausalLm model) {
        return PreferenceLoop.of(model, LettersFixture.LETTERS)
                .prompts(LettersFixture.PROMPTS)
                .labels(PreferenceLabels.reward((prompt, text, row) -> LettersFixture.count(text)))
                .sampling(Sampling.of(4).stopAt(LettersFixture.LETTERS.endId()))
                .options(new PreferenceLoopOptions(12, 4, 0, 0, new FitOptions(1, 1024, 0, 1e-2, 0, 1)))
                .seed(5);
    }

    static Stream<UnaryOperator<PreferenceLoop>> kinds() {
        return Stream.of(
                online -> online,
                iterative -> iterative
                        .reference(PreferenceLoop.ReferenceRule.LAST_ROUND)
                        .loss(PreferenceLoss.ipo(0.3))
                        .options(new PreferenceLoopOptions(12, 3, 1, 1, new FitOptions(2, 8, 5, 5e-3, 0, 1))),
                judged -> judged.labels(PreferenceLabels.winRate(
                                (prompt, a, b) -> LettersFixture.count(a) > LettersFixture.count(b) ? 1 : 0.2))
                        .selection(PairSelection.margin(0.1)),
                exploring -> exploring
                        .onlineLoss(OnlinePreferenceLoss.xpo(0.3, 1e-4))
                        .selection(PairSelection.policyAgainstReference())
                        .options(new PreferenceLoopOptions(24, 1, 1, 0, new FitOptions(1, 1024, 0, 1e-2, 0, 1))),
                randomPairs -> randomPairs.selection(PairSelection.random()).loss(PreferenceLoss.simpo(2, 0.3)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfLoopLearnsWhatIsPreferred(UnaryOperator<PreferenceLoop> kind) {
        try (CausalLm model = LettersFixture.model(1)) {
            double before = letters(model);
            List<PreferenceRound> rounds = kind.apply(loop(model)).run(20);
            assertThat(letters(model)).isGreaterThan(before + 0.3);
            PreferenceRound first = rounds.get(0);
            assertThat(first.metrics()).containsKeys("pairs", "score_std", "loss", "rewards/margins", "grad_norm");
            assertThat(first.choices()).allSatisfy(pair -> {
                assertThat(pair.chosenScore()).isGreaterThan(pair.rejectedScore());
                assertThat(pair.chosen().logp()).isNegative();
            });
        }
    }

    @Test
    void anOnlineLossWantsOneResponseOfThePolicyAndOneOfTheReference() {
        try (CausalLm model = LettersFixture.model(1)) {
            PreferenceLoop exploring = loop(model).onlineLoss(OnlinePreferenceLoss.xpo(0.3, 1e-4));
            assertThatThrownBy(() -> exploring.run(1))
                    .hasMessageStartingWith("selection: expected pairs of a response");
            PreferenceRound round = exploring
                    .selection(PairSelection.policyAgainstReference())
                    .options(new PreferenceLoopOptions(12, 2, 2, 1, new FitOptions(1, 8, 3, 1e-3, 0, 1)))
                    .run(2)
                    .get(1);
            assertThat(round.choices())
                    .isNotEmpty()
                    .allSatisfy(pair -> assertThat(pair.chosen().fromReference())
                            .isNotEqualTo(pair.rejected().fromReference()));
            assertThat(round.metrics()).containsKeys("loss/dpo", "loss/xpo", "rewards/margins");
        }
    }

    /** How many letters a the policy writes on average. */
    static double letters(CausalLm model) {
        List<int[]> prompts = Collections.nCopies(300, LettersFixture.LETTERS.encode("bc"));
        return Sampler.sample(model, prompts, Sampling.of(4).stopAt(LettersFixture.LETTERS.endId()), 9).stream()
                .mapToLong(one -> LettersFixture.count(LettersFixture.LETTERS.decode(one.tokens())))
                .average()
                .orElseThrow();
    }

    @Test
    void theSameSeedGivesTheSameRounds() {
        double[] one = trained();
        assertThat(trained()).containsExactly(one);
    }

    private static double[] trained() {
        try (CausalLm model = LettersFixture.model(2)) {
            assertThat(loop(model).selection(PairSelection.bestAgainstRandom()).run(3))
                    .hasSize(3);
            return LettersFixture.numbers(model.parameters());
        }
    }

    @Test
    void implicitRewardsAreWhatThePolicyGainedOnItsReference() {
        Candidate gained = candidate(-1, -3);
        Candidate lost = candidate(-5, -4);
        assertThat(PreferenceLabels.implicitReward(0.5)
                        .score(
                                LettersFixture.PROMPTS
                                        .draw(1, new SplittableRandom(1))
                                        .get(0),
                                List.of(gained, lost)))
                .containsExactly(1, -0.5);
    }

    private static Candidate candidate(double logp, double refLogp) {
        return new Candidate(
                "a",
                new Completion(new int[] {2}, new int[] {2}, new double[1], new double[1], true),
                logp,
                refLogp,
                false);
    }

    @Test
    void selectionsPutTheBetterFirstAndLeaveTiesOut() {
        List<Candidate> four = List.of(candidate(0, 0), candidate(0, 0), candidate(0, 0), candidate(0, 0));
        double[] scores = {1, 4, Double.NaN, 2};
        SplittableRandom random = new SplittableRandom(3);
        assertThat(PairSelection.bestAgainstWorst().select(four, scores, random))
                .containsExactly(new PairSelection.Choice(1, 0));
        assertThat(PairSelection.margin(1.5).select(four, scores, random))
                .containsExactlyInAnyOrder(new PairSelection.Choice(1, 3), new PairSelection.Choice(1, 0));
        for (int i = 0; i < 20; i++) {
            assertThat(PairSelection.random().select(four, scores, random))
                    .hasSize(1)
                    .allSatisfy(pair -> assertThat(scores[pair.chosen()]).isGreaterThan(scores[pair.rejected()]));
            assertThat(PairSelection.bestAgainstRandom()
                            .select(four, scores, random)
                            .get(0)
                            .chosen())
                    .isEqualTo(1);
        }
        double[] equal = {1, 1, 1, Double.NaN};
        assertThat(PairSelection.bestAgainstWorst().select(four, equal, random)).isEmpty();
        assertThat(PairSelection.random().select(four, equal, random)).isEmpty();
    }

    @Test
    void aRoundInWhichAllIsEqualTeachesNothing() {
        try (CausalLm model = LettersFixture.model(1)) {
            double[] before = LettersFixture.numbers(model.parameters());
            List<PreferenceRound> rounds = loop(model)
                    .labels(PreferenceLabels.reward((prompt, text, row) -> 1))
                    .run(1);
            assertThat(rounds.get(0).metric("prompts_without_pair")).isEqualTo(12);
            assertThat(LettersFixture.numbers(model.parameters())).containsExactly(before);
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        try (CausalLm model = LettersFixture.model(1)) {
            PreferenceLoop bare = PreferenceLoop.of(model, LettersFixture.LETTERS);
            assertThatThrownBy(bare::start).hasMessageContaining("prompts(...)");
            assertThatThrownBy(() -> bare.prompts(LettersFixture.PROMPTS).start())
                    .hasMessageContaining("labels(...)");
            assertThatThrownBy(() ->
                            loop(model).labels((prompt, some) -> new double[1]).run(1))
                    .hasMessageContaining("labels");
            assertThatThrownBy(() -> new PreferenceLoopOptions(1, 1, 0, 0, FitOptions.standard()))
                    .hasMessageContaining("samples");
        }
    }
}
