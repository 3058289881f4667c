package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rewardlab.reward.ReturnDecomposition.Variant;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LossLaws;

/** Rewards of steps learned from returns of episodes. */
class LatentRewardTest {

    private static final ReturnDecomposition RD = new ReturnDecomposition();
    private static final ReturnDecomposition RRD = new ReturnDecomposition(Variant.RRD);
    private static final ReturnDecomposition UNBIASED = new ReturnDecomposition(Variant.RRD_UNBIASED);

    private static EpisodeReturns episodes(Draws draw, long[] index, long samples) {
        NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 1}, {1, 1, 0, 0}, {1, 1, 1, 0}});
        return new EpisodeReturns(
                draw.normal(3, 4),
                mask,
                draw.normal(3),
                index.length == 0 ? null : Tensors.create(draw.manager(), index, 3, samples));
    }

    private static final long[] SAMPLES = {0, 3, 3, 1, 1, 0, 2, 0, 1};

    @Test
    void gradientsMemoryAndPrecisionHold() {
        LossLaws.assertAll(RD, draw -> episodes(draw, new long[0], 0), 8);
        LossLaws.assertAll(RRD, draw -> episodes(draw, SAMPLES, 3), 8);
        LossLaws.assertAll(UNBIASED, draw -> episodes(draw, SAMPLES, 3), 8);
    }

    @Test
    void oneStepEpisodesAreARegressionOfTheirReturn() {
        try (Draws draw = new Draws(8)) {
            EpisodeReturns single = new EpisodeReturns(
                    draw.of(new double[] {1, 2}, 2, 1), draw.of(new double[] {1, 1}, 2, 1), draw.vector(4, 2.5));
            assertThat(RD.loss(single).value()).isCloseTo((9 + 0.25) / 2, within(1e-12));
        }
    }

    @Test
    void theGradientIsTheSameAlongAnEpisodeAndZeroOnPadding() {
        try (Draws draw = new Draws(8)) {
            EpisodeReturns some = episodes(draw, new long[0], 0);
            double[][] rewards = Tensors.toRows(some.rewards());
            double[] returns = Tensors.toDoubles(some.returns());
            double[][] gradient = Tensors.toRows(RD.lossAndGradients(some).of("rewards"));
            double mean = (rewards[1][0] + rewards[1][1]) / 2;
            double slope = 2 * (mean - returns[1] / 2) / (2 * 3);
            assertThat(gradient[1]).containsExactly(new double[] {slope, slope, 0, 0}, within(1e-12));
        }
    }

    @Test
    void samplingEveryStepIsReadingAllAndNeedsNoCorrection() {
        try (Draws draw = new Draws(8)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1}, {1, 1, 1}});
            EpisodeReturns all = new EpisodeReturns(draw.normal(2, 3), mask, draw.normal(2)).sampled(3, new Random(1));
            for (ReturnDecomposition loss : List.of(RRD, UNBIASED)) {
                assertThat(loss.loss(all).value()).isCloseTo(RD.loss(all).value(), within(1e-12));
                assertClose(
                        "gradient",
                        loss.lossAndGradients(all).of("rewards"),
                        RD.lossAndGradients(all).of("rewards"),
                        1e-12);
            }
        }
    }

    @Test
    void theUnbiasedLossIsRightOnAverageOverAllSamples() {
        try (Draws draw = new Draws(8)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 1}});
            EpisodeReturns episode = new EpisodeReturns(draw.normal(1, 4), mask, draw.vector(0.7));
            double biased = 0;
            double unbiased = 0;
            int pairs = 0;
            for (long i = 0; i < 4; i++) {
                for (long j = i + 1; j < 4; j++, pairs++) {
                    EpisodeReturns sample = new EpisodeReturns(
                            episode.rewards(),
                            mask,
                            episode.returns(),
                            Tensors.create(draw.manager(), new long[] {i, j}, 1, 2));
                    biased += RRD.loss(sample).value();
                    unbiased += UNBIASED.loss(sample).value();
                }
            }
            assertThat(unbiased / pairs).isCloseTo(RD.loss(episode).value(), within(1e-12));
            assertThat(biased / pairs).isGreaterThan(RD.loss(episode).value() + 1e-3);
        }
    }

    @Test
    void samplesComeFromTheirEpisodeWithoutReplacementWhereItIsLongEnough() {
        try (Draws draw = new Draws(8)) {
            EpisodeReturns some = episodes(draw, new long[0], 0).sampled(3, new Random(4));
            double[][] index = Tensors.toRows(some.sampleIndex() == null ? some.mask() : some.sampleIndex());
            assertThat(index[0]).doesNotHaveDuplicates();
            assertThat(Arrays.stream(index[0]).allMatch(step -> step >= 0 && step < 4))
                    .isTrue();
            assertThat(Arrays.stream(index[1]).allMatch(step -> step >= 0 && step < 2))
                    .as("with replacement")
                    .isTrue();
            assertThat(index[2]).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(UNBIASED.loss(some).metrics().get("oversampled_rows")).isOne();
        }
    }

    @Test
    void paddingMayHoldAnything() {
        try (Draws draw = new Draws(8)) {
            EpisodeReturns some = episodes(draw, new long[0], 0);
            EpisodeReturns broken = new EpisodeReturns(
                    draw.replacedOutside(some.rewards(), some.mask(), Double.NaN), some.mask(), some.returns());
            RewardModelLoss<EpisodeReturns> taped = RD::loss;
            for (RewardModelLoss<EpisodeReturns> loss : List.of(RD, taped)) {
                LossGradients result = loss.lossAndGradients(broken);
                assertClose(
                        "gradient",
                        result.of("rewards"),
                        RD.lossAndGradients(some).of("rewards"),
                        1e-12);
            }
        }
    }

    @Test
    void ridgeRecoversTheWeightsOfNoiselessReturnsAndShrinksToNothing() {
        try (Draws draw = new Draws(8)) {
            NDArray latent = draw.normal(9, 5, 3);
            NDArray mask = draw.mask(9, 5);
            NDArray weights = draw.vector(1, -0.8, 0.5);
            NDArray rewards = LatentRidge.rewards(latent, mask, weights);
            NDArray returns = rewards.sum(new int[] {1});
            LatentRidge.Fit fit = new LatentRidge(0).fit(latent, mask, returns);
            assertClose("weights", fit.weights(), weights, 1e-9);
            assertClose("proxy", fit.proxyRewards(), rewards, 1e-9);
            double[] none = Tensors.toDoubles(
                    new LatentRidge(1e12).fit(latent, mask, returns).weights());
            assertThat(none).containsExactly(new double[3], within(1e-9));
        }
    }

    @Test
    void ridgeMinimisesTheDecompositionLossPlusItsPenalty() {
        try (Draws draw = new Draws(8)) {
            NDArray latent = draw.normal(6, 4, 2);
            NDArray mask = draw.mask(6, 4);
            NDArray returns = draw.normal(6);
            NDArray best = new LatentRidge(0.6).fit(latent, mask, returns).weights();
            double[] slope = FiniteDifferences.gradient(
                    w -> {
                        NDArray predicted = LatentRidge.rewards(latent, mask, w);
                        double[] at = Tensors.toDoubles(w);
                        double penalty = 0.6 / 6 * (at[0] * at[0] + at[1] * at[1]);
                        double loss = RD.loss(new EpisodeReturns(predicted, mask, returns))
                                .value();
                        return draw.vector(loss + penalty);
                    },
                    best,
                    new double[] {1});
            assertThat(slope).containsExactly(new double[2], within(1e-6));
        }
    }

    @Test
    void anEncoderIsTriedBeforeItIsTrusted() {
        try (Draws draw = new Draws(8)) {
            NDArray observation = draw.normal(2, 3);
            NDArray action = draw.normal(2, 1);
            LatentRewardEncoder good = (o, a) -> List.of(o.get(":, 0:1"), a);
            LatentRewardEncoder flat = (o, a) -> List.of(o.get(":, 0"));
            LatentRewardEncoder infinite = (o, a) -> List.of(a.div(a.zerosLike()));
            LatentRewardEncoder throwing = (o, a) -> {
                throw new IllegalStateException("no such sensor");
            };
            EncoderVerification verification = new EncoderVerification();
            var verdict = verification.verify(List.of(throwing, flat, infinite, good), observation, action);
            assertThat(verdict).isEqualTo(new EncoderVerification.Verdict(true, 3, "", 2));
            assertThat(verification
                            .verify(List.of(throwing), observation, action)
                            .message())
                    .contains("no such sensor");
            assertThat(verification.verify(List.of(flat), observation, action).message())
                    .startsWith("factor 0: expected shape (2, 1), got");
            assertThat(verification.verify(List.of(infinite), observation, action))
                    .matches(v -> !v.passed() && v.factors() == 0 && v.message().contains("finite"));
            assertThat(new EncoderVerification(true)
                            .verify(List.of(good), observation, action)
                            .message())
                    .isEqualTo("factors: expected exactly one, got 2");
            LatentRewardEncoder both = LatentRewardEncoder.union(List.of(good, good));
            assertThat(verification.verify(List.of(both), observation, action).factors())
                    .isEqualTo(4);
            assertRejects("candidates", () -> verification.verify(List.of(), observation, action));
            assertRejects("observation", () -> verification.verify(List.of(good), draw.normal(3, 3), action));
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(8)) {
            NDArray rewards = draw.normal(1, 3);
            NDArray returns = draw.vector(1);
            NDArray full = draw.matrix(new double[][] {{1, 1, 1}});
            NDArray hole = draw.matrix(new double[][] {{1, 0, 1}});
            NDArray two = draw.matrix(new double[][] {{1, 1, 0}});
            assertRejects("mask", () -> RD.loss(new EpisodeReturns(rewards, hole, returns)));
            assertRejects("mask", () -> RD.loss(new EpisodeReturns(rewards, full.zerosLike(), returns)));
            assertRejects("returns", () -> RD.loss(new EpisodeReturns(rewards, full, draw.vector(1, 2))));
            assertRejects("returns", () -> RD.loss(new EpisodeReturns(rewards, full, draw.vector(Double.NaN))));
            assertRejects("sampleIndex", () -> RRD.loss(new EpisodeReturns(rewards, full, returns)));
            for (long step : new long[] {-1, 2}) {
                NDArray index = Tensors.create(draw.manager(), new long[] {0, step}, 1, 2);
                assertRejects("sampleIndex", () -> RRD.loss(new EpisodeReturns(rewards, two, returns, index)));
            }
            NDArray one = Tensors.create(draw.manager(), new long[] {0}, 1, 1);
            assertThat(RRD.loss(new EpisodeReturns(rewards, full, returns, one)).value())
                    .isFinite();
            assertRejects("sampleIndex", () -> UNBIASED.loss(new EpisodeReturns(rewards, full, returns, one)));
            assertRejects("samples", () -> new EpisodeReturns(rewards, full, returns).sampled(0, new Random(1)));
            assertRejects("lambda", () -> new LatentRidge(-1));
            NDArray latent = draw.normal(1, 3, 2);
            assertRejects("lambda", () -> new LatentRidge(0).fit(latent, full, returns));
            assertRejects(
                    "lambda",
                    () -> new LatentRidge(0)
                            .fit(
                                    draw.of(new double[4], 2, 1, 2),
                                    draw.of(new double[] {1, 1}, 2, 1),
                                    draw.vector(1, 1)));
            assertRejects("mask", () -> new LatentRidge(1).fit(latent, hole, returns));
            assertRejects("returns", () -> new LatentRidge(1).fit(latent, full, draw.vector(1, 2)));
            assertRejects("latent", () -> new LatentRidge(1).fit(rewards, full, returns));
            assertRejects("weights", () -> LatentRidge.rewards(latent, full, draw.vector(1)));
        }
    }
}
