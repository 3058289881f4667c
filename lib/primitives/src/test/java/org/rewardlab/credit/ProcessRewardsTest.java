package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.credit.ProcessRewards.Mechanism;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Process rewards: what each mechanism pays, and what it cannot be made to pay. */
class ProcessRewardsTest {

    private static final Offset<Double> TINY = within(1e-12);

    private static double[] sums(NDArray rewards) {
        return Arrays.stream(Tensors.toRows(rewards))
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
    }

    private static NDArray scores(Draws draw) {
        return draw.matrix(new double[][] {{0.9, 0.5, 0.8, 0.2}, {0.6, 0.4, 9, 9}, {0.3, 9, 9, 9}});
    }

    private static NDArray mask(Draws draw) {
        return draw.matrix(new double[][] {{1, 1, 1, 1}, {1, 1, 0, 0}, {1, 0, 0, 0}});
    }

    /** At least one step in each row. */
    private static NDArray prefixes(Draws draw, int rows, int steps) {
        double[][] mask = new double[rows][steps];
        for (double[] row : mask) {
            Arrays.fill(row, 0, 1 + draw.random().nextInt(steps), 1);
        }
        return draw.matrix(mask);
    }

    @Test
    void clippedRewardsAreNeverPositive() {
        try (Draws draw = new Draws(1)) {
            double[][] rewards = Tensors.toRows(ProcessRewards.clip(scores(draw), mask(draw), 0.7));
            assertThat(rewards[0]).containsExactly(new double[] {0, -0.2, 0, -0.5}, TINY);
            assertThat(rewards[1]).containsExactly(new double[] {-0.1, -0.3, 0, 0}, TINY);
            assertThat(Tensors.toDoubles(ProcessRewards.clip(scores(draw), mask(draw), 0.2)))
                    .as("eta below every score")
                    .containsOnly(0);
        }
    }

    @Test
    void differencesTelescopeToTheFirstScore() {
        try (Draws draw = new Draws(2)) {
            NDArray rewards = ProcessRewards.delta(scores(draw), mask(draw));
            assertThat(sums(rewards)).containsExactly(new double[] {0.9, 0.6, 0}, TINY);
            assertThat(Tensors.toRows(Returns.toGo(rewards, mask(draw)))[0])
                    .as("the return from each step but the last is its score")
                    .containsExactly(new double[] {0.9, 0.5, 0.8, 0}, TINY);
            NDArray longer = ProcessRewards.delta(
                    draw.matrix(new double[][] {{0.9, 0.5, 0.5, 0.5, 0.8, 0.2}}),
                    draw.matrix(new double[][] {{1, 1, 1, 1, 1, 1}}));
            assertThat(sums(longer)).as("repeated steps earn nothing").containsExactly(new double[] {0.9}, TINY);
        }
    }

    @Test
    void totalsStayWithinTheirBounds() {
        try (Draws draw = new Draws(3)) {
            NDArray scores = draw.uniform(0, 1, new long[] {20, 9});
            NDArray mask = prefixes(draw, 20, 9);
            NDArray success = draw.flags(20);
            double[] won = Tensors.toDoubles(success);
            double[] raw = sums(new ProcessRewards(Mechanism.NONE, 0.5, 0).rewards(scores, mask, success));
            double[] delta = sums(new ProcessRewards(Mechanism.DELTA, 0.5, 0).rewards(scores, mask, success));
            double[] both = sums(new ProcessRewards(Mechanism.CLIP_DELTA, 0.5, 0.7).rewards(scores, mask, success));
            double[] mean = sums(new ProcessRewards(Mechanism.LENGTH_NORMALIZED, 1, 0).rewards(scores, mask, success));
            for (int b = 0; b < 20; b++) {
                assertThat(raw[b] - won[b]).isGreaterThan(0);
                assertThat(delta[b] - won[b]).isBetween(0.0, 0.5);
                assertThat(both[b]).isLessThanOrEqualTo(won[b] + 1e-12);
                assertThat(mean[b] - won[b]).isBetween(0.0, 1.0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void withoutWeightTheOutcomeIsAll(Mechanism mechanism) {
        try (Draws draw = new Draws(4, DataType.FLOAT32)) {
            NDArray success = draw.vector(1, 0, 1);
            NDArray rewards = new ProcessRewards(mechanism, 0, 0.7).rewards(scores(draw), mask(draw), success);
            assertThat(rewards.getDataType()).isEqualTo(DataType.FLOAT32);
            double[] expected = Tensors.toDoubles(
                    new ProcessRewards(Mechanism.SUCCESS_ONLY, 5, 0).rewards(scores(draw), mask(draw), success));
            assertThat(expected).containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0);
            assertThat(Tensors.toDoubles(rewards)).containsExactly(expected, TINY);
            NDArray scores = scores(draw);
            NDArray mask = mask(draw);
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> new ProcessRewards(mechanism, 1, 0.7).rewards(scores, mask, success));
        }
    }

    @Test
    void stepsOfSeveralTokensArePaidAtTheirEnd() {
        try (Draws draw = new Draws(5)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0, 1, 1, 1, 0}});
            Rollouts rollouts = Rollouts.of(draw.matrix(new double[][] {{0, 0, 0, 0, 0, 1, 0}}), mask)
                    .withTurns(draw.integers(0, 0, 0, 1, 1, 2, 2).reshape(1, 7))
                    .withStepScores(draw.matrix(new double[][] {{9, 0.9, 9, 9, 0.5, 0.8, 9}}));
            assertThat(Tensors.toDoubles(new ProcessRewards(Mechanism.DELTA, 1, 0).assign(rollouts)))
                    .containsExactly(new double[] {0, 0.4, 0, 0, 0.5, 1, 0}, TINY);
            assertThat(Tensors.toDoubles(new ProcessRewards(Mechanism.NONE, 1, 0)
                            .assign(rollouts.withTurns(
                                    draw.integers(0, 1, 1, 2, 3, 4, 4).reshape(1, 7)))))
                    .containsExactly(new double[] {9, 0.9, 0, 9, 0.5, 1.8, 0}, TINY);
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(6)) {
            NDArray two = draw.matrix(new double[][] {{0.1, 0.2}});
            NDArray ones = draw.matrix(new double[][] {{1, 1}});
            NDArray won = draw.vector(1);
            ProcessRewards clip = new ProcessRewards(Mechanism.CLIP, 1, 0.7);
            assertRejects("alpha", () -> new ProcessRewards(Mechanism.CLIP, -0.1, 0.7));
            assertRejects("eta", () -> new ProcessRewards(Mechanism.CLIP, 1, Double.NaN));
            for (double[] row : new double[][] {{0, 0}, {0, 1}, {1, 0.5}}) {
                assertRejects("mask", () -> clip.rewards(two, draw.matrix(new double[][] {row}), won));
            }
            assertRejects("success", () -> clip.rewards(two, ones, draw.vector(0.5)));
            assertRejects("success", () -> clip.rewards(two, ones, draw.vector(1, 1)));
            assertRejects("stepScores", () -> clip.rewards(draw.matrix(new double[][] {{0.1, Double.NaN}}), ones, won));
            assertRejects(
                    "stepScores",
                    () -> ProcessRewards.delta(draw.matrix(new double[][] {{0.1, Double.POSITIVE_INFINITY}}), ones));
            assertRejects("stepScores", () -> clip.assign(Rollouts.of(two, ones)));
            assertRejects("rewards", () -> clip.assign(Rollouts.of(two, ones).withStepScores(two)));
        }
    }
}
