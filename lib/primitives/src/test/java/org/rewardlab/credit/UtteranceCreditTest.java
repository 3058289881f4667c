package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rewardlab.credit.UtteranceAttribution.Method;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** A dialogue's score shared out among its utterances, or paid to every turn. */
class UtteranceCreditTest {

    private static final Offset<Double> TINY = within(1e-12);

    private static double[] of(Method method, double... attributions) {
        return new UtteranceAttribution(method).rewards(attributions, 8);
    }

    @Test
    void eachMethodPaysAsItSays() {
        assertThat(of(Method.SCALED, 3, 0, 1.5, -1)).containsExactly(new double[] {8, 0, 4, -1}, TINY);
        assertThat(of(Method.NORMALIZED, 1, 3)).containsExactly(new double[] {2, 6}, TINY);
        assertThat(of(Method.NORMALIZED, 0, 0)).containsExactly(0, 0);
        assertThat(of(Method.DISCOUNTED, 7, 7, 7)).containsExactly(new double[] {6.48, 7.2, 8}, TINY);
        assertThat(of(Method.UNIFORM, -5, Double.NaN)).containsExactly(8, 8);
        assertThat(of(Method.PROGRESS, 2, 1, 6)).containsExactly(new double[] {1.6, -0.8, 4}, TINY);
    }

    @Test
    void limitsAreUniformAndSumsAreTheScore() {
        assertThat(of(Method.SCALED, 3, 3, 3)).containsExactly(of(Method.UNIFORM, 0, 0, 0));
        assertThat(new UtteranceAttribution(Method.DISCOUNTED, 3, 1).rewards(new double[4], 8))
                .containsOnly(8);
        assertThat(Arrays.stream(of(Method.NORMALIZED, 0.3, 2, 1)).sum()).isCloseTo(8, TINY);
        assertThat(Arrays.stream(of(Method.PROGRESS, 3, 9, 5)).sum()).isCloseTo(5 / 10.0 * 8, TINY);
    }

    @Test
    void whatAMethodDoesNotReadIsNotChecked() {
        assertThat(new UtteranceAttribution(Method.UNIFORM, -1, 9).rewards(new double[1], 8))
                .containsExactly(8);
        assertThat(new UtteranceAttribution(Method.SCALED, 3, 9).rewards(new double[1], 8))
                .containsExactly(0);
    }

    @Test
    void keyUtterancesPayThoseThatLedToThem() {
        assertThat(new KeyUtterances(0.5).rewards(new double[] {0, 0, 1, 0}, 8)).containsExactly(2, 4, 8, 0);
        double[] two = new KeyUtterances().rewards(new double[] {0, 1, 0, 0, 1, 0}, 8);
        assertThat(Arrays.stream(two).max().orElseThrow()).isCloseTo(8, TINY);
        assertThat(two[5]).isZero();
        assertThat(new KeyUtterances().rewards(new double[3], 8)).containsOnly(0);
        assertThat(new KeyUtterances(0).rewards(new double[] {1, 0, 1}, 8)).containsExactly(8, 0, 8);
    }

    /** A dialogue of turns of 2, 1 and 1 tokens with another's words between, and one of a single turn. */
    private static Rollouts dialogues(Draws draw) {
        NDArray mask = draw.matrix(new double[][] {{1, 1, 0, 1, 0, 1}, {1, 1, 0, 0, 0, 0}});
        return Rollouts.of(draw.matrix(new double[][] {{0, 0, 0, 0, 0, 8}, {0, 4, 0, 0, 0, 0}}), mask)
                .withTurns(draw.integers(0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 0, 0).reshape(2, 6))
                .withGroups(draw.integers(1, 1));
    }

    @Test
    void turnsArePaidOnTheirLastToken() {
        try (Draws draw = new Draws(1)) {
            Rollouts rollouts = dialogues(draw);
            Rollouts judged =
                    rollouts.withStepScores(draw.matrix(new double[][] {{9, 3, 9, 0, 9, 1.5}, {9, 1, 9, 9, 9, 9}}));
            double[][] scaled = Tensors.toRows(new UtteranceAttribution(Method.SCALED).assign(judged));
            assertThat(scaled[0]).containsExactly(new double[] {0, 8, 0, 0, 0, 4}, TINY);
            assertThat(scaled[1]).containsExactly(new double[] {0, 4 / 3.0, 0, 0, 0, 0}, TINY);
            NDArray keys = draw.matrix(new double[][] {{9, 0, 9, 1, 9, 0}, {9, 0, 9, 9, 9, 9}});
            assertThat(Tensors.toRows(new KeyUtterances(0.5).assign(rollouts.withStepScores(keys)))[0])
                    .containsExactly(0, 4, 0, 8, 0, 0);
            double[][] all = Tensors.toRows(new TurnBroadcast().assign(rollouts));
            assertThat(all[0]).containsExactly(0, 8, 0, 8, 0, 8);
            assertThat(all[1]).containsExactly(0, 4, 0, 0, 0, 0);
            assertThat(Tensors.toRows(new TurnBroadcast().assign(rollouts.withOutcomes(draw.vector(1, 2))))[1])
                    .as("an outcome that is told apart")
                    .containsExactly(0, 2, 0, 0, 0, 0);
            LiveArrays.assertOneLeft(draw.manager(), () -> new UtteranceAttribution(Method.SCALED).assign(judged));
            LiveArrays.assertOneLeft(draw.manager(), () -> new TurnBroadcast().assign(rollouts));
        }
    }

    @Test
    void longDialoguesWeighMore() {
        try (Draws draw = new Draws(2)) {
            double[][] a = Tensors.toRows(
                    new TurnWeightedRelative(0).estimate(dialogues(draw)).advantages());
            double mean = (3 * 8 + 4) / 4.0;
            double std = Math.sqrt((3 * Math.pow(8 - mean, 2) + Math.pow(4 - mean, 2)) / 3);
            assertThat(a[0])
                    .containsExactly(
                            Arrays.stream(new double[] {1, 1, 0, 1, 0, 1})
                                    .map(m -> m * (8 - mean) / std)
                                    .toArray(),
                            TINY);
            assertThat(a[1][1]).isCloseTo((4 - mean) / std, TINY);
        }
    }

    @Test
    void turnAdvantagesSumToZeroAndFollowGrpoForEqualTurns() {
        TurnWeightedRelative relative = new TurnWeightedRelative();
        double[] scores = {0.97, 0.24, 0.6, 0};
        int[] turns = {3, 8, 1, 2};
        double[] a = relative.advantages(scores, turns);
        double sum = 0;
        for (int d = 0; d < 4; d++) {
            sum += turns[d] * a[d];
        }
        assertThat(sum).isCloseTo(0, TINY);
        double[] equal = new TurnWeightedRelative(0).advantages(scores, new int[] {5, 5, 5, 5});
        try (Draws draw = new Draws(3)) {
            double[] grpo = Tensors.toDoubles(new GroupRelative(true, 0)
                    .estimate(Rollouts.of(
                                    draw.vector(scores).reshape(4, 1),
                                    draw.vector(1, 1, 1, 1).reshape(4, 1))
                            .withGroups(draw.integers(0, 0, 0, 0)))
                    .advantages());
            double shrunk = Math.sqrt(19 / 20.0 * 4 / 3.0);
            for (int d = 0; d < 4; d++) {
                assertThat(equal[d]).isCloseTo(grpo[d] * shrunk, TINY);
            }
        }
        assertThat(relative.advantages(new double[] {0.5, 0.5}, new int[] {2, 3}))
                .containsOnly(0);
        assertThat(relative.advantages(new double[] {0.5}, new int[] {1}))
                .as("a single turn")
                .containsExactly(0.5 / (1 + 1e-6));
        assertThat(relative.advantages(new double[] {0.5}, new int[] {2})).containsExactly(0);
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        assertRejects("attributions", () -> of(Method.SCALED, 1, 4));
        assertRejects("attributions", () -> of(Method.SCALED, -0.5));
        assertRejects("attributions", () -> of(Method.NORMALIZED, -1));
        assertRejects("attributions", () -> of(Method.PROGRESS, Double.NaN));
        assertRejects("attributions", () -> of(Method.UNIFORM));
        assertRejects(
                "episodeScore", () -> new UtteranceAttribution(Method.UNIFORM).rewards(new double[1], Double.NaN));
        assertRejects("scale", () -> new UtteranceAttribution(Method.SCALED, 0, 1));
        assertRejects("gamma", () -> new UtteranceAttribution(Method.DISCOUNTED, 3, 1.1));
        assertRejects("gamma", () -> new KeyUtterances(-0.1));
        assertRejects("isKey", () -> new KeyUtterances().rewards(new double[] {0.5}, 8));
        assertRejects("isKey", () -> new KeyUtterances().rewards(new double[0], 8));
        assertRejects("turns", () -> new TurnWeightedRelative().advantages(new double[] {1}, new int[] {0}));
        assertRejects("turns", () -> new TurnWeightedRelative().advantages(new double[] {1}, new int[] {1, 1}));
        assertRejects("scores", () -> new TurnWeightedRelative().advantages(new double[0], new int[0]));
        assertRejects("epsilon", () -> new TurnWeightedRelative(-1));
        try (Draws draw = new Draws(4)) {
            Rollouts silent = Rollouts.of(draw.normal(1, 2), draw.matrix(new double[][] {{0, 0}}));
            assertRejects("mask", () -> new UtteranceAttribution(Method.UNIFORM).assign(silent));
            assertRejects("mask", () -> new TurnWeightedRelative().estimate(silent.withGroups(draw.integers(0))));
            Rollouts half = Rollouts.of(draw.normal(1, 2), draw.matrix(new double[][] {{0.5, 1}}));
            assertRejects("mask", () -> new TurnWeightedRelative().estimate(half.withGroups(draw.integers(0))));
            assertThat(Tensors.toDoubles(new TurnBroadcast().assign(silent))).containsOnly(0);
            assertRejects("stepScores", () -> new KeyUtterances().assign(dialogues(draw)));
        }
    }
}
