package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.FiniteDifferences.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Which limit of which estimator is which other, and what each rejects. */
class EstimatorLimitsTest {

    private static double[] advantages(AdvantageEstimator estimator, Rollouts rollouts) {
        return Tensors.toDoubles(estimator.estimate(rollouts).advantages());
    }

    @Test
    void gaeWithoutDecayIsRewardToGoMinusValue() {
        try (Draws draw = new Draws(4)) {
            NDArray mask = draw.mask(3, 6);
            Rollouts rollouts = Drawn.dense(draw, mask);
            double[] toGo = Tensors.toDoubles(Returns.toGo(rollouts.rewards(), mask));
            double[] values = Tensors.toDoubles(Objects.requireNonNull(rollouts.values()));
            double[] counted = Tensors.toDoubles(mask);
            double[] gae = advantages(AdvantageEstimator.gae(1, 1), rollouts);
            for (int i = 0; i < gae.length; i++) {
                double expected = counted[i] == 0 ? gae[i] : toGo[i] - values[i];
                assertThat(gae[i]).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void bothMaskModesOfGaeAgreeOnCountedTokensOfRightPaddedRows() {
        try (Draws draw = new Draws(4)) {
            NDArray mask = draw.mask(5, 6);
            Rollouts rollouts = Drawn.dense(draw, mask);
            NDArray zero = new Gae(0.9, 0.7, Gae.MaskMode.ZERO, false)
                    .estimate(rollouts)
                    .advantages();
            NDArray skip = new Gae(0.9, 0.7).estimate(rollouts).advantages();
            assertClose(
                    "modes",
                    Tensors.toDoubles(Masked.zeroOutside(zero, mask)),
                    Tensors.toDoubles(Masked.zeroOutside(skip, mask)));
        }
    }

    @Test
    void episodicGaeWithoutEndsIsGaeOnFullRows() {
        try (Draws draw = new Draws(4)) {
            NDArray rewards = draw.normal(7, 1);
            NDArray values = draw.normal(7, 1);
            NDArray none = draw.vector(0);
            Episodes episodes = new Episodes(rewards, values, draw.of(new double[7], 7, 1), none, draw.vector(0));
            NDArray row = rewards.reshape(1, 7);
            Rollouts rollouts = Rollouts.of(row, row.onesLike()).withValues(values.reshape(1, 7));
            assertClose(
                    "episodes",
                    Tensors.toDoubles(
                            new EpisodicGae(0.9, 0.8).estimate(episodes).advantages()),
                    advantages(AdvantageEstimator.gae(0.9, 0.8), rollouts));
            LiveArrays.assertOneLeft(draw.manager(), () -> {
                Advantages both = new EpisodicGae().estimate(episodes);
                both.requireReturns().close();
                return both.advantages();
            });
        }
    }

    @Test
    void groupEstimatorsAreMultiplesOfTheCentredScore() {
        try (Draws draw = new Draws(4)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1}, {1, 1}, {1, 1}, {1, 1}});
            Rollouts rollouts = Rollouts.of(draw.normal(4, 2), mask).withGroups(draw.integers(7, 7, 7, 7));
            double[] centred = advantages(AdvantageEstimator.groupCentred(), rollouts);
            double[] raised = centred.clone();
            for (int i = 0; i < raised.length; i++) {
                raised[i] *= 4.0 / 3;
            }
            assertClose("rloo", advantages(AdvantageEstimator.rloo(), rollouts), raised);
            assertClose("opo", advantages(AdvantageEstimator.opo(), rollouts), centred);
            assertClose("gpg", advantages(AdvantageEstimator.gpg(), rollouts), centred);
            Rollouts still = rollouts.withBaselines(draw.vector(0, 0, 0, 0));
            assertClose(
                    "remax",
                    advantages(AdvantageEstimator.remax(), still),
                    advantages(AdvantageEstimator.reinforce(1), still));
            NDArray white = Masked.whiten(draw.of(centred, 4, 2), mask, true);
            assertClose(
                    "reinforce++",
                    advantages(AdvantageEstimator.reinforcePlusPlusBaseline(), rollouts),
                    Tensors.toDoubles(white));
        }
    }

    @Test
    void aGroupOfOneFollowsTheRuleOfItsEstimator() {
        try (Draws draw = new Draws(4)) {
            NDArray one = draw.matrix(new double[][] {{1}});
            Rollouts rollouts =
                    Rollouts.of(draw.matrix(new double[][] {{0.8}}), one).withGroups(draw.integers(3));
            assertThat(advantages(AdvantageEstimator.groupCentred(), rollouts)).containsExactly(0.8);
            assertThat(advantages(new GroupRelative(true, 1), rollouts)).containsExactly(0.4);
            assertThat(advantages(AdvantageEstimator.rloo(), rollouts)).containsExactly(0.8);
            assertThat(advantages(new Rloo(Rloo.Singleton.ZERO), rollouts)).containsExactly(0);
            assertThat(advantages(AdvantageEstimator.opo(), rollouts)).containsExactly(0.8);
            assertThat(advantages(AdvantageEstimator.gpg(), rollouts)).containsExactly(0.8);
            assertThatThrownBy(() -> advantages(AdvantageEstimator.passAtK(), rollouts))
                    .hasMessageStartingWith("groups: expected at least two rows");
            assertThatThrownBy(() -> advantages(AdvantageEstimator.reinforcePlusPlusBaseline(), rollouts))
                    .hasMessageStartingWith("mask: ");
        }
    }

    @Test
    void passAtKRewardsTheFirstBestByItsLead() {
        try (Draws draw = new Draws(4)) {
            NDArray rewards = draw.matrix(new double[][] {{1}, {4}, {2}, {3}, {3}, {1}});
            Rollouts rollouts = Rollouts.of(rewards, rewards.onesLike()).withGroups(draw.integers(0, 0, 0, 1, 1, 1));
            assertThat(advantages(new PassAtK(false, 0), rollouts)).containsExactly(0, 2, 0, 0, 0, 0);
            double std = Math.sqrt(7.0 / 3);
            assertThat(advantages(new PassAtK(true, 1), rollouts)[1]).isCloseTo(2 / (std + 1), within(1e-12));
        }
    }

    @Test
    void aSolvedPromptWeighsMoreTheSeldomerItIsSolved() {
        try (Draws draw = new Draws(4)) {
            NDArray rewards = draw.matrix(new double[][] {{1, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}});
            double[] columns = Tensors.toDoubles(MaxRl.ofColumns(rewards));
            assertThat(columns).containsExactly(3, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0);
            NDArray flat = rewards.reshape(12, 1);
            Rollouts rollouts =
                    Rollouts.of(flat, flat.onesLike()).withGroups(draw.integers(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2));
            assertThat(advantages(AdvantageEstimator.maxRl(), rollouts)).containsExactly(columns);
            assertThatThrownBy(() -> MaxRl.ofColumns(draw.normal(2, 2))).hasMessageStartingWith("rewards: ");
        }
    }

    @Test
    void oneStepAtTheEndIsGroupRelativeAndAMissingStepIsNotRead() {
        try (Draws draw = new Draws(4)) {
            double[][] rewards = {{0.3, Double.NaN}, {-1, Double.NaN}, {2, Double.NaN}};
            NDArray ends = Tensors.create(
                    draw.manager(), new double[] {2, -1, 2, 99, 2, 0}, ai.djl.ndarray.types.DataType.INT64, 3, 2);
            NDArray mask = draw.mask(3, 3).onesLike();
            NDArray groups = draw.integers(1, 1, 1);
            StepRewards steps = new StepRewards(draw.matrix(rewards), ends, mask, groups);
            NDArray outcome = draw.matrix(new double[][] {{0, 0, 0.3}, {0, 0, -1}, {0, 0, 2}});
            assertClose(
                    "steps",
                    Tensors.toDoubles(new GroupRelativeSteps().estimate(steps).advantages()),
                    advantages(
                            AdvantageEstimator.groupRelative(),
                            Rollouts.of(outcome, mask).withGroups(groups)));
            LiveArrays.assertOneLeft(
                    draw.manager(),
                    () -> new GroupRelativeSteps().estimate(steps).advantages());
            StepRewards lone = new StepRewards(
                    draw.matrix(new double[][] {{5}}),
                    draw.integers(1).reshape(1, 1),
                    draw.matrix(new double[][] {{1, 1, 0}}),
                    draw.integers(1));
            assertThat(Tensors.toDoubles(new GroupRelativeSteps().estimate(lone).advantages()))
                    .containsExactly(0, 0, 0);
            assertThatThrownBy(() -> new StepRewards(
                            draw.matrix(new double[][] {{5}}),
                            draw.integers(3).reshape(1, 1),
                            draw.matrix(new double[][] {{1, 1, 0}}),
                            draw.integers(1)))
                    .hasMessageStartingWith("ends: expected token indices in [0, 3)");
        }
    }

    @Test
    void longResponsesKeepTheirNormalizedMiniLlmAdvantages() {
        try (Draws draw = new Draws(4)) {
            NDArray mask = draw.mask(1, 20000);
            NDArray student = draw.logps(1, 20000);
            Rollouts rollouts = Rollouts.of(student, mask).withLogps(student).withRefLogps(draw.logps(1, 20000));
            assertThat(java.util.Arrays.stream(advantages(AdvantageEstimator.miniLlm(0.9), rollouts)))
                    .allMatch(value -> Math.abs(value) > 0 && Double.isFinite(value));
            assertClose(
                    "reward to go",
                    advantages(new MiniLlm(1, false), rollouts),
                    advantages(
                            AdvantageEstimator.reinforce(1),
                            Rollouts.of(
                                    Objects.requireNonNull(rollouts.refLogps()).sub(student), mask)));
        }
    }

    @Test
    void theTailOfTheOneLongestResponseHasNoBaseline() {
        try (Draws draw = new Draws(4)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1}, {1, 0, 0}, {1, 1, 0}});
            Rollouts rollouts = Drawn.dense(draw, mask).withGroups(draw.integers(1, 1, 1));
            double[] with = advantages(new OptimalTokenBaseline(true, 1e-8), rollouts);
            double[] without = advantages(new OptimalTokenBaseline(false, 1e-8), rollouts);
            double[] toGo = Tensors.toDoubles(Returns.toGo(rollouts.rewards(), mask));
            assertThat(with[2]).isCloseTo(toGo[2], within(1e-12));
            assertThat(without[2]).isCloseTo(0, within(1e-6));
            without[2] = with[2];
            assertThat(with).containsExactly(without);
        }
    }

    @Test
    void hyperparametersOutOfRangeAreRejectedByName() {
        assertThatThrownBy(() -> new Gae(1.1, 0.5)).hasMessage("gamma: expected a number in [0.0, 1.0], got 1.1");
        assertThatThrownBy(() -> new Gae(0.5, -0.1)).hasMessageStartingWith("lambda: ");
        assertThatThrownBy(() -> new EpisodicGae(2, 1)).hasMessageStartingWith("gamma: ");
        assertThatThrownBy(() -> new DiscountedReturns(-1)).hasMessageStartingWith("gamma: ");
        assertThatThrownBy(() -> new ReinforcePlusPlus(Double.NaN)).hasMessageStartingWith("gamma: ");
        assertThatThrownBy(() -> new MiniLlm(1.5, true)).hasMessageStartingWith("gamma: ");
        assertThatThrownBy(() -> new Gpg(0)).hasMessageStartingWith("fNorm: ");
        assertThatThrownBy(() -> new PassAtK(true, -1)).hasMessageStartingWith("epsilon: ");
        assertThatThrownBy(() -> new GroupRelativeSteps(-1)).hasMessageStartingWith("epsilon: ");
        assertThatThrownBy(() -> new OptimalTokenBaseline(false, -1)).hasMessageStartingWith("epsilon: ");
        assertThatThrownBy(() -> new MultiRewardGroupRelative(0)).hasMessageStartingWith("generations: ");
        assertThatThrownBy(() -> new MultiRewardRloo(2, false, null, -1)).hasMessageStartingWith("beta: ");
        assertThatThrownBy(() -> new RewardBounds(1, 0)).hasMessageStartingWith("bounds: ");
    }

    @Test
    void anAbsentArrayIsNamedWithWhatNeedsIt() {
        try (Draws draw = new Draws(4)) {
            Rollouts bare = Rollouts.of(draw.normal(2, 3), draw.mask(2, 3));
            assertThatThrownBy(() -> AdvantageEstimator.gae(1, 1).estimate(bare))
                    .hasMessageStartingWith("values: ");
            assertThatThrownBy(() -> AdvantageEstimator.remax().estimate(bare)).hasMessageStartingWith("baselines: ");
            assertThatThrownBy(() -> AdvantageEstimator.miniLlm(0).estimate(bare))
                    .hasMessageStartingWith("logps: ");
            assertThatThrownBy(() -> AdvantageEstimator.optimalTokenBaseline().estimate(bare))
                    .hasMessageStartingWith("oldLogps: ");
            assertThatThrownBy(() -> AdvantageEstimator.rloo().estimate(bare.withGroups(draw.vector(1, 2))))
                    .hasMessageStartingWith("groups: expected integers");
        }
    }
}
