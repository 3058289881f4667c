package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;

/** Scans of float32 matrices, eight rows at a time, beside those of float64. */
class FloatScanTest {

    private static final Offset<Double> CLOSE = Offset.offset(1e-5);

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "4, 5", "9, 6", "8, 33"})
    void agreeWithFloat64WhateverTheMask(int rows, int tokens) {
        for (boolean holes : new boolean[] {false, true}) {
            try (Draws wide = new Draws(rows);
                    Draws narrow = new Draws(rows, DataType.FLOAT32)) {
                assertThat(Tensors.toDoubles(advantages(narrow, rows, tokens, holes)))
                        .containsExactly(Tensors.toDoubles(advantages(wide, rows, tokens, holes)), CLOSE);
                assertThat(Tensors.toDoubles(returns(narrow, rows, tokens, holes)))
                        .containsExactly(Tensors.toDoubles(returns(wide, rows, tokens, holes)), CLOSE);
            }
        }
    }

    private static NDArray advantages(Draws draw, int rows, int tokens, boolean holes) {
        NDArray mask = holes ? draw.raggedMask(rows, tokens) : draw.mask(rows, tokens);
        Rollouts rollouts = Rollouts.of(draw.normal(rows, tokens), mask).withValues(draw.normal(rows, tokens));
        return new Gae(0.97, 0.9).estimate(rollouts).advantages();
    }

    private static NDArray returns(Draws draw, int rows, int tokens, boolean holes) {
        NDArray mask = holes ? draw.raggedMask(rows, tokens) : draw.mask(rows, tokens);
        return Returns.discounted(draw.normal(rows, tokens), mask, 0.97);
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "3, 7", "4, 5", "9, 6", "8, 33", "70, 129"})
    void whitenedReturnsAndTokenBaselinesAgreeWithFloat64WhateverIsMasked(int rows, int tokens) {
        for (boolean holes : new boolean[] {false, true}) {
            try (Draws wide = new Draws(rows);
                    Draws narrow = new Draws(rows, DataType.FLOAT32)) {
                Rollouts exact = rollouts(wide, rows, tokens, holes);
                Rollouts quick = rollouts(narrow, rows, tokens, holes);
                assertThat(Tensors.toDoubles(new OptimalTokenBaseline()
                                .estimate(weighted(narrow, quick))
                                .advantages()))
                        .containsExactly(
                                Tensors.toDoubles(new OptimalTokenBaseline()
                                        .estimate(weighted(wide, exact))
                                        .advantages()),
                                Offset.offset(1e-4));
                for (AdvantageEstimator estimator : List.of(
                        new ReinforcePlusPlus(0.9),
                        new ReinforcePlusPlus(1),
                        new OptimalTokenBaseline(),
                        new OptimalTokenBaseline(true, 1e-8))) {
                    assertThat(Tensors.toDoubles(estimator.estimate(quick).advantages()))
                            .as("%s", estimator)
                            .containsExactly(
                                    Tensors.toDoubles(estimator.estimate(exact).advantages()), Offset.offset(1e-4));
                }
            }
        }
    }

    private static Rollouts weighted(Draws draw, Rollouts rollouts) {
        return rollouts.withIsWeights(
                draw.uniform(0.5, 2, rollouts.rewards().getShape().getShape()));
    }

    @Test
    void shortRowsHoldNothingOfTheCallBeforeWhateverTheLayout() {
        try (Draws wide = new Draws(4);
                Draws narrow = new Draws(4, DataType.FLOAT32)) {
            List<double[]> exact = ofShorterAndShorterRows(wide);
            List<double[]> quick = ofShorterAndShorterRows(narrow);
            for (int i = 0; i < exact.size(); i++) {
                assertThat(quick.get(i)).as("%s", i).containsExactly(exact.get(i), Offset.offset(1e-4));
            }
        }
    }

    private static List<double[]> ofShorterAndShorterRows(Draws draw) {
        int rows = 9;
        int tokens = 12;
        List<double[]> found = new ArrayList<>();
        for (int length : new int[] {tokens, 5}) {
            double[][] mask = new double[rows][tokens];
            long[] groups = new long[rows];
            for (int b = 0; b < rows; b++) {
                Arrays.fill(mask[b], 0, length - b % 3, 1);
                groups[b] = b / 7;
            }
            Rollouts rollouts = Rollouts.of(draw.normal(rows, tokens), draw.matrix(mask))
                    .withValues(draw.normal(rows, tokens))
                    .withGroups(draw.integers(groups))
                    .withOldLogps(draw.logps(tokens, rows).transpose())
                    .withSquaredProbabilities(draw.uniform(0, 1, new long[] {rows, tokens}));
            for (AdvantageEstimator each :
                    List.of(new Gae(0.97, 0.9), new ReinforcePlusPlus(0.9), new OptimalTokenBaseline())) {
                Advantages advantages = each.estimate(rollouts);
                found.add(Tensors.toDoubles(advantages.advantages()));
                found.add(Tensors.toDoubles(advantages.requireReturns()));
            }
        }
        return found;
    }

    @Test
    void returnsFarFromZeroAreWhitenedAsWell() {
        double[][] near = {{3, 1, 2, 0}, {0, 2, 1, 1}};
        double[][] far = {{1003, 1001, 1002, 1000}, {1000, 1002, 1001, 1001}};
        try (Draws draw = new Draws(1, DataType.FLOAT32)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 1}, {1, 1, 1, 0}});
            double[] expected = whitened(draw.matrix(near), mask);
            assertThat(whitened(draw.matrix(far), mask)).containsExactly(expected, Offset.offset(1e-4));
        }
    }

    private static double[] whitened(NDArray rewards, NDArray mask) {
        return Tensors.toDoubles(
                new ReinforcePlusPlus(0).estimate(Rollouts.of(rewards, mask)).advantages());
    }

    private static Rollouts rollouts(Draws draw, int rows, int tokens, boolean holes) {
        NDArray mask = holes ? draw.raggedMask(rows, tokens) : draw.mask(rows, tokens);
        long[] groups = new long[rows];
        for (int b = 0; b < rows; b++) {
            groups[b] = b % 3;
        }
        return Rollouts.of(draw.replacedOutside(draw.normal(rows, tokens), mask, Double.NaN), mask)
                .withGroups(draw.integers(groups))
                .withOldLogps(draw.replacedOutside(draw.logps(rows, tokens), mask, Double.NaN))
                .withSquaredProbabilities(draw.uniform(0, 1, new long[] {rows, tokens}));
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "6"})
    void noticeNaNOnCountedTokensAndOtherNumbersInMasks(int rows) {
        try (Draws draw = new Draws(2, DataType.FLOAT32)) {
            NDArray mask = draw.mask(rows, 8);
            NDArray good = draw.normal(rows, 8);
            NDArray padded = draw.replacedOutside(good, mask, Double.NaN);
            NDArray broken = draw.replacedOutside(good, good.zerosLike(), Double.NaN);
            NDArray half = draw.replacedOutside(mask, good.zerosLike(), 0.5);
            Gae gae = new Gae(1, 0);
            assertThat(Tensors.toDoubles(Returns.discounted(padded, mask, 0.5))).doesNotContain(Double.NaN);
            assertThat(Tensors.toDoubles(gae.estimate(Rollouts.of(padded, mask).withValues(good))
                            .advantages()))
                    .doesNotContain(Double.NaN);
            NDArray one = draw.integers(new long[rows]);
            AdvantageEstimator baseline = new OptimalTokenBaseline();
            int before = draw.manager().getManagedArrays().size();
            assertThatThrownBy(() -> Returns.discounted(broken, mask, 0.5)).hasMessageStartingWith("rewards: expected");
            assertThatThrownBy(() -> Returns.discounted(good, half, 0.5)).hasMessageStartingWith("mask: expected");
            assertThatThrownBy(() -> gae.estimate(Rollouts.of(good, mask).withValues(broken)))
                    .hasMessageStartingWith("values: expected");
            assertThatThrownBy(() -> gae.estimate(Rollouts.of(good, half).withValues(good)))
                    .hasMessageStartingWith("mask: expected");
            Rollouts halved = Rollouts.of(good, half);
            for (AdvantageEstimator each : List.of(new ReinforcePlusPlus(1), baseline)) {
                assertThatThrownBy(() -> each.estimate(judged(Rollouts.of(broken, mask), one, good)))
                        .hasMessageStartingWith("rewards: expected");
                assertThatThrownBy(() -> each.estimate(judged(halved, one, good)))
                        .hasMessageStartingWith("mask: expected");
            }
            assertThatThrownBy(() -> baseline.estimate(judged(Rollouts.of(good, mask), one, broken)))
                    .hasMessageStartingWith("oldLogps: expected");
            assertThat(draw.manager().getManagedArrays()).hasSize(before);
        }
    }

    private static Rollouts judged(Rollouts rollouts, NDArray groups, NDArray logps) {
        return rollouts.withGroups(groups).withOldLogps(logps).withSquaredProbabilities(rollouts.mask());
    }
}
