package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** DPO guided by token rewards. */
class TgdpoTest {

    private static TokenPairs pairs(Draws draws, int rows) {
        return new TokenPairs(
                draws.logps(rows, 4),
                draws.logps(rows, 3),
                draws.logps(rows, 4),
                draws.logps(rows, 3),
                draws.mask(rows, 4),
                draws.mask(rows, 3),
                draws.normal(rows, 4),
                draws.normal(rows, 3));
    }

    private static TokenPairs rewarded(TokenPairs p, NDArray chosen, NDArray rejected) {
        return new TokenPairs(
                p.chosenLogps(),
                p.rejectedLogps(),
                p.refChosenLogps(),
                p.refRejectedLogps(),
                p.chosenMask(),
                p.rejectedMask(),
                chosen,
                rejected);
    }

    private static double[] dpo(TokenPairs p, double beta) {
        return LossLaws.losses(
                new Dpo(beta),
                new PairLogps(
                        Masked.sumRows(p.chosenLogps(), p.chosenMask()),
                        Masked.sumRows(p.rejectedLogps(), p.rejectedMask()),
                        Masked.sumRows(p.references()[0], p.chosenMask()),
                        Masked.sumRows(p.references()[1], p.rejectedMask())));
    }

    @Test
    void withoutGuidanceOrWithoutRewardsItIsDpo() {
        try (Draws draws = new Draws(1)) {
            TokenPairs p = pairs(draws, 4);
            LossLaws.assertClose("alpha 0", LossLaws.losses(new Tgdpo(0.3, 0), p), dpo(p, 0.3), 1e-12);
            TokenPairs none = rewarded(
                    p,
                    p.chosenTokenRewards().zerosLike(),
                    p.rejectedTokenRewards().zerosLike());
            LossLaws.assertClose("no rewards", LossLaws.losses(new Tgdpo(0.3, 2), none), dpo(p, 0.3), 1e-12);
        }
    }

    @Test
    void aConstantRewardWeighsTheTwoSidesDifferently() {
        try (Draws draws = new Draws(2)) {
            TokenPairs p = pairs(draws, 3);
            NDArray chosen = draws.of(filled(12, 0.4), 3, 4);
            NDArray rejected = draws.of(filled(9, 0.4), 3, 3);
            Tgdpo.Guidance guidance = new Tgdpo(0.1, 0.5).guidance(rewarded(p, chosen, rejected));
            assertThat(Tensors.toDoubles(guidance.chosenFactors())[0]).isCloseTo(1.2, within(1e-12));
            assertThat(Tensors.toDoubles(guidance.rejectedFactors())[0]).isCloseTo(0.8, within(1e-12));
            double[] margins = Tensors.toDoubles(guidance.margins());
            double[] c = Tensors.toDoubles(guidance.chosenRewards());
            double[] r = Tensors.toDoubles(guidance.rejectedRewards());
            for (int b = 0; b < 3; b++) {
                assertThat(margins[b]).isCloseTo(1.2 * c[b] - 0.8 * r[b], within(1e-12));
            }
        }
    }

    @Test
    void atTheReferenceTheLossIsThatOfACoin() {
        try (Draws draws = new Draws(3)) {
            TokenPairs p = pairs(draws, 3);
            TokenPairs at = new TokenPairs(
                    p.references()[0],
                    p.references()[1],
                    p.refChosenLogps(),
                    p.refRejectedLogps(),
                    p.chosenMask(),
                    p.rejectedMask(),
                    p.chosenTokenRewards(),
                    p.rejectedTokenRewards());
            assertThat(new Tgdpo(0.1, 0.5).loss(at).value()).isCloseTo(Math.log(2), within(1e-12));
            double[] gradient =
                    Tensors.toDoubles(new Tgdpo(0.1, 0.5).lossAndGradients(at).of("chosenLogps"));
            double[] rewards = Tensors.toDoubles(p.chosenTokenRewards());
            double[] mask = Tensors.toDoubles(p.chosenMask());
            for (int i = 0; i < gradient.length; i++) {
                double share = -0.5 * 0.1 / 3 * (1 + 0.5 * rewards[i]) * mask[i];
                assertThat(gradient[i]).isCloseTo(share, within(1e-14));
            }
        }
    }

    @Test
    void clampedFactorsNeverTurnATokenAround() {
        try (Draws draws = new Draws(4)) {
            TokenPairs p = pairs(draws, 5);
            Tgdpo clamped = new Tgdpo(0.1, 4, true, 0);
            double[] factors = Tensors.toDoubles(clamped.guidance(p).chosenFactors());
            double[] free = Tensors.toDoubles(new Tgdpo(0.1, 4).guidance(p).chosenFactors());
            assertThat(Arrays.stream(free).min().orElseThrow()).isNegative();
            for (int i = 0; i < free.length; i++) {
                assertThat(factors[i]).isEqualTo(Math.max(0, free[i]));
            }
        }
    }

    @Test
    void theOrderOfTokensDoesNotMatter() {
        try (Draws draws = new Draws(5)) {
            TokenPairs p = pairs(draws, 1);
            int[] order = {2, 0, 3, 1};
            TokenPairs moved = new TokenPairs(
                    moved(draws, p.chosenLogps(), order),
                    p.rejectedLogps(),
                    moved(draws, p.references()[0], order),
                    p.refRejectedLogps(),
                    moved(draws, p.chosenMask(), order),
                    p.rejectedMask(),
                    moved(draws, p.chosenTokenRewards(), order),
                    p.rejectedTokenRewards());
            assertThat(new Tgdpo(0.1, 0.5).loss(moved).value())
                    .isCloseTo(new Tgdpo(0.1, 0.5).loss(p).value(), within(1e-12));
        }
    }

    private static NDArray moved(Draws draws, NDArray row, int[] order) {
        return draws.permuted(row.reshape(order.length), order).reshape(1, order.length);
    }

    private static double[] filled(int count, double value) {
        double[] numbers = new double[count];
        Arrays.fill(numbers, value);
        return numbers;
    }

    @Test
    void imitationAddsTheMeanLogProbabilityOfThePreferredResponse() {
        try (Draws draws = new Draws(6)) {
            TokenPairs p = pairs(draws, 3);
            double[] plain = LossLaws.losses(new Tgdpo(0.1, 0.5), p);
            double[] mean = Tensors.toDoubles(Masked.meanRows(p.chosenLogps(), p.chosenMask(), 0));
            double[] both = LossLaws.losses(new Tgdpo(0.1, 0.5, false, 0.7), p);
            for (int b = 0; b < 3; b++) {
                assertThat(both[b]).isCloseTo(plain[b] - 0.7 * mean[b], within(1e-12));
            }
        }
    }

    @Test
    void gradientsMemoryAndPrecisionHold() {
        LossLaws.assertAll(new Tgdpo(0.3, 0.5), draws -> pairs(draws, 3), 7);
        LossLaws.assertAll(new Tgdpo(0.3, 3, true, 0.2), draws -> pairs(draws, 2), 8);
        try (Draws draws = new Draws(9)) {
            TokenPairs p = pairs(draws, 2);
            LiveArrays.assertNothingLeftBut(draws.manager(), () -> {
                var g = new Tgdpo(0.1, 0.5).guidance(p);
                return List.of(
                        g.margins(), g.chosenFactors(), g.rejectedFactors(), g.chosenRewards(), g.rejectedRewards());
            });
        }
    }

    @Test
    void paddingIsNeverRead() {
        try (Draws draws = new Draws(10)) {
            TokenPairs p = pairs(draws, 3);
            TokenPairs broken = new TokenPairs(
                    draws.replacedOutside(p.chosenLogps(), p.chosenMask(), Double.NaN),
                    draws.replacedOutside(p.rejectedLogps(), p.rejectedMask(), Double.NaN),
                    draws.replacedOutside(p.references()[0], p.chosenMask(), Double.NaN),
                    p.refRejectedLogps(),
                    p.chosenMask(),
                    p.rejectedMask(),
                    draws.replacedOutside(p.chosenTokenRewards(), p.chosenMask(), Double.NaN),
                    draws.replacedOutside(p.rejectedTokenRewards(), p.rejectedMask(), Double.NaN));
            Tgdpo loss = new Tgdpo(0.1, 0.5, false, 0.3);
            Loss<TokenPairs> byTape = batch -> loss.loss(batch); // knows no closed form
            var clean = loss.lossAndGradients(p);
            for (String side : List.of("chosenLogps", "rejectedLogps")) {
                LossLaws.assertClose("closed", loss.lossAndGradients(broken).of(side), clean.of(side), 1e-12);
                LossLaws.assertClose("tape", byTape.lossAndGradients(broken).of(side), clean.of(side), 1e-12);
            }
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("beta", () -> new Tgdpo(0, 1));
        LossLaws.assertRejects("alpha", () -> new Tgdpo(1, -1));
        LossLaws.assertRejects("sftWeight", () -> new Tgdpo(1, 1, false, -1));
        try (Draws draws = new Draws(11)) {
            TokenPairs p = pairs(draws, 2);
            Tgdpo loss = new Tgdpo(0.1, 0.5);
            NDArray empty = draws.matrix(new double[][] {{1, 1, 1, 0}, {0, 0, 0, 0}});
            LossLaws.assertRejects("chosenMask", () -> loss.loss(masked(p, empty, p.rejectedMask())));
            LossLaws.assertRejects("rejectedMask", () -> loss.loss(masked(p, p.chosenMask(), empty)));
            LossLaws.assertRejects(
                    "rejectedTokenRewards",
                    () -> loss.loss(rewarded(p, p.chosenTokenRewards(), p.chosenTokenRewards())));
            double[] numbers = Tensors.toDoubles(p.chosenLogps());
            numbers[0] = Double.NaN;
            NDArray broken = draws.of(numbers, 2, 4);
            LossLaws.assertRejects(
                    "chosenLogps", () -> loss.loss(p.withDifferentiable(List.of(broken, p.rejectedLogps()))));
            LossLaws.assertRejects(
                    "chosenTokenRewards", () -> loss.loss(rewarded(p, broken, p.rejectedTokenRewards())));
            LossLaws.assertRejects(
                    "rejectedLogps",
                    () -> loss.loss(p.withDifferentiable(List.of(p.chosenLogps(), draws.logps(3, 3)))));
            LossLaws.assertRejects(
                    "refChosenLogps",
                    () -> loss.loss(new TokenPairs(
                            p.chosenLogps(),
                            p.rejectedLogps(),
                            null,
                            null,
                            p.chosenMask(),
                            p.rejectedMask(),
                            p.chosenTokenRewards(),
                            p.rejectedTokenRewards())));
            NDArray none = draws.of(new double[0], 0, 4);
            LossLaws.assertRejects("chosenLogps", () -> loss.loss(p.withDifferentiable(List.of(none, none))));
        }
    }

    private static TokenPairs masked(TokenPairs p, NDArray chosen, NDArray rejected) {
        return new TokenPairs(
                p.chosenLogps(),
                p.rejectedLogps(),
                p.refChosenLogps(),
                p.refRejectedLogps(),
                chosen,
                rejected,
                p.chosenTokenRewards(),
                p.rejectedTokenRewards());
    }
}
