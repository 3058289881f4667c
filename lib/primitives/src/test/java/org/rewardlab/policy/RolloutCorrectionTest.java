package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rewardlab.policy.RolloutCorrection.Outside;
import org.rewardlab.policy.RolloutCorrection.Statistic;
import org.rewardlab.policy.RolloutCorrection.Unit;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class RolloutCorrectionTest {

    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    @Test
    void weightsOfTokensAndOfSequencesAreTruncatedRatios() {
        try (Draws draw = new Draws(1)) {
            NDArray old = draw.matrix(new double[][] {{-1, -2, Double.NaN}, {-1, 50, 3}});
            NDArray rollout = draw.matrix(new double[][] {{-1.5, -1, 7}, {-1, 0, Double.NaN}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0}, {1, 1, 0}});
            assertThat(Tensors.toDoubles(
                            RolloutCorrection.weights(old, rollout, mask, ImportanceLevel.TOKEN, 2, false)))
                    .containsExactly(new double[] {Math.exp(0.5), Math.exp(-1), 0, 1, 2, 0}, CLOSE);
            double row = Math.exp(-0.5);
            NDArray sequences = RolloutCorrection.weights(old, rollout, mask, ImportanceLevel.SEQUENCE, 2, false);
            assertThat(Tensors.toDoubles(sequences)).containsExactly(new double[] {row, row, 0, 2, 2, 0}, CLOSE);
            double mean = (row + 2) / 2;
            NDArray normalized = RolloutCorrection.weights(old, rollout, mask, ImportanceLevel.SEQUENCE, 2, true);
            assertThat(Tensors.toDoubles(normalized))
                    .containsExactly(
                            new double[] {row / mean, row / mean, 0, 2 / mean, 2 / mean, 0}, Offset.offset(1e-7));
        }
    }

    @Test
    void ratiosAreCutOrDroppedOutsideTheirRange() {
        try (Draws draw = new Draws(2)) {
            NDArray old = draw.matrix(new double[][] {{-1, 0, 9}});
            NDArray rollout = draw.matrix(new double[][] {{0, -1, 0}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0}});
            assertThat(Tensors.toDoubles(RolloutCorrection.ratio(
                            old, rollout, mask, ImportanceLevel.TOKEN, Outside.TRUNCATE, 0.5, 2.0)))
                    .containsExactly(new double[] {0.5, 2, 1}, CLOSE);
            assertThat(Tensors.toDoubles(RolloutCorrection.ratio(
                            old, rollout, mask, ImportanceLevel.TOKEN, Outside.MASK, null, 2.0)))
                    .containsExactly(new double[] {Math.exp(-1), 0, 1}, CLOSE);
            NDArray sequence =
                    RolloutCorrection.ratio(old, rollout, mask, ImportanceLevel.SEQUENCE, Outside.MASK, null, null);
            assertThat(sequence.getShape().getShape()).containsExactly(1, 1);
            assertThat(Tensors.toDoubles(sequence)).containsExactly(new double[] {1}, CLOSE);
        }
    }

    @Test
    void aRejectedSequenceLosesAllItsTokensATokenOnlyItself() {
        try (Draws draw = new Draws(3)) {
            NDArray ratio = draw.matrix(new double[][] {{0.1, 2, Double.NaN}, {0.1, 0.1, 0}, {0, 0, 0}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0}, {1, 1, 1}, {0, 0, 0}});
            assertThat(kept(ratio, mask, Unit.TOKEN, Statistic.K2, 0.5)).containsExactly(1, 0, 0, 1, 1, 1, 0, 0, 0);
            assertThat(kept(ratio, mask, Unit.SEQUENCE_MAX, Statistic.K3, 0.5))
                    .containsExactly(0, 0, 0, 1, 1, 1, 0, 0, 0);
            assertThat(kept(ratio, mask, Unit.SEQUENCE_MEAN, Statistic.K1, 2)) // |mean| <= log 2
                    .containsExactly(0, 0, 0, 1, 1, 1, 0, 0, 0);
            assertThat(kept(ratio, mask, Unit.SEQUENCE_SUM, Statistic.K1, 9)) // |sum| <= 2.197
                    .containsExactly(1, 1, 0, 1, 1, 1, 0, 0, 0);
        }
    }

    private static double[] kept(NDArray ratio, NDArray mask, Unit unit, Statistic statistic, double upper) {
        return Tensors.toDoubles(RolloutCorrection.keep(ratio, mask, unit, statistic, upper, null));
    }

    @Test
    void nothingCarriesAGradientOrIsLeftOver() {
        try (Draws draw = new Draws(4)) {
            NDArray old = Gradients.leaf(draw.normal(2, 3));
            NDArray rollout = draw.normal(2, 3);
            NDArray mask = draw.mask(2, 3);
            NDArray weights = Gradients.record(
                    () -> RolloutCorrection.weights(old, rollout, mask, ImportanceLevel.TOKEN, 2, true));
            assertThatThrownBy(() -> Gradients.backward(weights.sum())).isInstanceOf(IllegalArgumentException.class);
            LiveArrays.assertOneLeft(
                    draw.manager(),
                    () -> RolloutCorrection.weights(old, rollout, mask, ImportanceLevel.SEQUENCE, 2, true));
            LiveArrays.assertOneLeft(
                    draw.manager(),
                    () -> RolloutCorrection.keep(rollout, mask, Unit.SEQUENCE_MAX, Statistic.K3, 2, null));
        }
    }

    @Test
    void rejectsBoundsThatMakeNoSense() {
        try (Draws draw = new Draws(5)) {
            NDArray x = draw.normal(2, 3);
            NDArray mask = draw.mask(2, 3);
            assertThatThrownBy(() -> RolloutCorrection.weights(x, x, mask, ImportanceLevel.TOKEN, 0, false))
                    .hasMessageStartingWith("threshold: expected");
            assertThatThrownBy(() -> RolloutCorrection.ratio(x, x, mask, ImportanceLevel.TOKEN, Outside.MASK, 2.0, 1.0))
                    .hasMessageStartingWith("high: expected");
            assertThatThrownBy(() -> RolloutCorrection.keep(x, mask, Unit.TOKEN, Statistic.K1, 0, null))
                    .hasMessageStartingWith("upper: expected");
            assertThatThrownBy(() -> RolloutCorrection.keep(x, mask, Unit.TOKEN, Statistic.K1, 2, -1.0))
                    .hasMessageStartingWith("lower: expected");
            assertThatThrownBy(() -> RolloutCorrection.keep(draw.normal(3), mask, Unit.TOKEN, Statistic.K1, 2, null))
                    .hasMessageStartingWith("logRatio: expected");
        }
    }
}
