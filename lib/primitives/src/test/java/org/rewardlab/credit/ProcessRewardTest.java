package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.rewardlab.credit.ImplicitReward.Granularity;
import org.rewardlab.credit.ProcessOutcomeRloo.Baseline;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;

/** Implicit process rewards, their scale, and advantages of process and outcome. */
class ProcessRewardTest {

    private static Rollouts rollouts(Draws draw) {
        NDArray mask = draw.matrix(new double[][] {{1, 1, 0, 1, 1}, {1, 0, 0, 0, 0}, {0, 1, 1, 1, 0}, {1, 1, 1, 1, 0}});
        return Rollouts.of(draw.normal(4, 5), mask)
                .withLogps(draw.logps(4, 5))
                .withRefLogps(draw.logps(4, 5))
                .withOutcomes(draw.vector(1, 0, 0, 0.5))
                .withTurns(Tensors.create(
                        draw.manager(),
                        new long[] {0, 0, 0, 2, -1, 1, -1, -1, -1, -1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0},
                        4,
                        5));
    }

    private static double[][] rows(NDArray array) {
        return Tensors.toRows(array);
    }

    @Test
    void rewardsOfARowSumToItsScoreWhereverTheyStand() {
        try (Draws draw = new Draws(9)) {
            Rollouts some = rollouts(draw);
            double[][] tokens = rows(new ImplicitReward(0.2).assign(some));
            double[][] sequence = rows(new ImplicitReward(0.2, Granularity.SEQUENCE).assign(some));
            double[][] turns = rows(new ImplicitReward(0.2, Granularity.TURN).assign(some));
            int[] last = {4, 0, 3, 3};
            for (int b = 0; b < 4; b++) {
                double sum = java.util.Arrays.stream(tokens[b]).sum();
                double[] expected = new double[5];
                expected[last[b]] = sum;
                assertThat(sequence[b]).containsExactly(expected, within(1e-12));
            }
            assertThat(turns[0])
                    .as("turn 0 on its last counted token, turn 2, and no turn")
                    .containsExactly(new double[] {0, tokens[0][0] + tokens[0][1], 0, tokens[0][3], 0}, within(1e-12));
            assertThat(turns[2])
                    .containsExactly(new double[] {0, 0, tokens[2][2], tokens[2][1] + tokens[2][3], 0}, within(1e-12));
        }
    }

    @Test
    void theRewardOfATurnIsDifferentiableInTheModelAlone() {
        try (Draws draw = new Draws(9)) {
            NDArray turns = Tensors.create(draw.manager(), new long[] {-1, 0, 0, 1, 1, -1, -1, 2}, 2, 4);
            NDArray logps = draw.logps(2, 4);
            NDArray old = draw.logps(2, 4);
            FiniteDifferences.assertAgree("turns", x -> ImplicitReward.ofTurns(x, old, turns, 3, 0.3), logps);
            LiveArrays.assertOneLeft(draw.manager(), () -> ImplicitReward.ofTurns(logps, old, turns, 3, 0.3));
            assertThat(Tensors.toDoubles(ImplicitReward.ofTurns(logps, logps, turns, 3, 0.3)))
                    .as("equal models")
                    .containsOnly(0);
        }
    }

    @Test
    void theLargestReturnToGoBecomesOneAndScaleDoesNotMatter() {
        try (Draws draw = new Draws(9)) {
            Rollouts some = rollouts(draw);
            ReturnNorm norm = new ReturnNorm();
            NDArray scaled = norm.assign(some);
            double largest = 0;
            for (double value : Tensors.toDoubles(Returns.toGo(scaled, some.mask()))) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).isCloseTo(1, within(1e-5));
            NDArray tenfold = some.rewards().mul(draw.vector(10));
            assertClose("tenfold", norm.assign(some.withRewards(tenfold)), scaled, 1e-5);
            assertThat(Tensors.toDoubles(norm.normalize(draw.of(new double[6], 2, 3))))
                    .containsOnly(0);
            CreditAssignment both = CreditAssignment.implicitReward(0.2).then(CreditAssignment.returnNorm());
            assertClose("chained", both.assign(some), norm.normalize(new ImplicitReward(0.2).assign(some)), 0);
            LiveArrays.assertOneLeft(draw.manager(), () -> both.assign(some));
        }
    }

    @Test
    void withoutProcessItIsLeaveOneOutOnOutcomes() {
        try (Draws draw = new Draws(9)) {
            Rollouts some = rollouts(draw).withGroupsOf(2);
            NDArray advantages = new ProcessOutcomeRloo(0, 1, 1, 1, false, Baseline.SCALED)
                    .estimate(some)
                    .advantages();
            double[][] outcome = new double[4][5];
            double[] given = {1, 0, 0, 0.5};
            for (int b = 0; b < 4; b++) {
                outcome[b][0] = given[b];
            }
            assertClose(
                    "RLOO",
                    advantages,
                    new Rloo().estimate(some.withRewards(draw.matrix(outcome))).advantages(),
                    1e-12);
        }
    }

    @Test
    void baselinesAgreeOnOneTokenAndTheScaledOneCentresTheGroup() {
        try (Draws draw = new Draws(9)) {
            NDArray ones = draw.of(new double[] {1, 1, 1, 1}, 4, 1);
            Rollouts single = Rollouts.of(draw.normal(4, 1), ones)
                    .withOutcomes(draw.vector(0, 0, 0, 0))
                    .withGroupsOf(4);
            ProcessOutcomeRloo scaled = new ProcessOutcomeRloo(1, 1, 1, 1, false, Baseline.SCALED);
            ProcessOutcomeRloo others = new ProcessOutcomeRloo(1, 1, 1, 1, false, Baseline.LEAVE_ONE_OUT);
            assertClose(
                    "one token",
                    scaled.estimate(single).advantages(),
                    others.estimate(single).advantages(),
                    1e-12);
            Rollouts some = rollouts(draw).withOutcomes(draw.vector(1, 1, 1, 1)).withGroupsOf(4);
            double[][] immediate = rows(new ProcessOutcomeRloo(1, 1, 0, 0, false, Baseline.SCALED)
                    .estimate(some)
                    .advantages());
            double[] lengths = {4, 1, 3, 4};
            double sum = 0;
            for (int b = 0; b < 4; b++) {
                sum += java.util.Arrays.stream(immediate[b]).sum() / lengths[b];
            }
            assertThat(sum).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void aConstantOnAllOutcomesChangesNothingAndWhiteningWhitens() {
        try (Draws draw = new Draws(9)) {
            Rollouts some = rollouts(draw).withGroupsOf(4);
            ProcessOutcomeRloo estimator = new ProcessOutcomeRloo();
            NDArray before = estimator.estimate(some).advantages();
            NDArray after = estimator
                    .estimate(some.withOutcomes(draw.vector(4, 3, 3, 3.5)))
                    .advantages();
            assertClose("moved", after, before, 1e-12);
            double sum = 0;
            double squares = 0;
            for (double a : Tensors.toDoubles(before)) {
                sum += a;
                squares += a * a;
            }
            assertThat(sum).isCloseTo(0, within(1e-12));
            assertThat(squares / 11).isCloseTo(1, within(1e-6));
            assertThat(rows(before)[0][2]).as("a hole").isZero();
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(9)) {
            Rollouts some = rollouts(draw);
            Rollouts bare = Rollouts.of(some.rewards(), some.mask());
            ProcessOutcomeRloo estimator = new ProcessOutcomeRloo();
            assertRejects("beta", () -> new ImplicitReward(0));
            assertRejects("logps", () -> new ImplicitReward(1).assign(bare));
            assertRejects("refLogps", () -> new ImplicitReward(1).assign(bare.withLogps(some.mask())));
            assertRejects(
                    "turns",
                    () -> new ImplicitReward(1, Granularity.TURN)
                            .assign(bare.withLogps(some.mask()).withRefLogps(some.mask())));
            NDArray infinite = draw.replacedOutside(some.rewards(), some.mask().zerosLike(), Double.NEGATIVE_INFINITY);
            assertRejects("logps", () -> new ImplicitReward(1).assign(some.withLogps(infinite)));
            assertRejects(
                    "mask",
                    () -> new ImplicitReward(1)
                            .assign(Rollouts.of(some.rewards(), some.rewards())
                                    .withLogps(some.rewards())
                                    .withRefLogps(some.rewards())));
            assertRejects("epsilon", () -> new ReturnNorm(0));
            assertRejects("rewards", () -> new ReturnNorm().normalize(infinite));
            assertRejects("gammaProcess", () -> new ProcessOutcomeRloo(1, 1, 1.1, 1, true, Baseline.SCALED));
            assertRejects("groups", () -> estimator.estimate(some.withGroupsOf(1)));
            assertRejects("groupSize", () -> some.withGroupsOf(3));
            assertRejects("groupSize", () -> some.withGroupsOf(0));
            assertRejects("outcomes", () -> estimator.estimate(bare.withGroupsOf(2)));
            assertRejects("outcomes", () -> some.withOutcomes(draw.vector(1, 2)));
            assertRejects(
                    "mask",
                    () -> estimator.estimate(
                            Rollouts.of(some.rewards(), some.mask().zerosLike())
                                    .withOutcomes(draw.vector(1, 1, 1, 1))
                                    .withGroupsOf(2)));
            assertRejects(
                    "mask",
                    () -> new UniformRedistribution()
                            .assign(Rollouts.of(some.rewards(), some.mask().zerosLike())
                                    .withOutcomes(draw.vector(1, 1, 1, 1))));
        }
    }
}
