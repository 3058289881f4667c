package org.rewardlab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.select.LargeMarginPairs.Mode;
import org.rewardlab.select.LargeMarginPairs.Pair;
import org.rewardlab.select.PairwiseVote.Rule;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class ChoosingTest {

    @Test
    void theBestStandsAgainstTheWorstOfEachPrompt() {
        try (Draws draw = new Draws(1)) {
            NDArray rewards =
                    draw.matrix(new double[][] {{1, 4, 4, 0}, {2, 9, 1, Double.NaN}, {3, 3, 3, 3}, {5, 6, 7, 8}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 1}, {1, 0, 1, 0}, {1, 1, 1, 1}, {0, 0, 0, 0}});
            BestAgainstWorst pairs = BestAgainstWorst.of(rewards, mask, 0);
            assertThat(pairs.chosen().toLongArray()).containsExactly(1, 0, 0, -1);
            assertThat(pairs.rejected().toLongArray()).containsExactly(3, 2, 0, -1);
            assertThat(Tensors.toDoubles(pairs.gap())).containsExactly(4, 1, 0, 0);
            assertThat(Tensors.toDoubles(pairs.keep())).containsExactly(1, 1, 0, 0);
            for (double gap : new double[] {0.1, 0.3, 0.7}) {
                NDArray pair = draw.matrix(new double[][] {{gap, 0}}).toType(DataType.FLOAT32, false);
                assertThat(Tensors.toDoubles(
                                BestAgainstWorst.of(pair, pair.onesLike(), gap).keep()))
                        .as("a gap of exactly %s", gap)
                        .containsExactly(0);
            }
            assertThat(Tensors.toDoubles(BestAgainstWorst.of(rewards, mask, 1).keep()))
                    .as("a gap must exceed the least")
                    .containsExactly(1, 0, 0, 0);
            assertRejects("minGap", () -> BestAgainstWorst.of(rewards, mask, -1));
            assertRejects("rewards", () -> BestAgainstWorst.of(rewards, mask.onesLike(), 0));
            assertRejects("mask", () -> BestAgainstWorst.of(rewards, draw.normal(4, 3), 0));
            assertRejects("mask", () -> BestAgainstWorst.of(rewards, mask.add(mask), 0));
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                BestAgainstWorst again = BestAgainstWorst.of(rewards, mask, 0);
                return List.of(again.chosen(), again.rejected(), again.gap(), again.keep());
            });
        }
    }

    @Test
    void aJudgeThatLikesTheFirstPlaceDecidesNothing() {
        double[] first = {7, 7};
        double[] second = {5, 5};
        int[] order = {1, -1};
        assertThat(PairwiseVote.preference(first, second, order, Rule.UNANIMOUS, 0))
                .isZero();
        assertThat(PairwiseVote.preference(first, second, order, Rule.UNANIMOUS, -1))
                .isEqualTo(-1);
        assertThat(PairwiseVote.preference(first, second, order, Rule.MAJORITY, 0))
                .isZero();
    }

    @Test
    void votesAddUpByTheirRule() {
        int[] order = {1, -1, 1};
        double[] wins = {3, 1, 3};
        double[] losses = {2, 2, 2};
        assertThat(PairwiseVote.preference(wins, losses, order, Rule.UNANIMOUS, -1))
                .isEqualTo(1);
        assertThat(PairwiseVote.preference(losses, wins, order, Rule.UNANIMOUS, 0))
                .isEqualTo(-1);
        double[] mixed = {3, 1, 2};
        assertThat(PairwiseVote.preference(mixed, losses, order, Rule.MAJORITY, -1))
                .isEqualTo(1);
        assertThat(PairwiseVote.preference(mixed, losses, order, Rule.UNANIMOUS, 0))
                .isZero();
        double[] turned = {1, 3, 2};
        assertThat(PairwiseVote.preference(turned, losses, order, Rule.MAJORITY, 0))
                .as("two against, one tie")
                .isEqualTo(-1);
        assertThat(PairwiseVote.preference(turned, losses, order, Rule.UNANIMOUS, 0))
                .isZero();
        assertThat(vote(new double[] {2}, new double[] {2}, new int[] {1}, 0))
                .as("a tie is no loss")
                .isZero();
        assertThat(vote(new double[] {-0.0}, new double[] {0.0}, new int[] {1}, 0))
                .as("there is one zero")
                .isZero();
        assertThat(vote(new double[] {0.0}, new double[] {-0.0}, new int[] {1}, 0))
                .isZero();
        double[] stretched = {Math.exp(3), Math.exp(1), Math.exp(2)};
        double[] base = {Math.exp(2), Math.exp(2), Math.exp(2)};
        assertThat(PairwiseVote.preference(stretched, base, order, Rule.MAJORITY, -1))
                .isEqualTo(1);
    }

    @Test
    void badVotesAreRejectedByName() {
        double[] one = {1};
        int[] order = {1};
        assertRejects("order", () -> vote(new double[0], new double[0], new int[0], 0));
        assertRejects("order", () -> vote(one, one, new int[] {0}, 0));
        assertRejects("firstScores", () -> vote(new double[] {1, 2}, one, order, 0));
        assertRejects("secondScores", () -> vote(one, new double[0], order, 0));
        assertRejects("secondScores", () -> vote(one, new double[] {Double.NaN}, order, 0));
        assertRejects("tieValue", () -> vote(one, one, order, 1));
    }

    private static int vote(double[] first, double[] second, int[] order, int tie) {
        return PairwiseVote.preference(first, second, order, Rule.MAJORITY, tie);
    }

    @Test
    void groupsThatLeanToOneSideAreDropped() {
        try (Draws draw = new Draws(2)) {
            NDArray advantages = draw.matrix(new double[][] {{0, 1, 1, 1}, {1, -1, 0, 0}, {0, -1, -1, 0}});
            GroupSkew groups = GroupSkew.of(advantages, 0.6);
            assertThat(Tensors.toDoubles(groups.skew())).containsExactly(0.75, 0, 0.5);
            assertThat(Tensors.toDoubles(groups.keep())).containsExactly(0, 1, 1);
            assertThat(Tensors.toDoubles(groups.filtered())).containsExactly(0, 0, 0, 0, 1, -1, 0, 0, 0, -1, -1, 0);
            assertThat(Tensors.toDoubles(GroupSkew.of(advantages, 1).filtered()))
                    .isEqualTo(Tensors.toDoubles(advantages));
            NDArray mask = draw.mask(12, 3);
            double[] kept = Tensors.toDoubles(groups.maskKept(mask));
            double[] all = Tensors.toDoubles(mask);
            for (int i = 0; i < kept.length; i++) {
                assertThat(kept[i]).isEqualTo(i < 12 ? 0 : all[i]);
            }
            LiveArrays.assertOneLeft(draw.manager(), () -> groups.maskKept(mask));
            assertRejects("mask", () -> groups.maskKept(draw.mask(11, 3)));
            assertRejects("threshold", () -> GroupSkew.of(advantages, -0.1));
            assertRejects("advantages", () -> GroupSkew.of(draw.matrix(new double[][] {{Double.NaN, 1}}), 0.6));
            assertRejects("advantages", () -> GroupSkew.of(draw.vector(1, -1), 0.6));
        }
    }

    @Test
    void aPairIsKeptWhereAllJudgesAreOnOneSide() {
        try (Draws draw = new Draws(3)) {
            NDArray p = draw.matrix(new double[][] {{0.9, 0.2, 0.6, 0.5, 0.65}, {0.7, 0.1, 0.4, 0.9, 0.9}});
            ConsistentPreference selected = ConsistentPreference.of(p, 0);
            assertThat(Tensors.toDoubles(selected.label())).containsExactly(1, -1, 0, 0, 1);
            assertThat(Tensors.toDoubles(selected.keep())).containsExactly(1, 1, 0, 0, 1);
            assertThat(Tensors.toDoubles(ConsistentPreference.of(p, 0.15).label()))
                    .containsExactly(1, -1, 0, 0, 0);
            NDArray single = draw.matrix(new double[][] {{0.6}}).toType(DataType.FLOAT32, false);
            assertThat(Tensors.toDoubles(ConsistentPreference.of(single, 0.1).keep()))
                    .containsExactly(0);
            assertRejects("margin", () -> ConsistentPreference.of(p, 0.5));
            assertRejects("probabilities", () -> ConsistentPreference.of(p.add(p), 0));
            assertRejects("probabilities", () -> ConsistentPreference.of(draw.vector(0.5), 0));
        }
    }

    @Test
    void largeMarginPairsAreThoseThatAreGoodAndClearlyBetter() {
        double[] scores = {6, 5, 2, 5.5};
        assertThat(new LargeMarginPairs(Mode.BEST_WORST).select(scores)).containsExactly(new Pair(0, 2));
        assertThat(new LargeMarginPairs(Mode.BEST_WORST).select(6, 6, 2, 2))
                .as("the first of each")
                .containsExactly(new Pair(0, 2));
        assertThat(new LargeMarginPairs(Mode.ALL).select(scores))
                .containsExactly(new Pair(0, 1), new Pair(0, 2), new Pair(1, 2), new Pair(3, 2));
        assertThat(new LargeMarginPairs(Mode.GOLD_ONLY, 3, 5, 1).select(scores)).containsExactly(new Pair(3, 2));
        assertThat(new LargeMarginPairs(Mode.STUDENT_ONLY, 0, 5, 1).select(scores))
                .containsExactly(new Pair(1, 2), new Pair(3, 2));
        assertThat(new LargeMarginPairs(Mode.GOLD_ONLY).select(scores)).isEmpty();
    }

    @Test
    void equalOrBadResponsesMakeNoPair() {
        for (Mode mode : Mode.values()) {
            assertThat(new LargeMarginPairs(mode, 0, 5, 0).select(5, 5, 5).size())
                    .as("%s without a margin", mode)
                    .isEqualTo(mode == Mode.ALL ? 6 : mode == Mode.BEST_WORST ? 0 : 2);
            assertThat(new LargeMarginPairs(mode, 0, 5, 1).select(5, 5, 5)).isEmpty();
            assertThat(new LargeMarginPairs(mode, 0, 5, 1).select(4, 1, 0)).isEmpty();
        }
        assertRejects("scores", () -> new LargeMarginPairs(Mode.ALL).select());
        assertRejects("scores", () -> new LargeMarginPairs(Mode.ALL).select(1, Double.NaN));
        assertRejects("gold", () -> new LargeMarginPairs(Mode.ALL, -2, 5, 1));
        assertThatThrownBy(() -> new LargeMarginPairs(Mode.ALL, 2, 5, 1).select(1, 2))
                .hasMessage("gold: expected an index from -1 to 1, got 2");
        assertRejects("minMargin", () -> new LargeMarginPairs(Mode.ALL, 0, 5, Double.NaN));
    }
}
