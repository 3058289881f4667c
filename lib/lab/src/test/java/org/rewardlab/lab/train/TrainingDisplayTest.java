package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.HelpfulToy;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.ProgressState;
import org.rewardlab.lab.display.Shown;
import org.rewardlab.lab.experiment.Experiment;
import org.rewardlab.lab.experiment.Runs;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.HashedText;
import org.rewardlab.lab.model.StyleFeature;
import org.rewardlab.lab.model.TextRewardModel;
import org.rewardlab.lab.plot.Figure;
import org.rewardlab.lab.statistics.Digits;

class TrainingDisplayTest {
    private static final Preferences PAIRS = Preferences.of(
            new HelpfulToy(300, 2).rows().stream().map(HelpfulToy.Row::pair).toList());

    private final Recorder shown = new Recorder();
    private Display before = shown;

    private static final class Recorder implements Display {
        private final List<Object> contents = new ArrayList<>();

        @Override
        public synchronized Shown show(Object content) {
            contents.add(content);
            return this::show;
        }

        private synchronized <T> T last(Class<T> type) {
            return contents.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .reduce((a, b) -> b)
                    .orElseThrow();
        }
    }

    @BeforeEach
    void install() {
        before = Display.install(shown);
    }

    @AfterEach
    void putBack() {
        Display.install(before);
    }

    @Test
    void aRunShowsABarAndACurveAndLeavesTheirLastState() {
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            RewardModelRun run = RewardModelTraining.of(model).on(PAIRS).seed(1).run();
            ProgressState bar = shown.last(ProgressState.class);
            assertThat(bar.ended()).isTrue();
            assertThat(bar.failure()).isEmpty();
            assertThat(run.mimeBundle()).containsEntry("text/plain", run.toString());
            assertThat(bar.done()).isEqualTo(run.steps());
            assertThat(bar.metrics()).containsOnlyKeys("loss", "rewards/accuracies", "rewards/margins", "grad_norm");
            assertThat(shown.last(Figure.class).csv())
                    .isEqualTo(run.plot("rewards/accuracies", "rewards/margins").csv())
                    .contains("training", "held out");
        }
    }

    @Test
    void aCurveShowsTheStepsOfATrainerWithoutHeldOutPairs() {
        LiveCurve curve = new LiveCurve("reward", "kl", "never measured");
        try (CausalLm model = LettersFixture.model(1);
                PolicyRun run =
                        LettersFixture.policyTraining(model).listener(curve).start()) {
            for (int loop = 1; loop <= 2; loop++) { // one that takes the run up again has its own chart
                List<Double> rewards = new ArrayList<>();
                run.steps(3).forEach(step -> rewards.add(step.metric("reward")));
                Figure figure = shown.last(Figure.class);
                assertThat(figure.panels()).hasSize(2);
                assertThat(figure.csv())
                        .contains("reward," + 3 * loop + "," + Digits.significant(rewards.get(2), 7))
                        .doesNotContain("never");
            }
        }
    }

    @Test
    void aRunThatDivergesSaysSoInItsBar() {
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            assertThatThrownBy(() -> RewardModelTraining.of(model)
                            .on(PAIRS)
                            .learningRate(1e30)
                            .run())
                    .isInstanceOf(TrainingDiverged.class);
            assertThat(shown.last(ProgressState.class).failure()).isEqualTo("diverged");
        }
    }

    @Test
    void plotsRefuseWhatWasNotMeasured() {
        try (TextRewardModel model = TextRewardModel.linear(StyleFeature.LENGTH.alone())) {
            RewardModelRun run = RewardModelTraining.of(model).on(PAIRS).quiet().run();
            assertThat(shown.contents).isEmpty();
            assertThat(run.plot("loss", "grad_norm").panels()).hasSize(2);
            assertThatThrownBy(() -> run.plot("los")).hasMessageContaining("came los");
        }
    }

    @Test
    void anExperimentTakesTheHeldOutNumbersOfItsRuns() {
        Runs runs = Experiment.named("test").arms("length").seeds(2).run((arm, seed, log) -> {
            TextRewardModel model = TextRewardModel.linear(StyleFeature.LENGTH.alone());
            RewardModelTraining.of(model).on(PAIRS).epochs(1).seed(seed).run().logTo(log);
        });
        assertThat(runs.metrics()).containsExactly("accuracy", "loss", "margin");
        assertThat(runs.table().longColumn("step").asList()).containsExactly(0L, 1L, 2L, 3L, 4L, 0L, 1L, 2L, 3L, 4L);
        assertThat(Arrays.stream(runs.last("loss").of("length")).max().orElseThrow())
                .isLessThan(0.75);
    }
}
