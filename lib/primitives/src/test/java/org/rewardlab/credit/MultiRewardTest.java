package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.FiniteDifferences.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.credit.MultiRewardGroupRelative.Order;
import org.rewardlab.credit.MultiRewardGroupRelative.Scale;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class MultiRewardTest {

    private static final double NAN = Double.NaN;

    static Stream<MultiRewardEstimator> all() {
        return Stream.of(
                MultiRewardEstimator.sumThenNormalize(3),
                new MultiRewardGroupRelative(3, Order.SUM_THEN_NORMALIZE, Scale.BATCH, 0),
                new MultiRewardGroupRelative(3, Order.SUM_THEN_NORMALIZE, Scale.NONE, 0),
                MultiRewardEstimator.normalizeThenSum(3),
                MultiRewardEstimator.rloo(3),
                new MultiRewardRloo(3, true, null, 0));
    }

    private static double[] estimate(MultiRewardEstimator estimator, RewardTable table) {
        return Tensors.toDoubles(estimator.estimate(table));
    }

    @Test
    void oneFunctionOfWeightOneIsTheEstimatorOnScores() {
        try (Draws draw = new Draws(8)) {
            NDArray rewards = draw.normal(6, 1);
            RewardTable table = new RewardTable(rewards, draw.vector(1));
            Rollouts rollouts = Rollouts.of(rewards, rewards.onesLike()).withGroups(draw.integers(0, 0, 0, 1, 1, 1));
            assertClose(
                    "grpo",
                    estimate(MultiRewardEstimator.sumThenNormalize(3), table),
                    Tensors.toDoubles(
                            new GroupRelative(true, 1e-4).estimate(rollouts).advantages()));
            assertClose(
                    "rloo",
                    estimate(MultiRewardEstimator.rloo(3), table),
                    Tensors.toDoubles(
                            AdvantageEstimator.rloo().estimate(rollouts).advantages()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aResponseThatNothingScoresGetsZeroAndDisturbsNobody(MultiRewardEstimator estimator) {
        try (Draws draw = new Draws(8)) {
            double[][] rewards = {{1, 0.5}, {NAN, NAN}, {0, 2}, {3, NAN}, {1, 1}, {NAN, -1}};
            NDArray weights = draw.vector(1, 0.5);
            double[] full = estimate(estimator, new RewardTable(draw.matrix(rewards), weights));
            double[][] swapped = {rewards[2], rewards[0], rewards[1], rewards[3], rewards[5], rewards[4]};
            double[] moved = estimate(estimator, new RewardTable(draw.matrix(swapped), weights));
            assertThat(full[1]).isZero();
            assertThat(full).doesNotContain(NAN);
            assertClose(
                    "permuted within groups", moved, new double[] {full[2], full[0], full[1], full[3], full[5], full[4]
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void equalRewardsAndLoneValuesGiveZero(MultiRewardEstimator estimator) {
        try (Draws draw = new Draws(8)) {
            double[][] rewards = {{0.1, 0.7}, {0.1, 0.7}, {0.1, 0.7}, {5, NAN}, {NAN, NAN}, {NAN, NAN}};
            double[] result = estimate(
                    estimator,
                    new RewardTable(
                            draw.matrix(new double[][] {rewards[0], rewards[1], rewards[2]}), draw.vector(1, 1)));
            assertThat(result).containsExactly(new double[3], within(1e-12));
            double[] lone = estimate(
                    estimator,
                    new RewardTable(
                            draw.matrix(new double[][] {rewards[3], rewards[4], rewards[5]}), draw.vector(1, 1)));
            assertThat(lone).containsExactly(0, 0, 0);
        }
    }

    @Test
    void normalizingFirstHearsAFunctionOfSmallRange() {
        try (Draws draw = new Draws(8)) {
            NDArray weights = draw.vector(1, 1);
            double[][] rewards = {{0, 1e-2}, {100, 0}, {0, 0}, {100, 1e-2}};
            double[] sum =
                    estimate(MultiRewardEstimator.sumThenNormalize(4), new RewardTable(draw.matrix(rewards), weights));
            double[] each =
                    estimate(MultiRewardEstimator.normalizeThenSum(4), new RewardTable(draw.matrix(rewards), weights));
            assertThat(sum[0] - sum[2]).isLessThan(1e-3);
            assertThat(each[0] - each[2]).isGreaterThan(1);
        }
    }

    @Test
    void clipAndKlEnterTheRewardBeforeTheBaseline() {
        try (Draws draw = new Draws(8)) {
            NDArray rewards = draw.matrix(new double[][] {{10}, {1}});
            NDArray old = draw.matrix(new double[][] {{-1, -2}, {-1, NAN}});
            NDArray ref = draw.matrix(new double[][] {{-2, -2}, {-1, NAN}});
            NDArray mask = draw.matrix(new double[][] {{1, 1}, {1, 0}});
            MultiRewardRloo rloo = new MultiRewardRloo(2, false, new RewardBounds(-3, 3), 0.5);
            RewardTable table = new RewardTable(rewards, draw.vector(1), old, ref, mask);
            assertThat(estimate(rloo, table)).containsExactly(new double[] {1.5, -1.5}, within(1e-12));
            assertThatThrownBy(() -> rloo.estimate(new RewardTable(rewards, draw.vector(1))))
                    .hasMessageStartingWith("oldLogps: ");
            assertThatThrownBy(() -> rloo.estimate(new RewardTable(rewards, draw.vector(1), old, ref, mask.onesLike())))
                    .hasMessageStartingWith("oldLogps: ");
        }
    }

    @Test
    void tablesThatDoNotFitAreRejected() {
        try (Draws draw = new Draws(8)) {
            NDArray rewards = draw.normal(4, 2);
            assertThatThrownBy(() -> new RewardTable(rewards, draw.vector(1))).hasMessageStartingWith("weights: ");
            assertThatThrownBy(() -> new RewardTable(rewards, draw.vector(1, NAN)))
                    .hasMessageStartingWith("weights: ");
            assertThatThrownBy(() -> new RewardTable(draw.matrix(new double[][] {{1 / 0.0}}), draw.vector(1)))
                    .hasMessageStartingWith("rewards: ");
            assertThatThrownBy(() -> MultiRewardEstimator.rloo(3).estimate(new RewardTable(rewards, draw.vector(1, 1))))
                    .hasMessage("rewards: expected a number of rows that 3 divides, got 4");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsLeftOverAndRowsSpreadOverTokens(MultiRewardEstimator estimator) {
        try (Draws draw = new Draws(8)) {
            RewardTable table = new RewardTable(draw.normal(3, 2), draw.vector(1, 1));
            NDArray mask = draw.matrix(new double[][] {{1, 0}, {1, 1}, {0, 0}});
            LiveArrays.assertOneLeft(draw.manager(), () -> estimator.estimate(table));
            NDArray rows = estimator.estimate(table);
            double[] a = Tensors.toDoubles(rows);
            assertThat(Tensors.toDoubles(Advantages.spread(rows, mask)))
                    .containsExactly(new double[] {a[0], 0, a[1], a[1], 0, 0}, within(0.0));
        }
    }
}
