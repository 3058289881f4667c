package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.rewardlab.reward.EmotionDynamics.End;
import org.rewardlab.reward.EmotionDynamics.Mood;
import org.rewardlab.reward.EmotionDynamics.Trajectory;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** The emotion of a simulated user. */
class EmotionDynamicsTest {

    @Test
    void changesAreBoundedAndTheUserLeavesHappyOrNot() {
        EmotionDynamics benchmark = new EmotionDynamics();
        assertThat(benchmark.play(25, -25, 0).points()).containsExactly(50, 40, 40);
        assertThat(benchmark.play(3).end()).isEqualTo(End.OPEN);
        assertThat(benchmark.play().end()).isEqualTo(End.OPEN);
        assertThat(benchmark.play(0, 0, 0, 0, 0, 0, 0, 0).end()).isEqualTo(End.MAX_TURNS);
        assertThat(benchmark.play(new int[20]).points()).hasSize(8);
        Trajectory happy = benchmark.play(10, 10, 10, 10, 10, 10, 5);
        assertThat(happy.points()).endsWith(90, 100);
        assertThat(happy.end()).isEqualTo(End.SATISFIED);
        assertThat(happy.moods()).containsExactly(Mood.B, Mood.B, Mood.A, Mood.A, Mood.A, Mood.S);
        Trajectory fedUp = benchmark.play(-10, -10, -10, -1, 10);
        assertThat(fedUp.points()).as("10 is not below 10").containsExactly(30, 20, 10, 9);
        assertThat(fedUp.moods()).containsExactly(Mood.C, Mood.C, Mood.C, Mood.F);
        assertThat(fedUp.end()).isEqualTo(End.GAVE_UP);
    }

    @Test
    void withoutBoundOneTurnMayDecideAndThereIsNoFloor() {
        EmotionDynamics training = new EmotionDynamics(30, -1, 100, 8);
        assertThat(training.play(-50).points()).containsExactly(-20);
        assertThat(training.play(500).points()).as("the cap holds").containsExactly(100);
        assertThat(training.play(70, 1).end()).isEqualTo(End.SATISFIED);
        EmotionDynamics last = new EmotionDynamics(95, 10, 100, 1);
        assertThat(last.play(5).end()).as("satisfied on the last turn").isEqualTo(End.SATISFIED);
        assertThat(new EmotionDynamics(40, 0, 100, 8).play(9).points()).containsExactly(40);
    }

    @Test
    void theRewardIsTheLastEmotionInHundredths() {
        try (Draws draw = new Draws(1, DataType.FLOAT32)) {
            NDArray emotions = draw.vector(100, 50, 0, -12);
            NDArray rewards = EmotionDynamics.rewards(emotions);
            assertThat(rewards.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(Tensors.toDoubles(rewards)).containsExactly(1, 0.5, 0, 0);
            LiveArrays.assertOneLeft(draw.manager(), () -> EmotionDynamics.rewards(emotions));
            assertRejects("finalEmotions", () -> EmotionDynamics.rewards(draw.vector(Double.NaN)));
            assertRejects("finalEmotions", () -> EmotionDynamics.rewards(draw.vector()));
        }
    }

    @Test
    void otherSettingsAreRejected() {
        assertRejects("start", () -> new EmotionDynamics(101, 10, 100, 8));
        assertRejects("start", () -> new EmotionDynamics(-1, 10, 100, 8));
        assertRejects("maxChange", () -> new EmotionDynamics(40, -2, 100, 8));
        assertRejects("maxTurns", () -> new EmotionDynamics(40, 10, 100, 0));
        assertThat(End.GAVE_UP).hasToString("gaveUp");
    }
}
