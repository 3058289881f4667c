package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.ForkRelative;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.tensor.Tensors;

/** What policy training makes for those of its parts that read more than rewards and log-probabilities. */
class PolicyPartsTest {

    private static final Sampling DRAWN =
            Sampling.of(4).stopAt(LettersFixture.LETTERS.endId()).temperature(0.8);

    @TempDir
    Path folder;

    private static PolicyTraining training(CausalLm model) {
        return LettersFixture.policyTraining(model).sampling(DRAWN);
    }

    @Test
    void remaxComparesWithTheGreedyAnswerToTheSamePrompt() {
        AtomicInteger asked = new AtomicInteger();
        try (CausalLm model = LettersFixture.model(2);
                CausalLm before = model.copy();
                PolicyRun run = training(model)
                        .reward("counted", (prompt, text, row) -> (double) (0 * asked.incrementAndGet()))
                        .advantages(AdvantageEstimator.remax())
                        .start()) {
            PolicyStep step = run.step();
            assertThat(asked).hasValue(36 + 6);
            for (ScoredCompletion sample : step.samples()) {
                Completion greedy = Sampler.sample(
                                before, List.of(sample.tokens().prompt()), DRAWN.temperature(0), 1)
                        .get(0);
                double baseline = 0.25 * LettersFixture.count(LettersFixture.LETTERS.decode(greedy.tokens()));
                assertThat(sample.advantages()[0]).isCloseTo(sample.reward() - baseline, within(1e-6));
            }
            assertThat(step.metric("reward_baseline")).isBetween(0.0, 1.0);
        }
    }

    @Test
    void nothingIsDrawnForEstimatorsThatReadNoBaseline() {
        AtomicInteger asked = new AtomicInteger();
        try (CausalLm model = LettersFixture.model(2);
                PolicyRun run = training(model)
                        .reward("counted", (prompt, text, row) -> (double) (0 * asked.incrementAndGet()))
                        .start()) {
            assertThat(run.step().metrics()).doesNotContainKey("reward_baseline");
            assertThat(asked).hasValue(36);
        }
    }

    @Test
    void promptsWhoseGreedyAnswerNobodyScoresAreLeftOut() {
        try (CausalLm model = LettersFixture.model(2);
                PolicyRun run = PolicyTraining.of(model, LettersFixture.LETTERS)
                        .prompts(LettersFixture.PROMPTS)
                        .sampling(DRAWN)
                        .promptsPerStep(2)
                        .samples(3)
                        .reward("until the greedy ones", new FirstOnly(6)::score)
                        .advantages(AdvantageEstimator.remax())
                        .start()) {
            double[] before = LettersFixture.numbers(model.parameters());
            assertThat(run.step().samples())
                    .allSatisfy(sample -> assertThat(sample.advantages()).containsOnly(0));
            assertThat(LettersFixture.numbers(model.parameters())).containsExactly(before);
        }
    }

    /** A reward that has an opinion so many times. */
    private static final class FirstOnly {
        private int left;

        FirstOnly(int left) {
            this.left = left;
        }

        Double score(String prompt, String text, Map<String, Object> row) {
            return left-- > 0 ? (double) text.length() : Double.NaN;
        }
    }

    @Test
    void squaredProbabilitiesAreThoseOfTheDistributionThatWasSampled() {
        List<double[]> seen = new ArrayList<>();
        try (CausalLm model = LettersFixture.model(2);
                CausalLm before = model.copy();
                PolicyRun run = training(model)
                        .options(new PolicyOptions(2, 3, 1, 0, 1e-2, 1e-2, 1).withMicroBatch(2))
                        .advantages(
                                rollouts -> {
                                    seen.add(
                                            Tensors.toDoubles(Objects.requireNonNull(rollouts.squaredProbabilities())));
                                    seen.add(Tensors.toDoubles(Objects.requireNonNull(rollouts.entropies())));
                                    seen.add(Tensors.toDoubles(Objects.requireNonNull(rollouts.isWeights())));
                                    seen.add(Tensors.toDoubles(Objects.requireNonNull(rollouts.turns())));
                                    seen.add(Tensors.toDoubles(rollouts.mask()));
                                    return AdvantageEstimator.optimalTokenBaseline()
                                            .estimate(rollouts);
                                },
                                Rollouts.Part.SQUARED_PROBABILITIES,
                                Rollouts.Part.ENTROPIES,
                                Rollouts.Part.IS_WEIGHTS,
                                Rollouts.Part.TURNS)
                        .start();
                NDManager manager = NDManager.newBaseManager()) {
            List<ScoredCompletion> samples = run.step().samples();
            SequenceBatch batch = SequenceBatch.of(
                    manager,
                    before.dataType(),
                    samples.stream().map(s -> s.tokens().prompt()).toList(),
                    samples.stream().map(s -> s.tokens().tokens()).toList(),
                    LettersFixture.LETTERS.padId());
            NDArray p = before.responseLogits(batch).div(0.8).softmax(2);
            double[] squares = Tensors.toDoubles(p.mul(p).sum(new int[] {2}));
            double[] entropies =
                    Tensors.toDoubles(p.mul(p.log()).sum(new int[] {2}).neg());
            double[] mask = seen.get(4);
            assertThat(Arrays.stream(mask).sum()).isPositive();
            for (int i = 0; i < mask.length; i++) {
                assertThat(seen.get(0)[i]).isCloseTo(mask[i] * squares[i], within(1e-5));
                assertThat(seen.get(1)[i]).isCloseTo(mask[i] * entropies[i], within(1e-4));
                assertThat(seen.get(2)[i]).isCloseTo(1, within(1e-4));
                assertThat(seen.get(3)[i]).isEqualTo(mask[i] - 1);
            }
        }
    }

    @Test
    void theLogProbabilitiesAreTheSameWhoeverReadsMoreOfTheirPass() {
        List<double[]> logps = new ArrayList<>();
        for (boolean more : new boolean[] {false, true}) {
            try (CausalLm model = LettersFixture.model(2)) {
                AdvantageEstimator plain = AdvantageEstimator.groupRelative();
                PolicyTraining training = more
                        ? training(model)
                                .advantages(plain, Rollouts.Part.SQUARED_PROBABILITIES)
                                .loss(PolicyLoss.ppoClip(0.2), PolicyBatch.Part.ENTROPIES)
                        : training(model).advantages(plain);
                try (PolicyRun run = training.start()) {
                    for (PolicyStep step : run.steps(2)) {
                        step.samples().forEach(sample -> logps.add(sample.logps()));
                    }
                }
            }
        }
        for (int i = 0; i < logps.size() / 2; i++) {
            assertThat(logps.get(i + logps.size() / 2)).containsExactly(logps.get(i), within(1e-5));
        }
    }

    @Test
    void anEntropyBonusKeepsThePolicyTrying() {
        double[] bonus = entropies(PolicyLoss.ppoClip(0.2).plusEntropy(0.5), 0);
        double[] plain = entropies(PolicyLoss.ppoClip(0.2), 0);
        assertThat(bonus[1]).isGreaterThan(plain[1] + 0.1);
        assertThat(entropies(PolicyLoss.ppoClip(0.2).plusEntropy(0.5), 5)).containsExactly(bonus, within(1e-3));
    }

    /** The entropy of the first step and that of the last. */
    private static double[] entropies(PolicyLoss loss, int microBatch) {
        try (CausalLm model = LettersFixture.model(2)) {
            List<Double> entropies = new ArrayList<>();
            for (PolicyStep step : training(model)
                    .options(new PolicyOptions(6, 6, 1, 0, 2e-2, 1e-2, 1).withMicroBatch(microBatch))
                    .loss(loss)
                    .steps(12)) {
                entropies.add(step.metric("entropy"));
            }
            return new double[] {entropies.get(0), entropies.get(entropies.size() - 1)};
        }
    }

    @Test
    void aCompletionIsOneTurnAndItsLossThatOfASequence() {
        double[] turns = trained(PolicyLoss.stepPpo(0.2));
        assertThat(turns).containsExactly(trained(PolicyLoss.rloo(0.2)), within(1e-3));
        assertThat(turns).isNotEqualTo(trained(PolicyLoss.ppoClip(0.2)));
    }

    private static double[] trained(PolicyLoss loss) {
        try (CausalLm model = LettersFixture.model(2)) {
            training(model).loss(loss).steps(2).forEach(step -> {});
            return LettersFixture.numbers(model.parameters());
        }
    }

    @Test
    void aRunThatGoesOnEndsBitForBitWhereItWouldHave() {
        try (CausalLm whole = LettersFixture.model(2);
                CausalLm halves = LettersFixture.model(2);
                CausalLm resumed = LettersFixture.model(2)) {
            curious(whole).steps(4).forEach(step -> {});
            curious(halves).checkpoints(folder, 1).steps(2).forEach(step -> {});
            curious(resumed).checkpoints(folder, 1).steps(4).forEach(step -> {});
            assertThat(LettersFixture.numbers(resumed.parameters()))
                    .containsExactly(LettersFixture.numbers(whole.parameters()))
                    .isNotEqualTo(LettersFixture.numbers(halves.parameters()));
        }
    }

    private static PolicyTraining curious(CausalLm model) {
        return training(model)
                .advantages(AdvantageEstimator.remax())
                .loss(PolicyLoss.ppoClip(0.2).plusEntropy(0.01));
    }

    @Test
    void whatCompletionsDoNotHaveIsSaidBeforeTheFirstIsDrawn() {
        try (CausalLm model = LettersFixture.model(2)) {
            PolicyTraining training = training(model);
            assertThatThrownBy(() ->
                            training.advantages(new ForkRelative(true, 1e-6, 1)).start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("advantages: expected")
                    .hasMessageContaining("nodes");
            assertThatThrownBy(() -> training.credit(r -> r.rewards(), Rollouts.Part.STEP_SCORES)
                            .start())
                    .hasMessageStartingWith("credit: expected")
                    .hasMessageContaining("withStepScores");
            assertThatThrownBy(() ->
                            training.advantages(AdvantageEstimator.gae(1, 1)).start())
                    .hasMessageStartingWith("advantages: expected")
                    .hasMessageContaining("critic(...)");
        }
    }
}
