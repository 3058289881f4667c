package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.CharTokenizer;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.reward.RewardFunction;

class RewardHeadTrainingTest {

    private static final FitOptions FAST = new FitOptions(10, 16, 0, 1e-2, 0, 1);

    @Test
    void pairsTeachAScore() {
        try (CausalLm base = LettersFixture.model(1);
                ValueModel model = ValueModel.from(base)) {
            FitRun run = RewardHeadTraining.pairs(model, LettersFixture.LETTERS, LettersFixture.pairs(96))
                    .options(FAST)
                    .quiet()
                    .run();
            assertThat(run.metric("rewards/accuracies")).isGreaterThan(0.9);
            RewardFunction reward = ModelRewards.scores(model, LettersFixture.LETTERS);
            assertThat(score(reward, "b", "aaa")).isGreaterThan(score(reward, "b", "cd") + 1);
        }
    }

    private static double score(RewardFunction reward, String prompt, String completion) {
        return reward.scoreAll(List.of(new RewardFunction.Row(prompt, completion, Map.of())))[0];
    }

    @Test
    void microBatchesTeachTheSame() {
        double[] ends = new double[2];
        for (int i = 0; i < 2; i++) {
            try (CausalLm base = LettersFixture.model(1);
                    ValueModel model = ValueModel.from(base)) {
                RewardHeadTraining.pairs(model, LettersFixture.LETTERS, LettersFixture.pairs(32))
                        .options(new FitOptions(1, 32, 5 * i, 1e-3, 0, 0))
                        .quiet()
                        .run();
                ends[i] = score(ModelRewards.scores(model, LettersFixture.LETTERS), "b", "aac");
            }
        }
        assertThat(ends[1]).isCloseTo(ends[0], within(1e-4)).isNotZero();
    }

    @Test
    void verdictsTeachAScoreToo() {
        try (CausalLm base = LettersFixture.model(1);
                ValueModel model = ValueModel.from(base)) {
            FitRun run = RewardHeadTraining.outcomes(model, LettersFixture.LETTERS, labelled())
                    .options(FAST)
                    .quiet()
                    .run();
            assertThat(run.metric("loss")).isLessThan(0.5);
            RewardFunction reward = ModelRewards.scores(model, LettersFixture.LETTERS);
            assertThat(score(reward, "b", "aaa")).isPositive();
            assertThat(score(reward, "b", "cdb")).isNegative();
        }
    }

    /** Responses that are right if they have an a. */
    private static List<Example.Labelled> labelled() {
        List<Example.Labelled> all = new ArrayList<>();
        for (PreferencePair pair : LettersFixture.pairs(96)) {
            all.add(new Example.Labelled(pair.prompt(), pair.chosen(), true));
            all.add(new Example.Labelled(pair.prompt(), pair.rejected(), LettersFixture.count(pair.rejected()) > 0));
        }
        return all;
    }

    @Test
    void stepsAreJudgedOneByOne() {
        SplittableRandom random = new SplittableRandom(2);
        List<Example.Stepwise> responses = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            List<String> steps = new ArrayList<>();
            List<Boolean> labels = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                boolean right = random.nextBoolean();
                steps.add((right ? "a" : "c") + "d");
                labels.add(right);
            }
            responses.add(new Example.Stepwise("b", steps, labels));
        }
        try (CausalLm base = LettersFixture.model(1);
                TokenHead model = TokenHead.from(base, 2)) {
            FitRun run = RewardHeadTraining.steps(model, LettersFixture.LETTERS, responses)
                    .options(FAST)
                    .quiet()
                    .run();
            assertThat(run.metric("rewards/accuracies")).isGreaterThan(0.95);
            List<Double> right = ModelRewards.steps(
                    model,
                    LettersFixture.LETTERS,
                    new Example.Stepwise("b", List.of("ad", "cd", "ad"), List.of(true, false, true)));
            assertThat(right.get(0)).isGreaterThan(0.8);
            assertThat(right.get(1)).isLessThan(0.2);
            assertThat(right.get(2)).isGreaterThan(0.8);
        }
    }

    @Test
    void aLanguageModelLearnsToSayYesOrNo() {
        Tokenizer tokenizer = CharTokenizer.of("abcd?yn");
        try (CausalLm judge = CausalLm.create(TransformerConfig.of(tokenizer.size(), 16, 1, 2, 14), 3)) {
            Sft.of(judge, tokenizer)
                    .on(ModelRewards.verdicts(labelled(), "%s?%s?", "y", "n"))
                    .options(FAST)
                    .quiet()
                    .run();
            RewardFunction reward = ModelRewards.generative(judge, tokenizer, "%s?%s?", "y", "n");
            assertThat(score(reward, "b", "caa")).isBetween(0.7, 1.0);
            assertThat(score(reward, "b", "cdb")).isBetween(0.0, 0.3);
        }
    }

    @Test
    void emptyDataAndUnevenStepsAreRejected() {
        try (CausalLm base = LettersFixture.model(1);
                ValueModel model = ValueModel.from(base)) {
            assertThatThrownBy(() -> RewardHeadTraining.pairs(model, LettersFixture.LETTERS, List.of()))
                    .hasMessageContaining("at least one row");
            assertThatThrownBy(() -> new Example.Stepwise("a", List.of("a", "b"), List.of(true)))
                    .hasMessageContaining("labels");
            assertThatThrownBy(() -> TokenHead.from(base, 1)).hasMessageContaining("classes");
        }
    }
}
