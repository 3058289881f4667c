package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Several dimensions of reward made one. */
class DimensionMixTest {

    private static double[] mix(NDArray rewards, double... weights) {
        return Tensors.toDoubles(
                new DimensionMix(java.util.Arrays.stream(weights).boxed().toList(), 10).combine(rewards));
    }

    @Test
    void dimensionsAreBroughtToOneMeasureAndAveraged() {
        try (Draws draw = new Draws(1)) {
            NDArray rewards = draw.matrix(new double[][] {{0, 100, 7}, {5, 300, 7}, {10, 200, 7}});
            assertThat(mix(rewards, 1, 1, 0)).containsExactly(new double[] {0, 7.5, 7.5}, within(1e-12));
            assertThat(mix(rewards, 1, 0, 0)).as("one-hot").containsExactly(new double[] {0, 5, 10}, within(1e-12));
            assertThat(mix(rewards, 1, 3, 0)).containsExactly(new double[] {0, 8.75, 6.25}, within(1e-12));
            assertThat(mix(rewards, 0, 0, 1)).as("does not vary").containsOnly(0);
            assertThat(Tensors.toDoubles(DimensionMix.equal(3).combine(rewards)))
                    .containsExactly(new double[] {0, 5, 5}, within(1e-12));
        }
    }

    @Test
    void positiveAffineChangesChangeNothingAndTheRangeHolds() {
        try (Draws draw = new Draws(2, DataType.FLOAT32)) {
            NDArray rewards = draw.normal(20, 2);
            double[][] rows = Tensors.toRows(rewards);
            for (double[] row : rows) {
                row[1] = 4 * row[1] - 3;
            }
            double[] combined = mix(rewards, 1, 2);
            assertThat(mix(draw.matrix(rows), 1, 2)).containsExactly(combined, within(1e-4));
            for (double number : combined) {
                assertThat(number).isBetween(0.0, 10.0);
            }
            assertThat(DimensionMix.equal(2).combine(rewards).getDataType()).isEqualTo(DataType.FLOAT32);
            LiveArrays.assertOneLeft(draw.manager(), () -> DimensionMix.equal(2).combine(rewards));
        }
    }

    @Test
    void newDataAreMeasuredByTheBoundsOfTheOld() {
        try (Draws draw = new Draws(3)) {
            DimensionMix.Fitted fitted = DimensionMix.equal(1).fit(draw.matrix(new double[][] {{2}, {4}}));
            assertThat(Tensors.toDoubles(fitted.combine(draw.matrix(new double[][] {{3}, {5}}))))
                    .containsExactly(5, 15);
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(4)) {
            assertRejects("weights", () -> new DimensionMix(List.of(0.0, 0.0), 10));
            assertRejects("weights", () -> new DimensionMix(List.of(1.0, -1.0), 10));
            assertRejects("weights", () -> new DimensionMix(List.of(), 10));
            assertRejects("outScale", () -> new DimensionMix(List.of(1.0), Double.NaN));
            assertRejects("dimensions", () -> DimensionMix.equal(0));
            DimensionMix two = DimensionMix.equal(2);
            assertRejects("rewards", () -> two.combine(draw.matrix(new double[][] {{1}})));
            assertRejects("rewards", () -> two.combine(draw.matrix(new double[][] {{1, Double.NaN}})));
            assertRejects("rewards", () -> two.combine(draw.of(new double[0], 0, 2)));
            assertRejects("lows", () -> new DimensionMix.Fitted(two, List.of(1.0), List.of(1.0)));
        }
    }
}
