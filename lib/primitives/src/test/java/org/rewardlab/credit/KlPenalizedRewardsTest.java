package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class KlPenalizedRewardsTest {

    private static final double NAN = Double.NaN;

    @Test
    void theScoreStandsOnTheLastCountedTokenAndThePenaltyOnEach() {
        try (Draws draw = new Draws(2)) {
            NDArray logps = draw.matrix(new double[][] {{-1, -2, NAN, -3, NAN}, {-1, NAN, NAN, NAN, NAN}});
            NDArray ref = draw.matrix(new double[][] {{-2, -2, NAN, -1, NAN}, {-1.5, NAN, NAN, NAN, NAN}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0, 1, 0}, {1, 0, 0, 0, 0}});
            assertThat(new RewardBounds(2, 2).clip(5))
                    .as("both bounds may be one")
                    .isEqualTo(2);
            KlPenalizedRewards rewards = new KlPenalizedRewards(0.1, KlEstimator.k1(), new RewardBounds(-1, 1));
            double[] expected = {-0.1, 0, 0, 1.2, 0, -1.05, 0, 0, 0, 0};
            NDArray scores = draw.vector(9, -7);
            assertThat(Tensors.toDoubles(rewards.assign(scores, logps, ref, mask)))
                    .containsExactly(expected, within(1e-12));
            NDArray outcome = draw.matrix(new double[][] {{4, 0, 0, 5, 0}, {-7, 0, 0, 0, 0}});
            Rollouts rollouts = Rollouts.of(outcome, mask).withLogps(logps).withRefLogps(ref);
            assertThat(Tensors.toDoubles(rewards.assign(rollouts))).containsExactly(expected, within(1e-12));
            LiveArrays.assertOneLeft(draw.manager(), () -> rewards.assign(rollouts));
            LiveArrays.assertOneLeft(draw.manager(), () -> rewards.assign(scores, logps, ref, mask));
        }
    }

    @Test
    void aNegativeWeightCountsAsNoneEvenWhereTheEstimateOverflows() {
        try (Draws draw = new Draws(2)) {
            NDArray logps = draw.matrix(new double[][] {{-1e4, 0}});
            NDArray ref = draw.matrix(new double[][] {{0, 0}});
            NDArray mask = draw.matrix(new double[][] {{1, 1}});
            KlPenalizedRewards none = new KlPenalizedRewards(-2, KlEstimator.k3(), null);
            assertThat(Tensors.toDoubles(none.assign(draw.vector(3), logps, ref, mask)))
                    .containsExactly(0, 3);
        }
    }

    @Test
    void rowsWithoutTokensAndNaNAreRejected() {
        try (Draws draw = new Draws(2)) {
            NDArray logps = draw.logps(2, 2);
            NDArray mask = draw.matrix(new double[][] {{1, 1}, {0, 0}});
            KlPenalizedRewards rewards = new KlPenalizedRewards(0.1);
            assertThatThrownBy(() -> rewards.assign(draw.vector(1, 1), logps, logps, mask))
                    .hasMessage("mask: expected a counted token in each row, got none in row 1");
            NDArray all = mask.onesLike();
            assertThatThrownBy(() -> rewards.assign(draw.vector(1, NAN), logps, logps, all))
                    .hasMessageStartingWith("scores: ");
            assertThatThrownBy(() -> rewards.assign(draw.vector(1), logps, logps, all))
                    .hasMessageStartingWith("scores: ");
            assertThatThrownBy(() -> rewards.assign(draw.vector(1, 1), logps, draw.logps(2, 3), all))
                    .hasMessageStartingWith("refLogps: ");
            assertThatThrownBy(() -> new KlPenalizedRewards(NAN)).hasMessageStartingWith("coefficient: ");
            assertThatThrownBy(() -> rewards.assign(Rollouts.of(logps, all))).hasMessageStartingWith("logps: ");
        }
    }
}
