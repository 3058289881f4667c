package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.reward.CompositeReward;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

class ConstraintsTest {

    private static double[] mixed(NDArray streams, NDArray kl, NDArray multipliers, Squash squash, boolean normalize) {
        return Tensors.toDoubles(ConstrainedAdvantages.mix(streams, kl, multipliers, squash, normalize, 1e-8)
                .advantages());
    }

    private static ConstrainedBatch batch(Draws draw) {
        return new ConstrainedBatch(
                draw.logps(3, 4),
                draw.logps(3, 4),
                draw.mask(3, 4),
                draw.normal(3, 4, 2),
                draw.normal(3, 4),
                draw.normal(2));
    }

    @ParameterizedTest
    @EnumSource(Squash.class)
    void theSlopeOfAWeightIsItsDerivative(Squash squash) {
        for (double mu : new double[] {-30, -2, 0, 0.7, 30}) {
            double slope = (squash.weight(mu + 1e-6) - squash.weight(mu - 1e-6)) / 2e-6;
            assertThat(squash.slope(mu)).isCloseTo(slope, within(1e-8));
        }
        assertThat(Squash.SIGMOID.weight(-1000)).isZero();
        assertThat(Squash.TANH.slope(1000)).isZero();
    }

    @Test
    void withoutWeightsOfTheirOwnConstraintsLeaveTheKlAdvantageTimesTheirNumber() {
        try (Draws draw = new Draws(1)) {
            NDArray kl = draw.normal(5);
            double[] result = mixed(draw.normal(5, 3), kl, draw.vector(-800, -900, -1000), Squash.SIGMOID, false);
            assertClose("3 A_kl", result, Tensors.toDoubles(kl.add(kl).add(kl)), 1e-12);
        }
    }

    @Test
    void aStreamOfEqualNumbersAddsNothingInSinglePrecisionToo() {
        try (Draws draw = new Draws(9)) {
            for (int rows : new int[] {2, 3, 7, 11, 100}) {
                double[] tenths = new double[rows];
                Arrays.fill(tenths, 0.1);
                NDArray kl = draw.vector(tenths).toType(DataType.FLOAT32, false);
                double[] result = mixed(kl.expandDims(1), kl, draw.vector(0.5), Squash.TANH, true);
                assertClose(rows + " rows", result, new double[rows], 1e-6);
            }
        }
    }

    @Test
    void mixturesAreLinearUntilStreamsAreStandardised() {
        try (Draws draw = new Draws(2)) {
            NDArray streams = draw.normal(6, 2);
            NDArray kl = draw.normal(6);
            NDArray mu = draw.normal(2);
            double[] plain = mixed(streams, kl, mu, Squash.TANH, false);
            double[] twice = mixed(streams.add(streams), kl.add(kl), mu, Squash.TANH, false);
            double[] doubled = new double[6];
            for (int b = 0; b < 6; b++) {
                doubled[b] = 2 * plain[b];
            }
            assertClose("linear", twice, doubled, 1e-12);
            NDArray moved = streams.mul(draw.of(new double[] {3, 0.5}, 1, 2)).add(draw.of(new double[] {7, -2}, 1, 2));
            assertClose(
                    "scale and shift",
                    mixed(moved, kl, mu, Squash.TANH, true),
                    mixed(streams, kl, mu, Squash.TANH, true),
                    1e-6);
        }
    }

    @Test
    void tokensAreStandardisedOverWhatCounts() {
        try (Draws draw = new Draws(3)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0}, {1, 0, 0}});
            NDArray kl = draw.replacedOutside(draw.normal(2, 3), mask, Double.NaN);
            NDArray streams = draw.normal(2, 3, 2);
            NDArray mu = draw.vector(0.3, -0.4);
            double[] tokens =
                    Tensors.toDoubles(ConstrainedAdvantages.mix(streams, kl, mask, mu, Squash.SIGMOID, true, 1e-8)
                            .advantages());
            double[] s = Tensors.toDoubles(streams);
            double[] k = Tensors.toDoubles(kl);
            double[] rows = mixed(
                    draw.matrix(new double[][] {{s[0], s[1]}, {s[2], s[3]}, {s[6], s[7]}}),
                    draw.vector(k[0], k[1], k[3]),
                    mu,
                    Squash.SIGMOID,
                    true);
            assertClose("tokens", tokens, new double[] {rows[0], rows[1], 0, rows[2], 0, 0}, 1e-12);
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                var again = ConstrainedAdvantages.mix(streams, kl, mask, mu, Squash.NONE, true, 1e-8);
                return List.of(again.lambda(), again.advantages());
            });
        }
    }

    @Test
    void onPolicyTheGradientIsMinusTheMixtureOverTheTokens() {
        try (Draws draw = new Draws(4)) {
            ConstrainedBatch drawn = batch(draw);
            ConstrainedBatch batch = new ConstrainedBatch(
                    drawn.logps(),
                    drawn.logps(),
                    drawn.mask(),
                    drawn.constraintAdvantages(),
                    drawn.klAdvantages(),
                    drawn.multipliers());
            ConstrainedPpo loss = new ConstrainedPpo(Squash.TANH);
            double[] gradient = Tensors.toDoubles(loss.lossAndGradients(batch).of("logps"));
            double[] advantages = Tensors.toDoubles(loss.advantages(batch).advantages());
            double tokens = Tensors.toDoubles(batch.mask().sum())[0];
            for (int i = 0; i < gradient.length; i++) {
                assertThat(gradient[i]).isCloseTo(-advantages[i] / tokens, within(1e-12));
            }
        }
    }

    @Test
    void gradientsMemoryAndPrecisionHold() {
        LossLaws.assertAll(new ConstrainedPpo(Squash.SIGMOID), ConstraintsTest::batch, 5);
        LossLaws.assertAll(new ConstrainedPpo(Squash.NONE, 0.3, false), ConstraintsTest::batch, 6);
        try (Draws draw = new Draws(7)) {
            ConstrainedBatch batch = batch(draw);
            var ppo = new PpoClip(0.2, 0.2, null, Aggregation.tokenMean());
            ConstrainedPpo loss = new ConstrainedPpo(Squash.SIGMOID);
            assertThat(loss.loss(batch).value())
                    .isEqualTo(ppo.loss(new PolicyBatch(
                                    batch.logps(),
                                    batch.oldLogps(),
                                    loss.advantages(batch).advantages(),
                                    batch.mask()))
                            .value());
        }
    }

    @Test
    void multipliersRiseBelowTheirThresholdAndFallAboveIt() {
        LagrangeMultipliers equality = new LagrangeMultipliers(Squash.TANH);
        LagrangeMultipliers.State state = new LagrangeMultipliers.State(List.of(0.0, 0.0, 0.1));
        for (int step = 0; step < 100; step++) {
            state = equality.next(state, List.of(0.2, 0.9, 0.5), List.of(0.5, 0.5, 0.5));
        }
        assertThat(equality.weights(state).get(0)).isPositive();
        assertThat(equality.weights(state).get(1)).isNegative();
        assertThat(state.multipliers().get(2)).isEqualTo(0.1);
        LagrangeMultipliers inequality = new LagrangeMultipliers(1, 0, 10, Squash.NONE, false);
        assertThat(inequality
                        .next(new LagrangeMultipliers.State(List.of(0.5)), List.of(9.0), List.of(0.0))
                        .multipliers())
                .containsExactly(0.0);
        LagrangeMultipliers both = new LagrangeMultipliers(1, 0, 10, Squash.NONE, true);
        assertThat(both.next(new LagrangeMultipliers.State(List.of(0.5)), List.of(9.0), List.of(0.0))
                        .multipliers()
                        .get(0))
                .isCloseTo(-8.5, within(1e-5));
    }

    @Test
    void aStepIsAClippedGradientWithMomentum() {
        var start = new LagrangeMultipliers.State(List.of(0.0, 0.0), List.of(0.2, 0.4));
        var next = new LagrangeMultipliers(0.1, 0.5, 0.5, Squash.NONE, true)
                .next(start, List.of(3.0, 4.0), List.of(0.0, 0.0));
        double scale = 0.5 / (5 + 1e-6);
        for (int i = 0; i < 2; i++) {
            double gradient = (3 + i) * scale;
            double velocity = 0.5 * (0.2 + 0.2 * i) + gradient;
            assertThat(next.gradient().get(i)).isCloseTo(gradient, within(1e-12));
            assertThat(next.velocity().get(i)).isCloseTo(velocity, within(1e-12));
            assertThat(next.multipliers().get(i)).isCloseTo(-0.1 * velocity, within(1e-12));
        }
        assertThat(new LagrangeMultipliers(Squash.TANH).equality()).isTrue();
        assertThat(new LagrangeMultipliers(Squash.SIGMOID).equality()).isFalse();
    }

    @Test
    void multipliersStartEqualNearZeroOrAtOneHalf() {
        var start = new LagrangeMultipliers(Squash.SIGMOID).initial(3, new Random(1));
        assertThat(start.multipliers())
                .hasSize(3)
                .containsOnly(start.multipliers().get(0));
        assertThat(start.multipliers().get(0)).isEqualTo(0.01 * new Random(1).nextGaussian());
        assertThat(new LagrangeMultipliers(Squash.NONE)
                        .initial(2, new Random(1))
                        .multipliers())
                .isEqualTo(Collections.nCopies(2, 0.5));
    }

    @Test
    void aSaturatedRewardEarnsNothingBeyondItsThreshold() {
        try (Draws draw = new Draws(8)) {
            NDArray rewards = draw.matrix(new double[][] {{1, 5}, {-2, 0.5}});
            NDArray weights = draw.vector(2, 1);
            assertThat(Tensors.toDoubles(CompositeReward.saturated(rewards, draw.vector(0.5, 3), weights)))
                    .containsExactly(4, -3.5);
            NDArray none = draw.vector(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
            assertThat(Tensors.toDoubles(CompositeReward.saturated(rewards, none, weights)))
                    .isEqualTo(Tensors.toDoubles(CompositeReward.sum(rewards, weights)))
                    .containsExactly(7, -3.5);
            LiveArrays.assertOneLeft(draw.manager(), () -> CompositeReward.saturated(rewards, weights, weights));
            assertRejects("weights", () -> CompositeReward.sum(rewards, draw.vector(1)));
            assertRejects("thresholds", () -> CompositeReward.saturated(rewards, draw.vector(1), weights));
            assertRejects("thresholds", () -> CompositeReward.saturated(rewards, draw.vector(Double.NaN, 1), weights));
            assertRejects("rewards", () -> CompositeReward.sum(draw.vector(1, 2), weights));
        }
    }

    @Test
    void badConstraintsAreRejectedByName() {
        try (Draws draw = new Draws(9)) {
            NDArray mu = draw.normal(2);
            assertRejects("klAdvantages", () -> mixed(draw.normal(1, 2), draw.normal(1), mu, Squash.SIGMOID, true));
            assertRejects(
                    "constraintAdvantages", () -> mixed(draw.normal(3, 3), draw.normal(3), mu, Squash.SIGMOID, true));
            assertRejects(
                    "multipliers",
                    () -> mixed(draw.normal(3, 1), draw.normal(3), draw.vector(Double.NaN), Squash.NONE, true));
            ConstrainedBatch drawn = batch(draw);
            assertRejects(
                    "mask",
                    () -> new ConstrainedPpo(Squash.NONE, 0.2, false)
                            .loss(new ConstrainedBatch(
                                    drawn.logps(),
                                    drawn.oldLogps(),
                                    drawn.mask().zerosLike(),
                                    drawn.constraintAdvantages(),
                                    drawn.klAdvantages(),
                                    drawn.multipliers())));
        }
        assertRejects("clip", () -> new ConstrainedPpo(Squash.TANH, 0, true));
        assertRejects("lr", () -> new LagrangeMultipliers(0, 0.1, 0.5, Squash.TANH, true));
        assertRejects("momentum", () -> new LagrangeMultipliers(0.1, 1, 0.5, Squash.TANH, true));
        assertRejects("maxGradNorm", () -> new LagrangeMultipliers(0.1, 0.1, 0, Squash.TANH, true));
        assertRejects("velocity", () -> new LagrangeMultipliers.State(List.of(1.0), List.of()));
        var controller = new LagrangeMultipliers(Squash.TANH);
        var state = new LagrangeMultipliers.State(List.of(1.0));
        assertRejects("values", () -> controller.next(state, List.of(Double.NaN), List.of(1.0)));
        assertRejects("values", () -> controller.next(state, List.of(), List.of(1.0)));
        assertRejects("thresholds", () -> controller.next(state, List.of(1.0), List.of()));
        assertRejects("gradient", () -> new LagrangeMultipliers.State(List.of(1.0), List.of(0.0), List.of()));
    }
}
