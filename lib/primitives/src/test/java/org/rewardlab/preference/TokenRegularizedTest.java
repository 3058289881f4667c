package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.preference.TokenRegularizedDpo.Weighting;
import org.rewardlab.preference.TokenRegularizer.Reduction;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

class TokenRegularizedTest {

    static Stream<TokenPreferenceLoss> losses() {
        return Stream.of(
                new TokenRegularizedDpo(0.7, 0.25, Weighting.STATIC, Reduction.SUM),
                new TokenRegularizedDpo(0.3, 0.5, Weighting.STATIC, Reduction.MEAN));
    }

    private static TokenPairs drawn(Draws draw) {
        return new TokenPairs(
                draw.logps(3, 4),
                draw.logps(3, 4),
                draw.logps(3, 4),
                draw.logps(3, 4),
                draw.mask(3, 4),
                draw.mask(3, 4),
                draw.uniform(-0.5, 0.5, new long[] {3, 4}),
                draw.uniform(-0.5, 0.5, new long[] {3, 4}));
    }

    private static TokenPairs withRewards(TokenPairs pairs, NDArray chosen, NDArray rejected) {
        return new TokenPairs(
                pairs.chosenLogps(),
                pairs.rejectedLogps(),
                pairs.refChosenLogps(),
                pairs.refRejectedLogps(),
                pairs.chosenMask(),
                pairs.rejectedMask(),
                chosen,
                rejected);
    }

    private static PairLogps sums(TokenPairs pairs, NDArray refChosen, NDArray refRejected) {
        return new PairLogps(
                        Masked.sumRows(pairs.chosenLogps(), pairs.chosenMask()),
                        Masked.sumRows(pairs.rejectedLogps(), pairs.rejectedMask()),
                        Masked.sumRows(refChosen, pairs.chosenMask()),
                        Masked.sumRows(refRejected, pairs.rejectedMask()))
                .withLengths(
                        Masked.sumRows(pairs.chosenMask(), pairs.chosenMask()),
                        Masked.sumRows(pairs.rejectedMask(), pairs.rejectedMask()));
    }

    /** The gate is a constant: central differences see it move, so these laws are for the constant weight. */
    @ParameterizedTest
    @MethodSource("losses")
    void gradientsMemoryAndPrecisionHold(TokenPreferenceLoss loss) {
        LossLaws.assertAll(loss, TokenRegularizedTest::drawn, 3);
    }

    @Test
    void memoryAndPrecisionHoldWithTheGate() {
        for (TokenPreferenceLoss loss : List.of(new TokenRegularizedDpo(), new TokenRegularizedSimpo(2, 0.5, 0.25))) {
            try (Draws draw = new Draws(4)) {
                LossLaws.assertNothingLeft(draw.manager(), loss, drawn(draw));
            }
            LossLaws.assertSameInFloat32(loss, TokenRegularizedTest::drawn, 4);
        }
    }

    @Test
    void theGradientOfATokenIsThatOfDpoShiftedByItsReward() {
        double beta = 0.7;
        double alpha = 0.5;
        try (Draws draw = new Draws(5)) {
            TokenPairs pairs = drawn(draw);
            TokenRegularizedDpo loss = new TokenRegularizedDpo(beta, alpha);
            double[] w = Tensors.toDoubles(loss.weights(pairs));
            LossGradients result = loss.lossAndGradients(pairs);
            double[] chosen = Tensors.toDoubles(result.of("chosenLogps"));
            double[] rejected = Tensors.toDoubles(result.of("rejectedLogps"));
            double[] cm = Tensors.toDoubles(pairs.chosenMask());
            double[] rm = Tensors.toDoubles(pairs.rejectedMask());
            double[] ct = Tensors.toDoubles(pairs.chosenTokenRewards());
            double[] rt = Tensors.toDoubles(pairs.rejectedTokenRewards());
            for (int i = 0; i < chosen.length; i++) {
                double weight = w[i / 4];
                assertThat(chosen[i])
                        .isCloseTo(cm[i] * (-beta * weight - alpha * weight * beta * ct[i]) / 3, within(1e-12));
                assertThat(rejected[i])
                        .isCloseTo(rm[i] * (beta * weight - alpha * weight * beta * rt[i]) / 3, within(1e-12));
                assertThat(chosen[i]).as("the sign is DPO's").isLessThanOrEqualTo(0);
                assertThat(rejected[i]).isGreaterThanOrEqualTo(0);
            }
        }
    }

    @Test
    void withoutTheRegulariserItIsDpoAndSimpo() {
        try (Draws draw = new Draws(6)) {
            TokenPairs pairs = drawn(draw);
            NDArray zeros = pairs.chosenLogps().zerosLike();
            PairLogps sums = sums(
                    pairs,
                    java.util.Objects.requireNonNull(pairs.refChosenLogps()),
                    java.util.Objects.requireNonNull(pairs.refRejectedLogps()));
            double[] dpo = LossLaws.losses(new Dpo(0.3), sums);
            assertClose("alpha 0", LossLaws.losses(new TokenRegularizedDpo(0.3, 0), pairs), dpo, 1e-12);
            assertClose(
                    "rewards 0",
                    LossLaws.losses(new TokenRegularizedDpo(0.3, 0.5), withRewards(pairs, zeros, zeros)),
                    dpo,
                    1e-12);
            assertClose(
                    "SimPO",
                    LossLaws.losses(new TokenRegularizedSimpo(2, 0.5, 0), pairs),
                    LossLaws.losses(new Simpo(2, 0.5), sums),
                    1e-12);
        }
    }

    @Test
    void atTheReferenceEveryPairWeighsOneHalf() {
        try (Draws draw = new Draws(7)) {
            TokenPairs drawn = drawn(draw);
            TokenPairs pairs = new TokenPairs(
                    drawn.chosenLogps(),
                    drawn.rejectedLogps(),
                    drawn.chosenLogps(),
                    drawn.rejectedLogps(),
                    drawn.chosenMask(),
                    drawn.rejectedMask(),
                    drawn.chosenTokenRewards(),
                    drawn.rejectedTokenRewards());
            TokenRegularizedDpo loss = new TokenRegularizedDpo();
            assertThat(Tensors.toDoubles(loss.weights(pairs))).containsOnly(0.5);
            assertThat(loss.loss(pairs).metrics().get("dpo_loss")).isCloseTo(Math.log(2), within(1e-12));
        }
    }

    @Test
    void paddingNeverContributes() {
        try (Draws draw = new Draws(8)) {
            TokenPairs pairs = drawn(draw);
            TokenPairs dirty = new TokenPairs(
                    draw.replacedOutside(pairs.chosenLogps(), pairs.chosenMask(), Double.NaN),
                    draw.replacedOutside(pairs.rejectedLogps(), pairs.rejectedMask(), Double.POSITIVE_INFINITY),
                    pairs.refChosenLogps(),
                    pairs.refRejectedLogps(),
                    pairs.chosenMask(),
                    pairs.rejectedMask(),
                    draw.replacedOutside(pairs.chosenTokenRewards(), pairs.chosenMask(), 99),
                    draw.replacedOutside(pairs.rejectedTokenRewards(), pairs.rejectedMask(), Double.NaN));
            TokenRegularizedDpo loss = new TokenRegularizedDpo();
            assertClose("losses", LossLaws.losses(loss, dirty), LossLaws.losses(loss, pairs), 1e-12);
            LossLaws.assertFinite(loss, dirty);
        }
    }

    @Test
    void theRegulariserPullsEachTokenByItsReward() {
        try (Draws draw = new Draws(9)) {
            NDArray rewards = draw.uniform(-1, 1, new long[] {3, 4});
            NDArray mask = draw.mask(3, 4);
            for (Reduction reduction : Reduction.values()) {
                FiniteDifferences.assertAgree(
                        reduction.name(),
                        x -> TokenRegularizer.losses(x, rewards, mask, 0.4, reduction),
                        draw.logps(3, 4));
            }
            NDArray logps = draw.logps(3, 4);
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> TokenRegularizer.losses(logps, rewards, mask, 1, Reduction.MEAN));
            assertRejects(
                    "tokenRewards",
                    () -> TokenRegularizer.losses(logps, draw.normal(9, new long[] {3, 4}), mask, 1, Reduction.SUM));
            assertRejects("mask", () -> TokenRegularizer.losses(logps, rewards, mask.zerosLike(), 1, Reduction.SUM));
            assertRejects("beta", () -> TokenRegularizer.losses(logps, rewards, mask, 0, Reduction.SUM));
        }
    }

    @Test
    void badPairsAreRejectedByName() {
        assertRejects("alpha", () -> new TokenRegularizedDpo(0.1, -0.1));
        assertRejects("beta", () -> new TokenRegularizedDpo(0, 0.1));
        assertRejects("beta", () -> new TokenRegularizedSimpo(0, 1, 0.1));
        assertRejects("alpha", () -> new TokenRegularizedSimpo(1, 1, Double.NaN));
        try (Draws draw = new Draws(10)) {
            TokenPairs pairs = drawn(draw);
            TokenRegularizedDpo loss = new TokenRegularizedDpo();
            NDArray rewards = pairs.chosenTokenRewards();
            NDArray large = draw.uniform(1.5, 2, new long[] {3, 4});
            assertRejects("chosenTokenRewards", () -> loss.loss(withRewards(pairs, large, rewards)));
            assertRejects("rejectedTokenRewards", () -> loss.loss(withRewards(pairs, rewards, large.neg())));
            assertRejects("rejectedTokenRewards", () -> loss.loss(withRewards(pairs, rewards, draw.normal(3, 5))));
            TokenPairs bare = new TokenPairs(
                    pairs.chosenLogps(),
                    pairs.rejectedLogps(),
                    null,
                    null,
                    pairs.chosenMask(),
                    pairs.rejectedMask(),
                    rewards,
                    rewards);
            assertRejects("refChosenLogps", () -> loss.loss(bare));
            assertRejects(
                    "rejectedLogps", // of another width than the chosen
                    () -> loss.loss(new TokenPairs(
                            pairs.chosenLogps(),
                            draw.logps(3, 5),
                            pairs.refChosenLogps(),
                            draw.logps(3, 5),
                            pairs.chosenMask(),
                            draw.mask(3, 5),
                            rewards,
                            draw.uniform(-0.5, 0.5, new long[] {3, 5}))));
            assertRejects(
                    "rejectedMask",
                    () -> new TokenRegularizedSimpo()
                            .loss(new TokenPairs(
                                    pairs.chosenLogps(),
                                    pairs.rejectedLogps(),
                                    null,
                                    null,
                                    pairs.chosenMask(),
                                    pairs.rejectedMask().zerosLike(),
                                    rewards,
                                    rewards)));
            assertRejects(
                    "rejectedLogps",
                    () -> new TokenRegularizedSimpo()
                            .loss(new TokenPairs(
                                    pairs.chosenLogps(),
                                    draw.logps(2, 4),
                                    null,
                                    null,
                                    pairs.chosenMask(),
                                    draw.mask(2, 4),
                                    rewards,
                                    draw.normal(2, 4))));
        }
    }
}
