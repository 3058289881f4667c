package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;

class TurnTokensTest {

    private static NDArray turns(Draws draw) {
        return Tensors.create(draw.manager(), new long[] {-1, 0, 0, 2, -1, 2, 1, 1, -1, -1, 1, 0}, 2, 6);
    }

    @Test
    void tokensAreSummedByTurnAndAbsentTurnsAreZero() {
        try (Draws draw = new Draws(4)) {
            NDArray values = draw.matrix(new double[][] {{9, 1, 2, 3, Double.NaN, 4}, {1, 2, 9, 9, 4, 8}});
            assertThat(Tensors.toDoubles(TurnTokens.sums(values, turns(draw), 3)))
                    .containsExactly(3, 0, 7, 8, 7, 0);
            FiniteDifferences.assertAgree("sums", x -> TurnTokens.sums(x, turns(draw), 3), draw.normal(2, 6));
            NDArray ids = turns(draw);
            LiveArrays.assertOneLeft(draw.manager(), () -> TurnTokens.sums(values, ids, 3));
        }
    }

    @Test
    void turnsAreSpreadOverTheirTokensOrPlacedOnTheLast() {
        try (Draws draw = new Draws(4)) {
            NDArray perTurn = draw.matrix(new double[][] {{10, 20, 30}, {40, 50, 60}});
            assertThat(Tensors.toDoubles(TurnTokens.broadcast(perTurn, turns(draw))))
                    .containsExactly(0, 10, 10, 30, 0, 30, 50, 50, 0, 0, 50, 40);
            assertThat(Tensors.toDoubles(TurnTokens.onLastToken(perTurn, turns(draw))))
                    .containsExactly(0, 0, 10, 0, 0, 30, 0, 0, 0, 0, 50, 40);
            assertThat(Tensors.toDoubles(TurnTokens.mask(turns(draw), DataType.FLOAT32)))
                    .containsExactly(0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1);
            assertThat(Tensors.toDoubles(TurnTokens.present(turns(draw), 4, DataType.FLOAT64)))
                    .containsExactly(1, 0, 1, 0, 1, 1, 0, 0);
            assertThat(TurnTokens.count(turns(draw))).isEqualTo(3);
            NDArray ids = turns(draw);
            LiveArrays.assertOneLeft(draw.manager(), () -> TurnTokens.broadcast(perTurn, ids));
            LiveArrays.assertOneLeft(draw.manager(), () -> TurnTokens.onLastToken(perTurn, ids));
        }
    }

    @Test
    void aRewardPlacedOnTheLastTokenOfItsTurnSumsBackToIt() {
        try (Draws draw = new Draws(4)) {
            NDArray perTurn = draw.normal(2, 3);
            double[] back =
                    Tensors.toDoubles(TurnTokens.sums(TurnTokens.onLastToken(perTurn, turns(draw)), turns(draw), 3));
            double[] there = Tensors.toDoubles(TurnTokens.present(turns(draw), 3, DataType.FLOAT64));
            double[] given = Tensors.toDoubles(perTurn);
            for (int i = 0; i < back.length; i++) {
                assertThat(back[i]).isCloseTo(given[i] * there[i], within(1e-12));
            }
        }
    }

    @Test
    void prefixMasksHaveLengths() {
        try (Draws draw = new Draws(4)) {
            assertThat(PrefixMask.lengths("mask", draw.matrix(new double[][] {{1, 1, 0}, {0, 0, 0}, {1, 1, 1}})))
                    .containsExactly(2, 0, 3);
            assertRejects("m", () -> PrefixMask.lengths("m", draw.matrix(new double[][] {{1, 0, 1}})));
            assertRejects("m", () -> PrefixMask.lengths("m", draw.matrix(new double[][] {{0, 1}})));
            assertRejects("m", () -> PrefixMask.lengths("m", draw.matrix(new double[][] {{1, 0.5}})));
            assertRejects("m", () -> PrefixMask.positiveLengths("m", draw.matrix(new double[][] {{1}, {0}})));
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(4)) {
            NDArray perTurn = draw.normal(2, 2);
            assertRejects("turns", () -> TurnTokens.broadcast(perTurn, turns(draw)));
            assertRejects("turns", () -> TurnTokens.onLastToken(perTurn, turns(draw)));
            assertRejects("turns", () -> TurnTokens.sums(draw.normal(2, 6), turns(draw), 2));
            assertRejects("turns", () -> TurnTokens.sums(draw.normal(2, 5), turns(draw), 3));
            assertRejects("turns", () -> TurnTokens.count(draw.matrix(new double[][] {{-2, 0}})));
            assertRejects("turns", () -> TurnTokens.count(draw.matrix(new double[][] {{0.5, 0}})));
            assertRejects("turns", () -> TurnTokens.broadcast(draw.normal(3, 3), turns(draw)));
            assertRejects("count", () -> TurnTokens.sums(draw.normal(2, 6), turns(draw), 0));
        }
    }
}
