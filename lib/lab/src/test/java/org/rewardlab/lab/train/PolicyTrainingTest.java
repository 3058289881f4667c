package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.KlPenalizedRewards;
import org.rewardlab.credit.MultiRewardEstimator;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.CharTokenizer;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.tensor.Tensors;

class PolicyTrainingTest {

    static final Tokenizer LETTERS = CharTokenizer.of("abcd");
    static final PromptSource PROMPTS = PromptSource.of(List.of(new Prompt("a"), new Prompt("bc"), new Prompt("dab")));

    static CausalLm model(long seed) {
        return CausalLm.create(TransformerConfig.of(LETTERS.size(), 16, 1, 2, 12), seed);
    }

    static PolicyTraining training(CausalLm model) {
        return PolicyTraining.of(model, LETTERS)
                .prompts(PROMPTS)
                .reward(
                        "letter a",
                        (prompt, completion, row) ->
                                0.25 * completion.chars().filter(c -> c == 'a').count())
                .promptsPerStep(6)
                .samples(6)
                .learningRate(1e-2)
                .sampling(Sampling.of(4).stopAt(LETTERS.endId()))
                .seed(3);
    }

    static Stream<Function<CausalLm, PolicyTraining>> mixtures() {
        return Stream.of(
                PolicyTrainingTest::training,
                model -> training(model)
                        .advantages(AdvantageEstimator.groupCentred())
                        .loss(PolicyLoss.reinforce())
                        .kl(KlEstimator.k2(), KlController.adaptive(0.02, 0.1, 100)),
                model -> training(model)
                        .critic(ValueModel.from(model))
                        .advantages(AdvantageEstimator.gae(1, 0.95))
                        .credit(new KlPenalizedRewards(0.02))
                        .options(new PolicyOptions(6, 6, 2, 12, 1e-2, 1e-2, 1)),
                model -> training(model)
                        .advantages(
                                rollouts -> AdvantageEstimator.groupCentred().estimate(rollouts))
                        .equalGroups(PolicyTraining.EqualGroups.FILTER),
                model -> training(model)
                        .reward("brief", (prompt, completion, row) -> -1e-3 * completion.length())
                        .rewardAdvantages(MultiRewardEstimator.normalizeThenSum(6)),
                model -> training(model)
                        .loss(PolicyLoss.gspo(0.2, 0.2))
                        .equalGroups(PolicyTraining.EqualGroups.RESAMPLE));
    }

    @ParameterizedTest
    @MethodSource("mixtures")
    void anyMixtureOfPartsLearnsToPleaseTheReward(Function<CausalLm, PolicyTraining> mixture) {
        PolicyTraining setup = mixture.apply(model(1));
        List<Double> rewards = new ArrayList<>();
        for (PolicyStep step : setup.steps(25)) {
            rewards.add(step.metric("reward"));
            assertThat(step.metric("grad_norm")).isFinite();
            assertThat(step.metric("sampling/sampling_logp_difference/max")).isLessThan(1e-4);
        }
        double first =
                rewards.subList(0, 5).stream().mapToDouble(r -> r).average().orElseThrow();
        double last =
                rewards.subList(20, 25).stream().mapToDouble(r -> r).average().orElseThrow();
        assertThat(last).isGreaterThan(first + 0.2);
    }

    @Test
    void aStepShowsEverything() {
        PolicyStep step = training(model(2)).start().step();
        assertThat(step.samples()).hasSize(36);
        for (ScoredCompletion sample : step.samples()) {
            int n = sample.tokens().length();
            assertThat(sample.logps()).hasSize(n);
            assertThat(sample.refLogps()).containsExactly(sample.logps());
            assertThat(sample.kl()).containsExactly(new double[n]);
            assertThat(sample.advantages()).hasSize(n);
            assertThat(sample.tokenRewards()[n - 1]).isCloseTo(sample.reward(), within(1e-6));
            assertThat(sample.rewards()).containsEntry("letter a", sample.reward());
        }
        assertThat(step.metrics())
                .containsKeys("reward", "reward_std", "rewards/letter a/mean", "frac_reward_zero_std", "kl", "entropy");
        assertThat(step.completions().columnNames())
                .containsExactly("prompt", "completion", "letter a", "reward", "advantage", "tokens");
    }

    @Test
    void rewardsThatDoNotApplyAreLeftOut() {
        PolicyStep step = training(model(2))
                .reward("never", (prompt, completion, row) -> null)
                .reward("for a", (prompt, completion, row) -> prompt.equals("a") ? 10 : null, 0.5)
                .start()
                .step();
        for (ScoredCompletion sample : step.samples()) {
            assertThat(sample.rewards().get("never")).isNaN();
            double extra = sample.prompt().text().equals("a") ? 5 : 0;
            assertThat(sample.reward())
                    .isCloseTo(sample.rewards().getOrDefault("letter a", Double.NaN) + extra, within(1e-9));
        }
        PolicyStep unscored = training(model(2))
                .reward("letter a", (prompt, completion, row) -> null, 0)
                .start()
                .step();
        assertThat(unscored.metric("rewards/letter a/mean")).isNaN();
    }

    /** Of six answers to each prompt, those without a letter a are not judged at all. */
    private static PolicyTraining seldomJudged(CausalLm model) {
        return PolicyTraining.of(model, LETTERS)
                .prompts(PROMPTS)
                .reward("judged", (prompt, text, row) -> text.contains("a") ? 0.25 * text.length() : null)
                .promptsPerStep(6)
                .samples(6)
                .sampling(Sampling.of(4).stopAt(LETTERS.endId()))
                .seed(3);
    }

    @Test
    void aCompletionThatNobodyScoredIsNoPartOfItsGroup() {
        try (CausalLm model = model(2)) {
            List<ScoredCompletion> samples = seldomJudged(model)
                    .advantages(AdvantageEstimator.groupCentred())
                    .start()
                    .step()
                    .samples();
            for (int group = 0; group < 36; group += 6) {
                List<ScoredCompletion> rows = samples.subList(group, group + 6);
                double[] judged = rows.stream()
                        .mapToDouble(ScoredCompletion::reward)
                        .filter(reward -> !Double.isNaN(reward))
                        .toArray();
                double mean = Arrays.stream(judged).average().orElse(Double.NaN);
                for (ScoredCompletion row : rows) {
                    double expected =
                            Double.isNaN(row.reward()) ? 0 : judged.length == 1 ? judged[0] : row.reward() - mean;
                    assertThat(row.advantages()[0]).isCloseTo(expected, within(1e-6));
                }
            }
            assertThat(samples).anyMatch(row -> Double.isNaN(row.reward()));
        }
    }

    @Test
    void aStepInWhichNothingIsScoredChangesNothing() {
        try (CausalLm model = model(2);
                ValueModel critic = ValueModel.from(model)) {
            double[] before = LettersFixture.numbers(model.parameters());
            PolicyStep step = PolicyTraining.of(model, LETTERS)
                    .prompts(PROMPTS)
                    .reward("judged", (prompt, text, row) -> null)
                    .sampling(Sampling.of(4).stopAt(LETTERS.endId()))
                    .critic(critic)
                    .advantages(AdvantageEstimator.gae(1, 1))
                    .credit(CreditAssignment.uniform())
                    .start()
                    .step();
            assertThat(step.metric("grad_norm")).isZero();
            assertThat(LettersFixture.numbers(model.parameters())).containsExactly(before);
        }
    }

    @Test
    void anEstimatorOfSeveralRewardsSeesEachByItself() {
        List<double[][]> seen = new ArrayList<>();
        PolicyStep step = training(model(2))
                .reward("for a", (prompt, completion, row) -> prompt.equals("a") ? 10 : null, 0.5)
                .rewardAdvantages(table -> {
                    seen.add(Tensors.toRows(table.rewards()));
                    assertThat(Tensors.toDoubles(table.weights())).containsExactly(1, 0.5);
                    return MultiRewardEstimator.normalizeThenSum(6).estimate(table);
                })
                .start()
                .step();
        double[][] table = seen.get(0);
        assertThat(table).hasNumberOfRows(36);
        for (int row = 0; row < table.length; row++) {
            ScoredCompletion sample = step.samples().get(row);
            assertThat(table[row][0]).isCloseTo(sample.rewards().get("letter a"), within(1e-6));
            assertThat(table[row][1]).isEqualTo(sample.rewards().get("for a"));
            for (double advantage : sample.advantages()) {
                assertThat(advantage).isEqualTo(sample.advantages()[0]);
            }
        }
        assertThat(step.metric("grad_norm")).isPositive();
    }

    @Test
    void withOneRewardSumThenNormalizeIsGroupRelative() {
        PolicyStep plain = training(model(2)).start().step();
        PolicyStep several = training(model(2))
                .rewardAdvantages(MultiRewardEstimator.sumThenNormalize(6))
                .start()
                .step();
        for (int row = 0; row < 36; row++) {
            assertThat(several.samples().get(row).advantages()[0])
                    .isCloseTo(plain.samples().get(row).advantages()[0], within(5e-3));
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        double[] one = run();
        assertThat(run()).containsExactly(one);
    }

    private static double[] run() {
        try (CausalLm model = model(5)) {
            for (PolicyStep step : training(model).steps(3)) {
                assertThat(step.number()).isPositive();
            }
            return Tensors.toDoubles(model.weight("model.embed_tokens.weight"));
        }
    }

    @Test
    void groupsAreEqualByTheOutcomeWhateverShapesIt() {
        PolicyTraining shaped = training(model(2))
                .reward("outcome", (prompt, completion, row) -> prompt.equals("a") ? completion.length() : 1);
        PolicyStep counted = shaped.equalGroups(PolicyTraining.EqualGroups.KEEP, "outcome")
                .start()
                .step();
        assertThat(counted.metric("frac_reward_zero_std")).isGreaterThan(0.5);
        assertThat(counted.metric("grad_norm")).isPositive();
        PolicyStep filtered = shaped.equalGroups(PolicyTraining.EqualGroups.FILTER, "outcome")
                .start()
                .step();
        assertThat(filtered.metric("frac_reward_zero_std")).isEqualTo(counted.metric("frac_reward_zero_std"));
        assertThat(filtered.metric("grad_norm")).isNotEqualTo(counted.metric("grad_norm"));
        assertThatThrownBy(() -> shaped.equalGroups(PolicyTraining.EqualGroups.FILTER, "absent")
                        .start())
                .hasMessageContaining("outcome");
    }

    @Test
    void ratesRiseOverTheWarmup() {
        double[] lengths = new double[2];
        for (int i = 0; i < 2; i++) {
            try (CausalLm model = model(5)) {
                double[] before = LettersFixture.numbers(model.parameters());
                List<Double> rates = new ArrayList<>();
                PolicyOptions options = new PolicyOptions(6, 6, 2, 18, 1e-3, 1e-3, 1).withWarmup(i == 0 ? 0 : 8);
                for (PolicyStep step : training(model).options(options).steps(1)) {
                    rates.add(step.metric("learning_rate"));
                }
                double[] after = LettersFixture.numbers(model.parameters());
                for (int k = 0; k < before.length; k++) {
                    lengths[i] += Math.abs(after[k] - before[k]);
                }
                assertThat(rates.get(0)).isCloseTo(i == 0 ? 1e-3 : 1e-3 / 8, within(1e-12));
            }
        }
        assertThat(lengths[1] / lengths[0]).isBetween(0.15, 0.6); // four updates of 1/8 to 4/8
        assertThatThrownBy(() -> PolicyOptions.standard().withWarmup(-1)).hasMessageContaining("warmup");
    }

    @Test
    void microBatchesTakeTheSameStep() {
        double[] one = microBatched(0);
        assertThat(microBatched(7)).usingComparatorWithPrecision(1e-4).containsExactly(one);
    }

    private static double[] microBatched(int size) {
        try (CausalLm model = model(5)) {
            PolicyStep step = training(model)
                    .options(new PolicyOptions(6, 6, 1, 0, 1e-3, 1e-3, 1).withMicroBatch(size))
                    .start()
                    .step();
            return new double[] {step.metric("grad_norm"), step.metric("loss"), step.metric("kl")};
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> PolicyTraining.of(model(1), LETTERS).start()).hasMessageContaining("prompts(...)");
        assertThatThrownBy(() ->
                        PolicyTraining.of(model(1), LETTERS).prompts(PROMPTS).start())
                .hasMessageContaining("reward(...)");
        assertThatThrownBy(() -> training(model(1))
                        .advantages(AdvantageEstimator.gae(1, 1))
                        .start()
                        .step())
                .hasMessageContaining("values");
        assertThatThrownBy(() -> training(model(1))
                        .critic(ValueModel.from(model(1)))
                        .rewardAdvantages(MultiRewardEstimator.rloo(6))
                        .start())
                .hasMessageStartingWith("critic: expected none");
    }
}
