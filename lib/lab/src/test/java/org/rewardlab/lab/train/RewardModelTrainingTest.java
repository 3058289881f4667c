package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.HelpfulToy;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.lab.model.HashedText;
import org.rewardlab.lab.model.TextRewardModel;
import org.rewardlab.reward.RewardModelLoss;
import org.rewardlab.reward.RewardPairs;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Tensors;
import tech.tablesaw.api.Table;

class RewardModelTrainingTest {
    private static final Preferences TOY = Preferences.of(
            new HelpfulToy(1200, 9).rows().stream().map(HelpfulToy.Row::pair).toList());

    private static RewardModelTraining quiet(TextRewardModel model) {
        return RewardModelTraining.of(model).on(TOY).seed(4).quiet();
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void learnsWhatLengthAloneCannotTell() {
        for (long seed = 0; seed < 3; seed++) {
            try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
                RewardModelRun run = quiet(model).seed(seed).run();
                assertThat(run.test().accuracy()).isGreaterThan(0.65);
                assertThat(run.gainOverLength()).isGreaterThan(0.04);
                assertThat(run.test().loss()).isLessThan(Math.log(2) - 0.05);
                assertThat(run.interrupted()).isFalse();
            }
        }
    }

    @Test
    void hiddenLayerLearnsToo() {
        try (TextRewardModel model = TextRewardModel.mlp(HashedText.standard(), 4, 1)) {
            assertThat(quiet(model).run().test().accuracy()).isGreaterThan(0.65);
        }
    }

    @Test
    void historyHasARowAtTheStartAndAtEachEvaluation() {
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            RewardModelRun run = quiet(model).epochs(2).run();
            Table history = run.history();
            assertThat(history.columnNames())
                    .contains("step", "epoch", "loss", "rewards/accuracies", "rewards/margins", "grad_norm")
                    .contains("eval_loss", "eval_rewards/accuracies", "eval_rewards/margins");
            assertThat(history.intColumn("step").get(0)).isZero();
            assertThat(history.doubleColumn("eval_loss").get(0)).isCloseTo(Math.log(2), within(1e-6));
            assertThat(history.doubleColumn("loss").isMissing(0)).isTrue();
            int last = history.rowCount() - 1;
            assertThat(history.intColumn("step").get(last)).isEqualTo(run.steps());
            assertThat(history.doubleColumn("epoch").get(last)).isEqualTo(2);
            assertThat(run.metric("eval_rewards/accuracies")[last])
                    .isEqualTo(run.test().accuracy());
            assertThatThrownBy(() -> run.metric("no such thing")).hasMessageContaining("eval_loss");
        }
    }

    @Test
    void sameSeedGivesSameBitsAlsoOnFourThreadsAtOnce() {
        double[] alone = weightsAfterTraining(1);
        List<CompletableFuture<double[]>> together = IntStream.of(1, 2, 1, 3)
                .mapToObj(seed -> CompletableFuture.supplyAsync(() -> weightsAfterTraining(seed)))
                .toList();
        assertThat(together.get(0).join()).isEqualTo(alone);
        assertThat(together.get(2).join()).isEqualTo(alone);
        assertThat(together.get(1).join())
                .isNotEqualTo(alone)
                .isNotEqualTo(together.get(3).join());
    }

    private static double[] weightsAfterTraining(long seed) {
        try (TextRewardModel model = TextRewardModel.linear(new HashedText(1 << 8, 1, true, Set.of()))) {
            quiet(model).seed(seed).epochs(1).run();
            return Tensors.toDoubles(model.parameters().get(0));
        }
    }

    @Test
    void listenersHearOfEverything() {
        List<String> heard = new ArrayList<>();
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            quiet(model).epochs(1).listener(new Recorder(heard)).run();
        }
        assertThat(heard)
                .startsWith("started 15", "evaluated 1", "step 1 of 15")
                .endsWith("step 15 of 15", "evaluated 16", "ended ");
        assertThat(heard).filteredOn(line -> line.startsWith("step")).hasSize(15);
    }

    @Test
    void interruptStopsBetweenStepsAndLeavesAUsableModel() {
        List<String> heard = new ArrayList<>();
        TrainingListener stopper = new TrainingListener() {
            @Override
            public void stepped(TrainingStep step) {
                if (step.number() == 7) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            RewardModelRun run =
                    quiet(model).listener(stopper).listener(new Recorder(heard)).run();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(run.interrupted()).isTrue();
            assertThat(run.steps()).isEqualTo(7);
            assertThat(heard).endsWith("ended interrupted");
            assertThat(run).asString().startsWith("interrupted after 7 steps");
            assertThat(model.reward("p", "Happy to help.")).isFinite().isNotZero();
        }
    }

    @Test
    void divergenceIsRefusedAndTheModelKeepsItsLastGoodState() {
        List<String> heard = new ArrayList<>();
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            TrainingOptions wild = new TrainingOptions(2, 64, 1e25, 0, 0, 5);
            assertThatThrownBy(() -> quiet(model)
                            .options(wild)
                            .listener(new Recorder(heard))
                            .run())
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessageContainingAll("at step 1 of 30", "learning rate below 1.0E25");
            assertThat(heard).endsWith("ended diverged");
            assertThat(Tensors.toDoubles(model.parameters().get(0))).containsOnly(0);
        }
    }

    @Test
    void lossThatIsNotANumberIsRefused() {
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            RewardModelLoss<RewardPairs> broken = pairs -> {
                var out = RewardModelLoss.bradleyTerry().loss(pairs);
                return new LossOutput(out.loss().log().log().sub(1e9f).log(), out.losses(), out.metrics());
            };
            assertThatThrownBy(() -> quiet(model).loss(broken).run())
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessageContaining("the loss is NaN at step 1");
        }
    }

    @Test
    void trainingLeavesNoArrayBehind() {
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            quiet(model).epochs(1).run();
            int before =
                    model.parameters().get(0).getManager().getManagedArrays().size();
            quiet(model).epochs(3).run();
            assertThat(model.parameters().get(0).getManager().getManagedArrays())
                    .hasSize(before);
        }
    }

    @Test
    void anyPairsWillDoAndNoneIsRefused() {
        Preferences tiny = Preferences.of(
                List.of(new PreferencePair("a", "yes please", "no"), new PreferencePair("b", "yes", "no thanks")));
        try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
            RewardModelRun run = RewardModelTraining.of(model).on(tiny).quiet().run();
            assertThat(run.test().pairs()).isEqualTo(1);
            assertThatThrownBy(() -> RewardModelTraining.of(model).run()).hasMessageContaining("call on(pairs)");
        }
    }

    private record Recorder(List<String> heard) implements TrainingListener {
        @Override
        public void started(int steps) {
            heard.add("started " + steps);
        }

        @Override
        public void stepped(TrainingStep step) {
            heard.add("step " + step.number() + " of " + step.total());
        }

        @Override
        public void evaluated(Table history) {
            heard.add("evaluated " + history.rowCount());
        }

        @Override
        public void ended(String reason) {
            heard.add("ended " + reason);
        }
    }
}
