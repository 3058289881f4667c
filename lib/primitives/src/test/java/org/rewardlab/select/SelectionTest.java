package org.rewardlab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.select.ResponseSelection.Strategy;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class SelectionTest {

    private static double[] probabilities(Strategy strategy, ResponseCandidates candidates) {
        return Tensors.toDoubles(new ResponseSelection(strategy).probabilities(candidates));
    }

    @ParameterizedTest
    @EnumSource
    void probabilitiesSumToOneAndFailuresGetNothingUnlessAllFail(Strategy strategy) {
        try (Draws draw = new Draws(5)) {
            for (int trial = 0; trial < 20; trial++) {
                var passed = draw.flags(6);
                ResponseCandidates candidates =
                        new ResponseCandidates(draw.uniform(0, 1, new long[] {6}), passed, draw.normal(6));
                double[] flags = Tensors.toDoubles(passed);
                double[] p = probabilities(strategy, candidates);
                assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
                boolean any = Arrays.stream(flags).sum() > 0;
                for (int i = 0; i < p.length; i++) {
                    assertThat(p[i] > 0 && any && flags[i] == 0).isFalse();
                }
            }
        }
    }

    @Test
    void eachStrategyChoosesInItsWay() {
        try (Draws draw = new Draws(5)) {
            var scores = draw.vector(0.5, 0.9, 0, 0.5);
            ResponseCandidates some = new ResponseCandidates(scores, draw.vector(0, 1, 1, 1), draw.vector(9, 2, 1, 2));
            assertThat(probabilities(Strategy.RANDOM, some)).containsExactly(new double[] {0, 1 / 3., 1 / 3., 1 / 3.});
            assertThat(probabilities(Strategy.FIRST, some)).containsExactly(0, 1, 0, 0);
            assertThat(probabilities(Strategy.IMITATION, some))
                    .as("the first of a tie among those that passed")
                    .containsExactly(0, 1, 0, 0);
            assertThat(probabilities(Strategy.REPETITION_RATIO, some))
                    .containsExactly(new double[] {0, 0.1 / 1.6, 1 / 1.6, 0.5 / 1.6}, within(1e-12));
            ResponseCandidates none = new ResponseCandidates(scores, draw.vector(0, 0, 0, 0), draw.vector(9, 2, 1, 2));
            assertThat(probabilities(Strategy.IMITATION, none)).containsExactly(1, 0, 0, 0);
            ResponseCandidates worn =
                    new ResponseCandidates(draw.vector(1, 1, 0.2), draw.vector(1, 1, 0), draw.vector(1, 1, 1));
            assertThat(probabilities(Strategy.REPETITION_RATIO, worn)).containsExactly(0.5, 0.5, 0);
        }
    }

    @Test
    void promptsAreKeptBetweenBoundsThatCount() {
        for (DataType type : new DataType[] {DataType.FLOAT64, DataType.FLOAT32}) {
            try (Draws draw = new Draws(5, type)) {
                var outcomes = draw.vector(1, 0, 0, 0, 0, /**/ 1, 1, 1, 1, 0, /**/ 1, 1, 1, 1, 1);
                var groups = draw.integers(7, 7, 7, 7, 7, -1, -1, -1, -1, -1, 3, 3, 3, 3, 3);
                AccuracyFilter.Kept kept = new AccuracyFilter().filter(outcomes, groups);
                assertThat(Tensors.toDoubles(kept.keep())).containsExactly(1, 1, 0);
                assertThat(Tensors.toDoubles(kept.accuracy()))
                        .containsExactly(new double[] {0.2, 0.8, 1}, within(1e-6));
                assertThat(Tensors.toDoubles(kept.keptRows()))
                        .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
            }
        }
    }

    @Test
    void nothingIsLeftOverButResults() {
        try (Draws draw = new Draws(5)) {
            ResponseCandidates some = new ResponseCandidates(draw.vector(0, 1), draw.vector(1, 1), draw.vector(1, 2));
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> new ResponseSelection(Strategy.IMITATION).probabilities(some));
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(5)) {
            var two = draw.vector(0.1, 0.2);
            var ones = draw.vector(1, 1);
            assertRejects("conflictScores", () -> new ResponseCandidates(draw.vector(0.1, 1.2), ones, two));
            assertRejects("conflictScores", () -> new ResponseCandidates(draw.vector(0.1, Double.NaN), ones, two));
            assertRejects("conflictScores", () -> new ResponseCandidates(draw.vector(), draw.vector(), null));
            assertRejects("passed", () -> new ResponseCandidates(two, draw.vector(1, 0.5), two));
            assertRejects("passed", () -> new ResponseCandidates(two, draw.vector(1), two));
            assertRejects("imitationScores", () -> new ResponseCandidates(two, ones, draw.vector(1, Double.NaN)));
            ResponseCandidates bare = new ResponseCandidates(two, ones, null);
            assertRejects("imitationScores", () -> probabilities(Strategy.IMITATION, bare));
            assertThat(probabilities(Strategy.RANDOM, bare)).containsExactly(0.5, 0.5);
            assertRejects("low", () -> new AccuracyFilter(-0.1, 0.8));
            assertRejects("high", () -> new AccuracyFilter(0.5, 0.4));
            AccuracyFilter filter = new AccuracyFilter();
            assertRejects("groups", () -> filter.filter(two, draw.integers(1)));
            assertRejects("groups", () -> filter.filter(two, two));
            assertRejects("outcomes", () -> filter.filter(draw.vector(1, Double.NaN), draw.integers(1, 1)));
        }
    }
}
