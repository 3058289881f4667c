package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.credit.ImplicitReward;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.preference.Dpo;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LossLaws;

/** Losses of ranking, implicit process and trajectory reward models. */
class ProcessRewardLossTest {

    private static ComparedRewards compared(Draws draw) {
        return new ComparedRewards(draw.normal(6), draw.normal(6), draw.vector(0, 1, 2, 1, 2, 0));
    }

    private static OutcomeLogps responses(Draws draw) {
        return new OutcomeLogps(draw.logps(4, 5), draw.logps(4, 5), draw.raggedMask(4, 5), draw.vector(1, 0, 0.3, 1));
    }

    private static StepTrajectories trajectories(Draws draw, double... outcomes) {
        return new StepTrajectories(
                draw.normal(6, 4), draw.mask(6, 4), draw.vector(outcomes), draw.integers(3, 8, 3, 8, 3, 8));
    }

    @Test
    void gradientsMemoryAndPrecisionHold() {
        LossLaws.assertAll(new PreferenceCrossEntropy(), ProcessRewardLossTest::compared, 4);
        LossLaws.assertAll(new ImplicitPrmLoss(0.4), ProcessRewardLossTest::responses, 4);
        for (TrajectoryDpo.Aggregate aggregate : TrajectoryDpo.Aggregate.values()) {
            LossLaws.assertAll(new TrajectoryDpo(0, aggregate), draw -> trajectories(draw, 1, 0, 0, 1, 1, 0), 4);
            LossLaws.assertAll(new TrajectoryDpo(0, aggregate), draw -> trajectories(draw, 1, 1, 1, 1, 1, 1), 4);
        }
    }

    @Test
    void equalScoresCostLogTwoAndTiesPushTogether() {
        try (Draws draw = new Draws(6)) {
            PreferenceCrossEntropy loss = new PreferenceCrossEntropy();
            NDArray scores = draw.normal(3);
            LossGradients equal = loss.lossAndGradients(new ComparedRewards(scores, scores, draw.vector(0, 1, 2)));
            assertThat(equal.output().value()).isCloseTo(Math.log(2), within(1e-12));
            assertThat(Tensors.toDoubles(equal.of("first")))
                    .containsExactly(new double[] {-1 / 6., 1 / 6., 0}, within(1e-12));
            assertThat(equal.output().metrics().get("accuracy"))
                    .as("equal: the first")
                    .isEqualTo(0.5);
            LossGradients tie =
                    loss.lossAndGradients(new ComparedRewards(draw.vector(2), draw.vector(-1), draw.vector(2)));
            assertThat(Tensors.toDoubles(tie.of("first"))[0]).isPositive();
            assertThat(Tensors.toDoubles(tie.of("second"))[0])
                    .isEqualTo(-Tensors.toDoubles(tie.of("first"))[0])
                    .isNegative();
            assertThat(tie.output().metrics().get("accuracy"))
                    .as("nothing decided")
                    .isEqualTo(0.5);
            LossLaws.assertFinite(
                    loss, new ComparedRewards(draw.vector(5000, -5000), draw.vector(-5000, 5000), draw.vector(1, 1)));
        }
    }

    @Test
    void withoutTiesItIsBradleyTerryAndAConstantChangesNothing() {
        try (Draws draw = new Draws(6)) {
            NDArray first = draw.normal(5);
            NDArray second = draw.normal(5);
            double one = new PreferenceCrossEntropy()
                    .loss(new ComparedRewards(first, second, first.zerosLike()))
                    .value();
            assertThat(one)
                    .isCloseTo(
                            new BradleyTerry()
                                    .loss(new RewardPairs(first, second))
                                    .value(),
                            within(1e-12));
            ComparedRewards moved =
                    new ComparedRewards(first.add(first.onesLike()), second.add(second.onesLike()), first.zerosLike());
            assertThat(new PreferenceCrossEntropy().loss(moved).value()).isCloseTo(one, within(1e-12));
        }
    }

    @Test
    void atTheReferenceTheImplicitModelKnowsNothing() {
        try (Draws draw = new Draws(6)) {
            NDArray logps = draw.logps(3, 4);
            NDArray mask = draw.mask(3, 4);
            OutcomeLogps start = new OutcomeLogps(logps, logps, mask, draw.vector(1, 0, 1));
            ImplicitPrmLoss loss = new ImplicitPrmLoss(0.5);
            assertThat(loss.loss(start).value()).isCloseTo(Math.log(2), within(1e-12));
            assertThat(Tensors.toDoubles(loss.scores(start))).containsOnly(0);
            FiniteDifferences.assertAgree(loss, start);
            double[][] gradient = Tensors.toRows(loss.lossAndGradients(start).of("logps"));
            double[][] counted = Tensors.toRows(mask);
            for (int t = 0; t < 4; t++) {
                assertThat(gradient[0][t]).as("a right row rises").isEqualTo(counted[0][t] * -0.5 * 0.5 / 3);
            }
        }
    }

    @Test
    void scoresAreTheSumsOfImplicitRewards() {
        try (Draws draw = new Draws(6)) {
            OutcomeLogps responses = responses(draw);
            NDArray rewards = new ImplicitReward(0.4)
                    .assign(Rollouts.of(responses.logps(), responses.mask())
                            .withLogps(responses.logps())
                            .withRefLogps(responses.refLogps()));
            assertClose("scores", new ImplicitPrmLoss(0.4).scores(responses), rewards.sum(new int[] {1}), 1e-12);
        }
    }

    @Test
    void oneStepEachIsTheLossOfDpo() {
        try (Draws draw = new Draws(6)) {
            NDArray c = draw.logps(1);
            NDArray r = draw.logps(1);
            NDArray refC = draw.logps(1);
            NDArray refR = draw.logps(1);
            double[] steps = {
                0.3 * (Tensors.toDoubles(c)[0] - Tensors.toDoubles(refC)[0]),
                0.3 * (Tensors.toDoubles(r)[0] - Tensors.toDoubles(refR)[0])
            };
            StepTrajectories pair = StepTrajectories.ofGroups(
                    draw.of(steps, 2, 1), draw.of(new double[] {1, 1}, 2, 1), draw.vector(1, 0), 2);
            assertThat(new TrajectoryDpo().loss(pair).value())
                    .isCloseTo(
                            new Dpo(0.3).loss(new PairLogps(c, r, refC, refR)).value(), within(1e-12));
        }
    }

    @Test
    void withoutRewardsItCostsLogTwoAndTheGradientSumsToZero() {
        try (Draws draw = new Draws(6)) {
            StepTrajectories all = new StepTrajectories(
                    draw.of(new double[8], 4, 2),
                    draw.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, 4, 2),
                    draw.vector(1, 0, 0, 1),
                    draw.integers(1, 1, 1, 1));
            LossGradients result = new TrajectoryDpo().lossAndGradients(all);
            assertThat(result.output().value()).isCloseTo(Math.log(2), within(1e-12));
            assertThat(result.output().metrics().get("num_pairs")).isEqualTo(4);
            double[][] gradient = Tensors.toRows(result.of("stepRewards"));
            double sum = 0;
            for (int b = 0; b < 4; b++) {
                assertThat(gradient[b][0]).isEqualTo(gradient[b][1]);
                assertThat(Math.signum(gradient[b][0])).isEqualTo(b == 0 || b == 3 ? -1 : 1);
                sum += gradient[b][0] + gradient[b][1];
            }
            assertThat(sum).isCloseTo(0, within(1e-15));
        }
    }

    @Test
    void gradedOutcomesSucceedAboveTheThresholdWithinTheirGroupOnly() {
        try (Draws draw = new Draws(6)) {
            TrajectoryDpo loss = new TrajectoryDpo(6, TrajectoryDpo.Aggregate.SUM);
            assertThat(loss.loss(trajectories(draw, 8, 9, 6, 9, 5, 9)).metrics().get("num_pairs"))
                    .isEqualTo(2);
            var none = loss.lossAndGradients(trajectories(draw, 8, 1, 8, 1, 8, 1));
            assertThat(none.output().value()).isZero();
            assertThat(Tensors.toDoubles(none.of("stepRewards"))).containsOnly(0);
        }
    }

    @Test
    void whatIsNotCountedMayBeAnything() {
        try (Draws draw = new Draws(6)) {
            OutcomeLogps r = responses(draw);
            OutcomeLogps broken = new OutcomeLogps(
                    draw.replacedOutside(r.logps(), r.mask(), Double.NaN),
                    draw.replacedOutside(r.refLogps(), r.mask(), Double.NEGATIVE_INFINITY),
                    r.mask(),
                    r.outcomes());
            ImplicitPrmLoss loss = new ImplicitPrmLoss(0.4);
            assertClose(
                    "closed",
                    loss.lossAndGradients(broken).of("logps"),
                    loss.lossAndGradients(r).of("logps"),
                    1e-12);
            RewardModelLoss<OutcomeLogps> taped = loss::loss;
            assertClose(
                    "taped",
                    taped.lossAndGradients(broken).of("logps"),
                    loss.lossAndGradients(r).of("logps"),
                    1e-12);
            StepTrajectories t = trajectories(draw, 1, 0, 0, 1, 1, 0);
            StepTrajectories holes = new StepTrajectories(
                    draw.replacedOutside(t.stepRewards(), t.stepMask(), Double.NaN),
                    t.stepMask(),
                    t.outcomes(),
                    t.groups());
            RewardModelLoss<StepTrajectories> tape = new TrajectoryDpo()::loss;
            for (RewardModelLoss<StepTrajectories> dpo : List.of(new TrajectoryDpo(), tape)) {
                assertClose(
                        "steps",
                        dpo.lossAndGradients(holes).of("stepRewards"),
                        dpo.lossAndGradients(t).of("stepRewards"),
                        1e-12);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(6)) {
            NDArray two = draw.vector(0.1, 0.2);
            PreferenceCrossEntropy compare = new PreferenceCrossEntropy();
            assertRejects("label", () -> compare.loss(new ComparedRewards(two, two, draw.vector(0, 3))));
            assertRejects("label", () -> compare.loss(new ComparedRewards(two, two, draw.vector(0))));
            assertRejects("second", () -> compare.loss(new ComparedRewards(two, draw.vector(1), two)));
            assertRejects("first", () -> compare.loss(new ComparedRewards(draw.vector(0, Double.NaN), two, two)));
            assertRejects("beta", () -> new ImplicitPrmLoss(0));
            ImplicitPrmLoss prm = new ImplicitPrmLoss();
            OutcomeLogps r = responses(draw);
            NDArray ones = r.mask().onesLike();
            NDArray infinite = draw.replacedOutside(r.logps(), ones.zerosLike(), Double.NEGATIVE_INFINITY);
            assertRejects("logps", () -> prm.loss(new OutcomeLogps(infinite, r.refLogps(), ones, r.outcomes())));
            assertRejects("refLogps", () -> prm.loss(new OutcomeLogps(r.logps(), infinite, ones, r.outcomes())));
            assertRejects("mask", () -> prm.loss(new OutcomeLogps(r.logps(), r.refLogps(), r.logps(), r.outcomes())));
            assertRejects(
                    "outcomes",
                    () -> prm.loss(new OutcomeLogps(r.logps(), r.refLogps(), r.mask(), draw.vector(0, 1, 0, 1.5))));
            assertRejects(
                    "outcomes", () -> prm.loss(new OutcomeLogps(r.logps(), r.refLogps(), r.mask(), draw.vector(0))));
            StepTrajectories t = trajectories(draw, 1, 0, 0, 1, 1, 0);
            TrajectoryDpo dpo = new TrajectoryDpo();
            assertRejects("threshold", () -> new TrajectoryDpo(Double.NaN, TrajectoryDpo.Aggregate.SUM));
            assertRejects(
                    "stepMask",
                    () -> dpo.loss(
                            new StepTrajectories(t.stepRewards(), t.stepMask().zerosLike(), t.outcomes(), t.groups())));
            assertRejects("outcomes", () -> dpo.loss(trajectories(draw, 1, 0, 0, 1, 1, Double.NaN)));
            assertRejects("groupSize", () -> StepTrajectories.ofGroups(t.stepRewards(), t.stepMask(), t.outcomes(), 4));
            NDArray narrow = draw.normal(6, 4).toType(DataType.INT64, true);
            assertRejects(
                    "stepRewards",
                    () -> dpo.loss(new StepTrajectories(narrow, t.stepMask(), t.outcomes(), t.groups())));
        }
    }
}
