package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.credit.CentredStepRewards.Mode;
import org.rewardlab.credit.StepEpisodeAdvantage.Combination;
import org.rewardlab.credit.StepEpisodeAdvantage.Estimator;
import org.rewardlab.credit.StepEpisodeAdvantage.StepBaseline;
import org.rewardlab.credit.TurnGroupRelative.Normalization;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Rewards and advantages of turns and steps. */
class TurnCreditTest {

    private static Rollouts turns(Draws draw) {
        NDArray mask = draw.matrix(new double[][] {{1, 1, 1}, {1, 1, 0}, {1, 0, 0}, {1, 1, 1}});
        return Rollouts.of(draw.uniform(0, 1, new long[] {4, 3}), mask)
                .withOutcomes(draw.vector(1, 0, 0.25, 1))
                .withGroupsOf(4);
    }

    private static double[][] rows(NDArray array) {
        return Tensors.toRows(array);
    }

    @Test
    void theLastTurnEarnsTheOutcome() {
        try (Draws draw = new Draws(12)) {
            Rollouts some = turns(draw);
            double[][] gains = rows(some.rewards());
            assertThat(rows(new OutcomeOnLastTurn().assign(some))).isDeepEqualTo(new double[][] {
                {gains[0][0], gains[0][1], 1}, {gains[1][0], 0, 0}, {0.25, 0, 0}, {gains[3][0], gains[3][1], 1}
            });
            double[][] sum = rows(new OutcomeOnLastTurn(2, OutcomeOnLastTurn.LastTurn.SUM).assign(some));
            assertThat(sum[2]).containsExactly(new double[] {gains[2][0] + 0.5, 0, 0}, within(1e-12));
        }
    }

    @Test
    void jointNormalisationCentresAllTurnsOfTheGroup() {
        try (Draws draw = new Draws(12)) {
            Rollouts some = turns(draw);
            double[] all = Tensors.toDoubles(new TurnGroupRelative().normalizedRewards(some));
            double squares = Arrays.stream(all).map(a -> a * a).sum();
            assertThat(Arrays.stream(all).sum()).isCloseTo(0, within(1e-12));
            assertThat(squares / 8).as("nine turns, divisor n-1").isCloseTo(1, within(1e-4));
            NDArray moved = some.rewards().add(some.rewards().onesLike());
            for (Normalization normalization : Normalization.values()) {
                TurnGroupRelative estimator = new TurnGroupRelative(normalization, 0, 1e-6);
                assertClose("gamma 0", estimator.estimate(some).advantages(), estimator.normalizedRewards(some), 0);
                if (normalization != Normalization.NONE) {
                    assertClose(
                            "moved by a constant",
                            estimator.estimate(some.withRewards(moved)).advantages(),
                            estimator.estimate(some).advantages(),
                            1e-9);
                }
            }
        }
    }

    @Test
    void separateNormalisationCentresLastTurnsAndOthersApart() {
        try (Draws draw = new Draws(12)) {
            double[][] a = rows(new TurnGroupRelative(Normalization.SEPARATE, 1, 1e-6).normalizedRewards(turns(draw)));
            assertThat(a[0][2] + a[1][1] + a[2][0] + a[3][2]).isCloseTo(0, within(1e-12));
            assertThat(a[0][0] + a[0][1] + a[1][0] + a[3][0] + a[3][1]).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void oneTurnIsGroupRelativeAndNothingToCompareIsZero() {
        try (Draws draw = new Draws(12)) {
            NDArray ones = draw.of(new double[] {1, 1, 1, 1, 1, 1}, 6, 1);
            Rollouts single = Rollouts.of(draw.normal(6, 1), ones).withGroupsOf(3);
            assertClose(
                    "GRPO",
                    new TurnGroupRelative().estimate(single).advantages(),
                    new GroupRelative().estimate(single).advantages(),
                    1e-12);
            Rollouts alone = Rollouts.of(draw.of(new double[] {5}, 1, 1), draw.of(new double[] {1}, 1, 1))
                    .withGroupsOf(1);
            assertThat(Tensors.toDoubles(new TurnGroupRelative().estimate(alone).advantages()))
                    .containsExactly(0);
            Rollouts equal = turns(draw).withRewards(draw.matrix(new double[][] {
                {0.1, 0.1, 0.1}, {0.1, 0.1, 0.1}, {0.1, 0.1, 0.1}, {0.1, 0.1, 0.1}
            }));
            assertThat(Tensors.toDoubles(new TurnGroupRelative().estimate(equal).advantages()))
                    .containsOnly(0);
        }
    }

    @Test
    void withoutAStepPartTheEpisodeIsThePlainEstimator() {
        try (Draws draw = new Draws(12)) {
            Rollouts some = turns(draw);
            double[][] outcome = {{1, 0, 0}, {0, 0, 0}, {0.25, 0, 0}, {1, 0, 0}};
            Rollouts plain = some.withRewards(draw.matrix(outcome));
            assertClose(
                    "RLOO",
                    new StepEpisodeAdvantage(0).estimate(some).advantages(),
                    new Rloo().estimate(plain).advantages(),
                    1e-12);
            assertClose(
                    "GRPO",
                    step(Estimator.GRPO, StepBaseline.ALL_STEPS, Combination.SUM)
                            .parts(some)
                            .episode(),
                    new GroupRelative().estimate(plain).advantages(),
                    1e-12);
            assertThat(Tensors.toDoubles(new StepEpisodeAdvantage(1)
                            .parts(some.withRewards(some.rewards().zerosLike()))
                            .step()))
                    .as("step rewards of equal models")
                    .containsOnly(0);
        }
    }

    private static StepEpisodeAdvantage step(Estimator estimator, StepBaseline baseline, Combination combination) {
        return new StepEpisodeAdvantage(0.5, estimator, baseline, combination, 1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void aConstantOnAllOutcomesOrStepsOfAGroupChangesNothing(Estimator estimator) {
        try (Draws draw = new Draws(12)) {
            Rollouts some = turns(draw);
            for (StepBaseline baseline : StepBaseline.values()) {
                StepEpisodeAdvantage a = step(estimator, baseline, Combination.SUM);
                NDArray before = a.estimate(some).advantages();
                Rollouts moved = some.withOutcomes(draw.vector(4, 3, 3.25, 4))
                        .withRewards(some.rewards().add(some.rewards().onesLike()));
                assertClose("moved", a.estimate(moved).advantages(), before, 1e-9);
            }
        }
    }

    @Test
    void ablationsUseOnePartAlone() {
        try (Draws draw = new Draws(12)) {
            Rollouts some = turns(draw);
            var merged = step(Estimator.RLOO, StepBaseline.ALL_STEPS, Combination.MERGED)
                    .parts(some);
            double[][] rewards = rows(some.rewards());
            double[] sums = {
                1 + rewards[0][0] + rewards[0][1] + rewards[0][2],
                rewards[1][0] + rewards[1][1],
                0.25 + rewards[2][0],
                1 + rewards[3][0] + rewards[3][1] + rewards[3][2]
            };
            double first = sums[0] - (sums[1] + sums[2] + sums[3]) / 3;
            assertThat(rows(merged.advantages())[0]).containsExactly(new double[] {first, first, first}, within(1e-12));
            assertThat(Tensors.toDoubles(merged.step())).containsOnly(0);
            var process = step(Estimator.RLOO, StepBaseline.ALL_STEPS, Combination.PROCESS_ONLY)
                    .parts(some);
            assertThat(Tensors.toDoubles(process.episode())).containsOnly(0);
            assertClose("half of it", process.advantages(), process.step().mul(draw.vector(0.5)), 1e-12);
            Rollouts alone = Rollouts.of(draw.of(new double[] {3}, 1, 1), draw.of(new double[] {1}, 1, 1))
                    .withOutcomes(draw.vector(2))
                    .withGroupsOf(1);
            assertThat(Tensors.toDoubles(step(Estimator.GRPO, StepBaseline.ALL_STEPS, Combination.SUM)
                            .parts(alone)
                            .advantages()))
                    .as("nothing to compare with")
                    .containsExactly(new double[] {3.5}, within(1e-5));
        }
    }

    @Test
    void renormPaysStepsAsFarAsTheTrajectorySucceeds() {
        try (Draws draw = new Draws(12)) {
            Rollouts some = turns(draw);
            double[][] paid = rows(new CentredStepRewards().assign(some));
            double[][] raw = rows(new CentredStepRewards(Mode.RAW).assign(some));
            double[][] gated = rows(new CentredStepRewards(Mode.GATED).assign(some));
            double[] outcome = {1, 0, 0.25, 1};
            int[] steps = {2, 1, 0, 2};
            for (int b = 0; b < 4; b++) {
                for (int k = 0; k < steps[b]; k++) {
                    assertThat(raw[b][k] - paid[b][k]).isCloseTo(1 - outcome[b], within(1e-12));
                    assertThat(gated[b][k] - paid[b][k]).isCloseTo((1 - raw[b][k]) * (1 - outcome[b]), within(1e-12));
                    assertThat(outcome[b] == 1 ? paid[b][k] >= 0 : paid[b][k] <= 0)
                            .isTrue();
                }
                assertThat(paid[b][steps[b]]).isEqualTo(outcome[b]);
            }
            Rollouts half = some.withRewards(
                            draw.of(new double[] {.5, .5, .5, .5, .5, .5, .5, .5, .5, .5, .5, .5}, 4, 3))
                    .withOutcomes(draw.vector(.5, .5, .5, .5));
            assertThat(rows(new CentredStepRewards().assign(half))[0]).containsExactly(0, 0, 0.5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneStepEarnsTheOutcomeInEveryModeAndWithoutProcessNothingElseIsPaid(Mode mode) {
        try (Draws draw = new Draws(12)) {
            Rollouts single = Rollouts.of(draw.of(new double[] {0.3, 0.9}, 1, 2), draw.matrix(new double[][] {{1, 0}}))
                    .withOutcomes(draw.vector(0.7));
            assertThat(rows(new CentredStepRewards(mode).assign(single))[0]).containsExactly(0.7, 0);
            Rollouts some = turns(draw);
            CentredStepRewards none = new CentredStepRewards(mode, CentredStepRewards.Answer.OUTCOME, 0, 1e-6);
            assertClose("nothing", none.assign(some), new CentredStepRewards(Mode.OUTCOME_ONLY).assign(some), 1e-12);
            LiveArrays.assertOneLeft(draw.manager(), () -> new CentredStepRewards(mode).assign(some));
        }
    }

    @Test
    void uniformSharesSumToTheOutcome() {
        try (Draws draw = new Draws(12)) {
            assertThat(rows(new UniformRedistribution().assign(turns(draw)))).isDeepEqualTo(new double[][] {
                {1 / 3., 1 / 3., 1 / 3.}, {0, 0, 0}, {0.25, 0, 0}, {1 / 3., 1 / 3., 1 / 3.}
            });
        }
    }

    @Test
    void bufferStatisticsNormaliseAndTheClampBounds() {
        try (Draws draw = new Draws(12)) {
            BufferAdvantage advantage = new BufferAdvantage(2, 1e-5);
            RewardBuffer constant = RewardBuffer.initial(3).next(7, 2, 2, 2);
            assertThat(constant.rewards()).containsExactly(2.0, 2.0, 2.0);
            assertThat(Tensors.toDoubles(advantage.estimate(draw.vector(2, 2.1, -9), constant)))
                    .containsExactly(0, 2, -2);
            double[] own = Tensors.toDoubles(advantage.estimate(draw.vector(1, 3), RewardBuffer.initial()));
            assertThat(own).containsExactly(new double[] {-1, 1}, within(1e-4));
            assertThat(constant.next(1).rewards()).containsExactly(2.0, 2.0, 1.0);
            assertThat(RewardBuffer.initial().next(new double[600]).rewards()).hasSize(512);
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(12)) {
            Rollouts some = turns(draw);
            NDArray hole = draw.matrix(new double[][] {{1, 0, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}});
            Rollouts holes = Rollouts.of(some.rewards(), hole)
                    .withOutcomes(draw.vector(1, 1, 1, 1))
                    .withGroupsOf(4);
            Rollouts empty = Rollouts.of(some.rewards(), hole.zerosLike())
                    .withOutcomes(draw.vector(1, 1, 1, 1))
                    .withGroupsOf(4);
            Rollouts bare = Rollouts.of(some.rewards(), some.mask()).withGroupsOf(4);
            assertRejects("mask", () -> new TurnGroupRelative().estimate(holes));
            assertRejects("gamma", () -> new TurnGroupRelative(Normalization.JOINT, 1.5, 0));
            assertRejects("epsilon", () -> new TurnGroupRelative(Normalization.JOINT, 1, -1));
            assertRejects("groups", () -> new TurnGroupRelative().estimate(Rollouts.of(some.rewards(), some.mask())));
            assertRejects("mask", () -> new OutcomeOnLastTurn().assign(empty));
            assertRejects("outcomes", () -> new OutcomeOnLastTurn().assign(bare));
            assertRejects("outcomes", () -> new StepEpisodeAdvantage(1).estimate(bare));
            assertRejects("mask", () -> new StepEpisodeAdvantage(1).estimate(empty));
            assertRejects("alpha", () -> new StepEpisodeAdvantage(Double.NaN));
            assertRejects("mask", () -> new CentredStepRewards().assign(holes));
            assertRejects("mask", () -> new CentredStepRewards().assign(empty));
            assertRejects(
                    "outcomes", () -> new CentredStepRewards().assign(some.withOutcomes(draw.vector(1, 0, 2, 0))));
            NDArray broken = draw.replacedOutside(some.rewards(), hole.zerosLike(), 1.2);
            assertRejects("rewards", () -> new CentredStepRewards().assign(some.withRewards(broken)));
            NDArray nan = draw.replacedOutside(some.rewards(), hole.zerosLike(), Double.NaN);
            assertRejects("rewards", () -> new TurnGroupRelative().estimate(some.withRewards(nan)));
            assertRejects("rewards", () -> new PositionalGroupBaseline().estimate(some.withRewards(nan)));
            assertRejects("gamma", () -> new PositionalGroupBaseline(-0.1));
            BufferAdvantage advantage = new BufferAdvantage();
            assertRejects("rewards", () -> advantage.estimate(draw.vector(Double.NaN), RewardBuffer.initial()));
            assertRejects("rewards", () -> RewardBuffer.initial().next(Double.NaN));
            assertRejects("capacity", () -> RewardBuffer.initial(0));
            assertRejects("clip", () -> new BufferAdvantage(0, 1e-5));
        }
    }
}
