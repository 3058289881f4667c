package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Token rewards from deviations, and their sum with the outcome. */
class FlowRewardsTest {

    private static final Offset<Double> TINY = within(1e-12);

    private static double[] rewards(FlowRewards rewards, Draws draw, double... scores) {
        NDArray row = draw.vector(scores).reshape(1, scores.length);
        return Tensors.toDoubles(rewards.rewards(row, row.onesLike()));
    }

    @Test
    void theFarthestTokenPaysMost() {
        try (Draws draw = new Draws(1)) {
            assertThat(rewards(new FlowRewards(0.1, false, 0, -1, 1), draw, 4, 2, 3))
                    .containsExactly(new double[] {-0.1, 0, -0.05}, TINY);
            assertThat(rewards(new FlowRewards(0.1, false, 0.5, -1, 1), draw, 4, 2, 3))
                    .as("the threshold must be exceeded")
                    .containsExactly(new double[] {-0.1, 0, 0}, TINY);
            assertThat(rewards(new FlowRewards(0.1, false, 0.2, -1, 2), draw, 4, 2, 3))
                    .as("power before threshold")
                    .containsExactly(new double[] {-0.1, 0, -0.025}, TINY);
            assertThat(rewards(new FlowRewards(1, true, 0.3, -1, 1), draw, 4, 2, 3))
                    .as("bilateral")
                    .containsExactly(new double[] {-1, 1, 0}, TINY);
            assertThat(rewards(new FlowRewards(), draw, 3, 3, 3)).containsOnly(0);
            assertThat(rewards(new FlowRewards(), draw, 3)).containsOnly(0);
        }
    }

    @Test
    void onlyTheLargestAreKeptAndOfEqualOnesTheEarlier() {
        try (Draws draw = new Draws(2)) {
            assertThat(rewards(new FlowRewards(1, false, 0, 2, 1), draw, 0, 2, 4, 2, 2))
                    .containsExactly(0, -0.5, -1, 0, 0);
            assertThat(rewards(new FlowRewards(1, false, 0, 5, 1), draw, 0, 2, 4, 2, 2))
                    .as("fewer than topK left: all stay")
                    .containsExactly(0, -0.5, -1, -0.5, -0.5);
            assertThat(rewards(new FlowRewards(1, true, 0, 2, 1), draw, 0, 0, 4, 4, 3))
                    .as("one at either end")
                    .containsExactly(1, 0, -1, 0, 0);
        }
    }

    @Test
    void nothingChangesUnderPositiveAffineMapsAndMaskedScoresAreNotRead() {
        try (Draws draw = new Draws(3, DataType.FLOAT32)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 0}, {1, 1, 1, 1}, {0, 0, 0, 0}});
            double[][] rows = Tensors.toRows(draw.normal(3, 4));
            rows[0][3] = Double.NaN;
            double[][] moved = new double[3][4];
            for (int b = 0; b < 3; b++) {
                for (int t = 0; t < 4; t++) {
                    moved[b][t] = (b + 2) * rows[b][t] - b;
                }
            }
            FlowRewards rewards = new FlowRewards(0.01, false, 0.2, -1, 1);
            NDArray scores = draw.matrix(rows);
            double[] r = Tensors.toDoubles(rewards.rewards(scores, mask));
            assertThat(Tensors.toDoubles(rewards.rewards(draw.matrix(moved), mask)))
                    .containsExactly(r, within(1e-6));
            for (double reward : r) {
                assertThat(reward).isBetween(-0.0100001, 0.0);
            }
            assertThat(r[3]).isZero();
            assertThat(new double[] {r[8], r[9], r[10], r[11]})
                    .as("an empty row")
                    .containsOnly(0);
            Rollouts rollouts = Rollouts.of(draw.normal(3, 4), mask).withStepScores(scores);
            assertThat(Tensors.toDoubles(rewards.assign(rollouts))).containsExactly(r);
            LiveArrays.assertOneLeft(draw.manager(), () -> rewards.assign(rollouts));
        }
    }

    private static Rollouts outcomes(Draws draw, NDArray tokens, NDArray mask) {
        return Rollouts.of(tokens, mask).withOutcomes(draw.vector(1, 0, 0, 1)).withGroups(draw.integers(0, 0, 1, 1));
    }

    @Test
    void theOutcomeStandsOnTheLastTokenAndTokensAddTheirs() {
        try (Draws draw = new Draws(4)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1}, {1, 1, 0}, {1, 0, 1}, {0, 0, 0}});
            NDArray tokens = draw.matrix(new double[][] {{-1, 0, -2}, {0, 0, -9}, {0, -9, -1}, {-9, -9, -9}});
            Rollouts rollouts = outcomes(draw, tokens, mask);
            double won = 1 / Math.sqrt(2);
            double[][] a = Tensors.toRows(
                    new OutcomePlusTokens(1, 0).estimate(rollouts).advantages());
            assertThat(a[0]).containsExactly(new double[] {won - 3, won - 2, won - 2}, TINY);
            assertThat(a[1]).containsExactly(new double[] {-won, -won, 0}, TINY);
            assertThat(a[2]).containsExactly(new double[] {-won - 1, 0, -won - 1}, TINY);
            assertThat(a[3]).as("an empty row").containsOnly(0);
            double[] half = Tensors.toRows(
                    new OutcomePlusTokens(0.5, 0).estimate(rollouts).advantages())[0];
            assertThat(half).containsExactly(new double[] {-1 + 0.25 * (won - 2), 0.5 * (won - 2), won - 2}, TINY);
            LiveArrays.assertOneLeft(
                    draw.manager(),
                    () -> new OutcomePlusTokens().estimate(rollouts).advantages());
        }
    }

    @Test
    void withoutTokenRewardsItIsGrpo() {
        try (Draws draw = new Draws(5)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1}, {1, 1, 0}, {1, 0, 0}, {1, 1, 1}});
            Rollouts rollouts = outcomes(draw, mask.zerosLike(), mask);
            NDArray scores = draw.matrix(new double[][] {{0, 0, 1}, {0, 0, 0}, {0, 0, 0}, {1, 0, 0}});
            assertThat(Tensors.toDoubles(
                            new OutcomePlusTokens(1, 1e-6).estimate(rollouts).advantages()))
                    .containsExactly(
                            Tensors.toDoubles(new GroupRelative()
                                    .estimate(rollouts.withRewards(scores))
                                    .advantages()),
                            TINY);
            Rollouts equal = rollouts.withOutcomes(draw.vector(1, 1, 1, 1)).withRewards(mask.neg());
            assertThat(Tensors.toRows(new OutcomePlusTokens().estimate(equal).advantages())[0])
                    .as("equal outcomes still leave the tokens theirs")
                    .containsExactly(-3, -2, -1);
            assertThat(Tensors.toDoubles(
                            new OutcomePlusTokens().normalizedOutcomes(rollouts.withGroups(draw.integers(0, 1, 2, 3)))))
                    .as("groups of one")
                    .containsOnly(0);
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(6)) {
            NDArray ones = draw.matrix(new double[][] {{1, 1}});
            FlowRewards rewards = new FlowRewards();
            assertRejects("power", () -> new FlowRewards(1, false, 0, 1, 0));
            assertRejects("coefficient", () -> new FlowRewards(Double.NaN, false, 0, 1, 1));
            assertRejects("threshold", () -> new FlowRewards(1, false, Double.NaN, 1, 1));
            assertRejects("scores", () -> rewards.rewards(draw.matrix(new double[][] {{1, Double.NaN}}), ones));
            assertRejects("mask", () -> rewards.rewards(ones, draw.matrix(new double[][] {{1, 0.5}})));
            assertRejects("mask", () -> rewards.rewards(ones, draw.matrix(new double[][] {{1}})));
            assertRejects("stepScores", () -> rewards.assign(Rollouts.of(ones, ones)));
            assertRejects("gamma", () -> new OutcomePlusTokens(1.1, 0));
            assertRejects("epsilon", () -> new OutcomePlusTokens(1, -1));
            assertRejects("outcomes", () -> new OutcomePlusTokens().estimate(Rollouts.of(ones, ones)));
            Rollouts ended = Rollouts.of(ones, ones).withOutcomes(draw.vector(1));
            assertRejects("groups", () -> new OutcomePlusTokens().estimate(ended));
            assertRejects("groupSize", () -> ended.withGroupsOf(2));
        }
    }
}
