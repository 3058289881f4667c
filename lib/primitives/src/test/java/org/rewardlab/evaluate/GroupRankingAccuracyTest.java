package org.rewardlab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.rewardlab.testing.Draws;

class GroupRankingAccuracyTest {

    @Test
    void pairsAreWeightedByHowFarTheirOutcomesLieApart() {
        try (Draws draw = new Draws(3)) {
            NDArray rewards = draw.matrix(new double[][] {{1, 9}, {2, 0}, {0, 0}, {5, 5}, {1, 1}});
            NDArray mask = draw.matrix(new double[][] {{1, 0}, {1, 1}, {1, 1}, {1, 1}, {1, 1}});
            NDArray groups = draw.integers(4, 4, 4, 2, 2);
            // scores 1, 2, 0: outcomes 1, 0.5, 0 order pairs (0,1) wrongly (weight 0.5), (0,2) and (1,2) rightly (1 and
            // 0.5)
            NDArray outcomes = draw.vector(1, 0.5, 0, 1, 1);
            assertThat(GroupRankingAccuracy.of(rewards, mask, outcomes, groups))
                    .as("mean of 0.75 and the 0.5 of a group without differences")
                    .isCloseTo(0.625, within(1e-12));
            NDArray ties = draw.matrix(new double[][] {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}});
            assertThat(GroupRankingAccuracy.of(ties, mask, draw.vector(0, 1, 1, 1, 0), groups))
                    .as("a tie predicts that the first is not better")
                    .isCloseTo((1 + 0) / 2., within(1e-12));
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(3)) {
            NDArray rewards = draw.normal(2, 3);
            NDArray mask = rewards.onesLike();
            NDArray groups = draw.integers(1, 1);
            NDArray outcomes = draw.vector(0, 1);
            assertRejects("mask", () -> GroupRankingAccuracy.of(rewards, draw.normal(2, 3), outcomes, groups));
            assertRejects("outcomes", () -> GroupRankingAccuracy.of(rewards, mask, draw.vector(1), groups));
            assertRejects("outcomes", () -> GroupRankingAccuracy.of(rewards, mask, draw.vector(1, Double.NaN), groups));
            assertRejects("groups", () -> GroupRankingAccuracy.of(rewards, mask, outcomes, draw.integers(1)));
            NDArray broken = draw.replacedOutside(rewards, mask.zerosLike(), Double.NaN);
            assertRejects("rewards", () -> GroupRankingAccuracy.of(broken, mask, outcomes, groups));
        }
    }
}
