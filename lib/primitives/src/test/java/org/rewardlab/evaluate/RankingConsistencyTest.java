package org.rewardlab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.evaluate.RankingConsistency.Method;
import org.rewardlab.reward.LikelihoodRewards;
import org.rewardlab.select.BestAndWorst;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** How two judges' rankings agree, the rewards that they rank by, and the pairs that they choose. */
class RankingConsistencyTest {

    private static double agreement(double[] a, double[] b, Method method) {
        try (Draws draws = new Draws(1)) {
            return RankingConsistency.of(draws.matrix(new double[][] {a}), draws.matrix(new double[][] {b}), method)
                    .mean();
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void theSameOrderAgreesInFullAndTheReverseNotAtAll(Method method) {
        try (Draws draws = new Draws(2)) {
            NDArray rewards = draws.normal(6, 5);
            assertThat(RankingConsistency.of(rewards, rewards.mul(3).exp(), method)
                            .mean())
                    .isEqualTo(1);
            assertThat(RankingConsistency.of(rewards, rewards.neg(), method).mean())
                    .isCloseTo(0, within(1e-15));
        }
    }

    @Test
    void oneSwapIsWorkedByHand() {
        double[] a = {1, 2, 3, 4};
        double[] b = {1, 3, 2, 4};
        assertThat(agreement(a, b, Method.KENDALL)).isCloseTo(5 / 6.0, within(1e-15));
        assertThat(agreement(a, b, Method.SPEARMAN)).isCloseTo((0.8 + 1) / 2, within(1e-15));
        assertThat(agreement(a, b, Method.TOP_ORDER)).isEqualTo(1);
        assertThat(agreement(a, new double[] {2, 1, 3, 4}, Method.TOP_ORDER)).isZero();
    }

    @Test
    void ofEqualRewardsTheFirstRanksLower() {
        double[] tied = {1, 1};
        assertThat(agreement(tied, new double[] {0, 1}, Method.KENDALL)).isEqualTo(1);
        assertThat(agreement(tied, new double[] {1, 0}, Method.KENDALL)).isZero();
        assertThat(agreement(new double[] {1, 1, 2, 0}, new double[] {0, 3, 1, 1}, Method.KENDALL))
                .isEqualTo(0.5);
        assertThat(agreement(tied, tied, Method.TOP_ORDER)).isEqualTo(1);
    }

    @Test
    void aModelRanksItsSamplesByTheirLikelihood() {
        try (Draws draws = new Draws(3)) {
            NDArray mask = draws.matrix(new double[][] {{1, 1}, {1, 0}});
            NDArray logps = draws.matrix(new double[][] {{-1, -2}, {-4, Double.NaN}});
            NDArray ref = draws.matrix(new double[][] {{-2, -2}, {-1, Double.NaN}});
            assertThat(Tensors.toDoubles(LikelihoodRewards.implicit(logps, ref, mask)))
                    .containsExactly(1, -3);
            assertThat(Tensors.toDoubles(LikelihoodRewards.meanLogp(logps, mask)))
                    .containsExactly(-1.5, -4);
            LiveArrays.assertOneLeft(draws.manager(), () -> LikelihoodRewards.implicit(logps, ref, mask));
            LiveArrays.assertOneLeft(draws.manager(), () -> LikelihoodRewards.meanLogp(logps, mask));
            NDArray empty = draws.matrix(new double[][] {{1, 1}, {0, 0}});
            assertThat(Tensors.toDoubles(LikelihoodRewards.implicit(logps, ref, empty))[1])
                    .isZero();
            LossLaws.assertRejects("mask", () -> LikelihoodRewards.meanLogp(logps, empty));
            LossLaws.assertRejects("logps", () -> LikelihoodRewards.implicit(logps, ref, mask.onesLike()));
            LossLaws.assertRejects("refLogps", () -> LikelihoodRewards.implicit(logps, draws.normal(2, 3), mask));
        }
    }

    @Test
    void thePairIsTheFirstBestAndTheFirstWorst() {
        try (Draws draws = new Draws(4)) {
            BestAndWorst pairs = BestAndWorst.of(draws.matrix(new double[][] {{1, 2, 2, 0, 0}, {3, 3, 3, 3, 3}}));
            assertThat(pairs.chosen().toLongArray()).containsExactly(1, 0);
            assertThat(pairs.rejected().toLongArray()).containsExactly(3, 0);
            assertThat(pairs.skip().toLongArray()).containsExactly(0, 1);
            NDArray broken = draws.matrix(new double[][] {{1, Double.NaN}});
            LossLaws.assertRejects("scores", () -> BestAndWorst.of(broken));
            LossLaws.assertRejects("scores", () -> BestAndWorst.of(draws.of(new double[0], 1, 0)));
            LossLaws.assertRejects("scores", () -> BestAndWorst.of(draws.vector(1, 2)));
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("method", () -> Method.of("pearson"));
        try (Draws draws = new Draws(5)) {
            NDArray one = draws.normal(2, 1);
            NDArray two = draws.normal(2, 2);
            NDArray broken = draws.matrix(new double[][] {{1, 2}, {Double.NaN, 0}});
            LossLaws.assertRejects("current", () -> RankingConsistency.of(one, one));
            LossLaws.assertRejects("previous", () -> RankingConsistency.of(two, one));
            LossLaws.assertRejects("current", () -> RankingConsistency.of(broken, two));
            LossLaws.assertRejects("previous", () -> RankingConsistency.of(two, broken));
        }
    }
}
