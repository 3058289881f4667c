package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.GaussianLogProbs;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Regression of log-ratios on differences of rewards. */
class PrdpTest {

    private static ScoredTrajectories trajectories(Draws draws, int rows) {
        return new ScoredTrajectories(
                draws.normal(rows, 4),
                draws.normal(rows, 4),
                draws.normal(rows, 4),
                draws.normal(rows),
                draws.mask(rows, 4),
                draws.groups(rows, 2));
    }

    private static ScoredTrajectories single(Draws draws, double... logps) {
        NDArray zero = draws.of(new double[logps.length], logps.length, 1);
        double[] rewards = new double[logps.length];
        rewards[0] = 1;
        return new ScoredTrajectories(
                draws.of(logps, logps.length, 1),
                zero,
                zero,
                draws.vector(rewards),
                zero.onesLike(),
                draws.integers(new long[logps.length]));
    }

    private static ScoredTrajectories with(
            ScoredTrajectories t, NDArray logps, @Nullable NDArray old, NDArray rewards) {
        return new ScoredTrajectories(logps, t.refLogps(), old, rewards, t.mask(), t.groups());
    }

    @Test
    void twoTrajectoriesOfOneStepAreWorkedByHand() {
        try (Draws draws = new Draws(1)) {
            var result = new Prdp(0.5).lossAndGradients(single(draws, 0.7, 0.2));
            double delta = 0.7 - 0.2 - 1 / 0.5;
            assertThat(result.output().value()).isCloseTo(delta * delta, within(1e-12));
            double[] gradient = Tensors.toDoubles(result.of("logps"));
            assertThat(gradient[0]).isCloseTo(2 * delta, within(1e-12));
            assertThat(gradient[1]).isCloseTo(-2 * delta, within(1e-12));
            var metrics = result.output().metrics();
            assertThat(metrics.get("num_pairs")).isEqualTo(1);
            assertThat(metrics.get("rewards/error")).isCloseTo(0.5 * Math.abs(delta), within(1e-12));
            assertThat(metrics.get("kl")).isCloseTo(0.45, within(1e-12));
        }
    }

    @Test
    void theOptimumOfTheRegularizedRewardHasNoLoss() {
        try (Draws draws = new Draws(2)) {
            ScoredTrajectories t = single(draws, 1 / 0.4 + 3, 3, 3);
            assertThat(new Prdp(0.4).loss(t).value()).isCloseTo(0, within(1e-12));
            assertThat(new Prdp(0.4).loss(single(draws, 1 / 0.4 + 3, 3, 3.1)).value())
                    .isPositive();
        }
    }

    @Test
    void constantsOfAPromptChangeNothingAndGradientsBalance() {
        try (Draws draws = new Draws(3)) {
            ScoredTrajectories t = trajectories(draws, 6);
            double[] groups = Tensors.toDoubles(t.groups());
            double[] moved = Tensors.toDoubles(t.rewards());
            for (int b = 0; b < 6; b++) {
                moved[b] += groups[b] == groups[0] ? 5 : -2;
            }
            Prdp loss = new Prdp(0.7);
            assertThat(loss.loss(with(t, t.logps(), null, draws.vector(moved))).value())
                    .isCloseTo(loss.loss(t).value(), within(1e-9));
            double[][] gradient = Tensors.toRows(loss.lossAndGradients(t).of("logps"));
            double[][] mask = Tensors.toRows(t.mask());
            double sum = 0;
            for (int b = 0; b < 6; b++) {
                for (int s = 0; s < 4; s++) {
                    if (mask[b][s] == 1) {
                        sum += groups[b] == groups[0] ? gradient[b][s] : 0;
                        break;
                    }
                }
            }
            assertThat(sum).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void onlyTrajectoriesOfOnePromptAreCompared() {
        try (Draws draws = new Draws(4)) {
            ScoredTrajectories t = trajectories(draws, 4);
            ScoredTrajectories two = new ScoredTrajectories(
                    t.logps(), t.refLogps(), t.rewards(), t.mask(), draws.integers(7, -1, 7, -1));
            Prdp loss = new Prdp(0.5);
            double[] losses = LossLaws.losses(loss, two);
            double[] rhat = Tensors.toDoubles(loss.rewardEstimates(two));
            double[] r = Tensors.toDoubles(t.rewards());
            assertThat(losses).hasSize(2);
            for (int i = 0; i < 2; i++) {
                double error = rhat[i] - rhat[i + 2] - (r[i] - r[i + 2]) / 0.5;
                assertThat(losses[i]).isCloseTo(error * error, within(1e-12));
            }
        }
    }

    @Test
    void theScaledFormIsBetaSquaredTimesTheLoss() {
        try (Draws draws = new Draws(5)) {
            ScoredTrajectories t = trajectories(draws, 5);
            for (Double clip : new Double[] {null, 0.1}) {
                double plain = new Prdp(0.3, clip, false).loss(t).value();
                assertThat(new Prdp(0.3, clip, true).loss(t).value()).isCloseTo(0.09 * plain, within(1e-12));
            }
        }
    }

    @Test
    void theClippedLossIsNeverSmallerAndAgreesWhereNothingHasMoved() {
        try (Draws draws = new Draws(6)) {
            ScoredTrajectories t = trajectories(draws, 6);
            Prdp plain = new Prdp(0.5);
            for (double clip : new double[] {0, 0.1, 0.5}) {
                double[] larger = LossLaws.losses(new Prdp(0.5, clip), t);
                double[] smaller = LossLaws.losses(plain, t);
                for (int i = 0; i < larger.length; i++) {
                    assertThat(larger[i]).isGreaterThanOrEqualTo(smaller[i]);
                }
            }
            ScoredTrajectories still = with(t, t.logps(), t.logps(), t.rewards());
            assertAgree(plain, new Prdp(0.5, 0), still);
            assertAgree(plain, new Prdp(0.5, 100), t);
        }
    }

    private static void assertAgree(Prdp plain, Prdp clipped, ScoredTrajectories t) {
        var expected = plain.lossAndGradients(t);
        var actual = clipped.lossAndGradients(t);
        assertThat(actual.output().value()).isCloseTo(expected.output().value(), within(1e-12));
        LossLaws.assertClose("gradient", actual.of("logps"), expected.of("logps"), 1e-12);
        assertThat(actual.output().metrics().get("clip_ratio")).isZero();
    }

    @Test
    void aStepThatWentTooFarTowardsItsRewardHasNoGradient() {
        try (Draws draws = new Draws(7)) {
            ScoredTrajectories far = single(draws, 0.8, 0); // wants a difference of 1 / 0.5
            var result = new Prdp(0.5, 0.2).lossAndGradients(far);
            assertThat(result.output().value()).isCloseTo(1.8 * 1.8, within(1e-12));
            assertThat(Tensors.toDoubles(result.of("logps"))[0]).isZero();
            assertThat(Tensors.toDoubles(result.of("logps"))[1]).isCloseTo(2 * 1.8, within(1e-12));
            assertThat(result.output().metrics().get("clip_ratio")).isEqualTo(1);
            var away = new Prdp(0.5, 0.2).lossAndGradients(single(draws, -0.8, 0));
            assertThat(Tensors.toDoubles(away.of("logps"))[0]).isCloseTo(2 * -2.8, within(1e-12));
        }
    }

    @Test
    void gradientsMemoryAndPrecisionHold() {
        LossLaws.assertAll(new Prdp(0.7), draws -> trajectories(draws, 5), 8);
        LossLaws.assertAll(new Prdp(0.7, 0.3, true), draws -> trajectories(draws, 5), 9);
        try (Draws draws = new Draws(10)) {
            ScoredTrajectories t = trajectories(draws, 3);
            LiveArrays.assertOneLeft(draws.manager(), () -> new Prdp(1).rewardEstimates(t));
        }
    }

    @Test
    void stepsOutsideTheMaskAreNeverRead() {
        try (Draws draws = new Draws(11)) {
            ScoredTrajectories t = trajectories(draws, 4);
            NDArray mask = draws.matrix(new double[][] {{1, 1, 1, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}, {1, 1, 1, 1}});
            NDArray groups = draws.integers(0, 0, 0, 0);
            NDArray logps = draws.replacedOutside(t.logps(), mask, Double.NaN);
            ScoredTrajectories clean =
                    new ScoredTrajectories(t.logps(), t.refLogps(), t.oldLogps(), t.rewards(), mask, groups);
            ScoredTrajectories broken = with(clean, logps, t.oldLogps(), t.rewards());
            for (Prdp loss : List.of(new Prdp(0.5), new Prdp(0.5, 0.1))) {
                Loss<ScoredTrajectories> byTape = batch -> loss.loss(batch); // knows no closed form
                NDArray expected = loss.lossAndGradients(clean).of("logps");
                LossLaws.assertClose("closed", loss.lossAndGradients(broken).of("logps"), expected, 1e-12);
                LossLaws.assertClose("tape", byTape.lossAndGradients(broken).of("logps"), expected, 1e-12);
                assertThat(Tensors.toDoubles(loss.rewardEstimates(broken))[2]).isZero();
            }
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("beta", () -> new Prdp(0));
        LossLaws.assertRejects("clip", () -> new Prdp(1, -0.1));
        try (Draws draws = new Draws(12)) {
            ScoredTrajectories t = trajectories(draws, 3);
            Prdp loss = new Prdp(1);
            LossLaws.assertRejects(
                    "groups",
                    () -> loss.loss(new ScoredTrajectories(
                            t.logps(), t.refLogps(), t.rewards(), t.mask(), draws.integers(1, 2, 3))));
            LossLaws.assertRejects(
                    "groups",
                    () -> loss.loss(
                            new ScoredTrajectories(t.logps(), t.refLogps(), t.rewards(), t.mask(), t.rewards())));
            LossLaws.assertRejects("oldLogps", () -> new Prdp(1, 0.1).loss(with(t, t.logps(), null, t.rewards())));
            NDArray endless = draws.vector(1, Double.POSITIVE_INFINITY, 0);
            LossLaws.assertRejects("rewards", () -> loss.loss(with(t, t.logps(), null, endless)));
            LossLaws.assertRejects("rewards", () -> loss.loss(with(t, t.logps(), null, draws.vector(1, 2))));
            LossLaws.assertRejects("logps", () -> loss.loss(with(t, draws.normal(3), null, t.rewards())));
        }
    }

    @Test
    void stepsOfADiffusionHaveNormalDensities() {
        try (Draws draws = new Draws(13)) {
            NDArray x = draws.of(new double[] {1, 2, 0.5, -1}, 1, 2, 2);
            NDArray mean = draws.of(new double[] {0, 2, 0.5, 1}, 1, 2, 2);
            double[] logps = Tensors.toDoubles(GaussianLogProbs.of(x, mean, draws.vector(0.5, 2)));
            assertThat(logps[0]).isCloseTo(-2 - 2 * Math.log(0.5) - Math.log(2 * Math.PI), within(1e-12));
            assertThat(logps[1]).isCloseTo(-0.5 - 2 * Math.log(2) - Math.log(2 * Math.PI), within(1e-12));
            FiniteDifferences.assertAgree(
                    "mean", moved -> GaussianLogProbs.of(x, moved, draws.vector(0.5, 2)), draws.normal(1, 2, 2));
            LossLaws.assertRejects("sigmas", () -> GaussianLogProbs.of(x, mean, draws.vector(0.5, 0)));
            LossLaws.assertRejects("sigmas", () -> GaussianLogProbs.of(x, mean, draws.vector(0.5)));
            LossLaws.assertRejects("means", () -> GaussianLogProbs.of(x, draws.normal(1, 2, 3), draws.vector(1, 1)));
            LossLaws.assertRejects("samples", () -> GaussianLogProbs.of(draws.normal(2), mean, draws.vector(1, 1)));
        }
    }
}
