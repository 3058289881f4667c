package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.rewardlab.policy.SoftPolicyIteration;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

class PreferenceGameTest {

    private static NDArray cycle(Draws draw) {
        return draw.matrix(new double[][] {{0.5, 0.9, 0.1}, {0.1, 0.5, 0.9}, {0.9, 0.1, 0.5}});
    }

    private static RewardedPairs pairs(Draws draw, int size) {
        long[] shape = {size};
        return new RewardedPairs(
                draw.normal(shape),
                draw.normal(shape),
                draw.normal(shape),
                draw.normal(shape),
                draw.normal(shape),
                draw.normal(shape));
    }

    @Test
    void aPolicyWinsHalfTheTimeAgainstItself() {
        try (Draws draw = new Draws(1)) {
            NDArray probs = draw.vector(0.2, 0.7, 0.1);
            NDArray rates = PreferenceGame.winRates(cycle(draw), probs);
            assertThat(Tensors.toDoubles(probs.mul(rates).sum())[0]).isCloseTo(0.5, within(1e-12));
            assertThat(PreferenceGame.exploitability(cycle(draw), probs))
                    .isCloseTo(Tensors.toDoubles(rates)[0] - 0.5, within(1e-12));
            NDArray wins = cycle(draw);
            LiveArrays.assertOneLeft(draw.manager(), () -> PreferenceGame.winRates(wins, probs));
        }
    }

    @Test
    void theUniformPolicyOfACycleIsANashEquilibriumThatIterationLeavesAlone() {
        try (Draws draw = new Draws(2)) {
            double third = 1.0 / 3;
            NDArray uniform = draw.vector(third, third, third);
            assertThat(PreferenceGame.exploitability(cycle(draw), uniform)).isCloseTo(0, within(1e-12));
            NDArray next = SoftPolicyIteration.step(uniform, PreferenceGame.winRates(cycle(draw), uniform), 0.1);
            assertClose("next", next, uniform, 1e-12);
        }
    }

    @Test
    void softPolicyIterationKeepsZerosAndSurvivesGreed() {
        try (Draws draw = new Draws(3)) {
            double[] next = Tensors.toDoubles(
                    SoftPolicyIteration.step(draw.vector(0.5, 0, 0.5), draw.vector(0, 9000, 1), 1e-4));
            assertThat(next).containsExactly(0, 0, 1);
            assertRejects("eta", () -> SoftPolicyIteration.step(draw.vector(1), draw.vector(1), 0));
            assertRejects("probs", () -> SoftPolicyIteration.step(draw.vector(0, 0), draw.vector(1, 1), 1));
            assertRejects("probs", () -> SoftPolicyIteration.step(draw.vector(-1, 2), draw.vector(1, 1), 1));
            assertRejects("reward", () -> SoftPolicyIteration.step(draw.vector(1), draw.vector(Double.NaN), 1));
            assertRejects("reward", () -> SoftPolicyIteration.step(draw.vector(1), draw.vector(1, 2), 1));
        }
    }

    @Test
    void otherGamesAreRejectedByName() {
        try (Draws draw = new Draws(4)) {
            NDArray half = draw.vector(0.5, 0.5);
            assertRejects("preference", () -> game(draw, 0.5, 0.9, 0.2, 0.5, half));
            assertRejects("preference", () -> game(draw, 0.6, 0.9, 0.1, 0.5, half));
            assertRejects("preference", () -> game(draw, 0.5, 1.2, -0.2, 0.5, half));
            assertRejects("preference", () -> game(draw, 0.5, Double.NaN, 0.1, 0.5, half));
            assertRejects("preference", () -> PreferenceGame.winRates(draw.normal(2, 3), half));
            assertRejects("probs", () -> game(draw, 0.5, 0.9, 0.1, 0.5, draw.vector(0.5, 0.4)));
            assertRejects("probs", () -> game(draw, 0.5, 0.9, 0.1, 0.5, draw.vector(1.5, -0.5)));
            assertRejects("probs", () -> game(draw, 0.5, 0.9, 0.1, 0.5, draw.vector(1)));
        }
    }

    private static double game(Draws draw, double a, double b, double c, double d, NDArray probs) {
        return PreferenceGame.exploitability(draw.matrix(new double[][] {{a, b}, {c, d}}), probs);
    }

    @Test
    void gradientsMemoryAndPrecisionHold() {
        LossLaws.assertAll(new Dno(0.7), draw -> pairs(draw, 5), 5);
    }

    @Test
    void theRegressionIsLeastAtTheStepOfSoftPolicyIteration() {
        double eta = 0.5;
        try (Draws draw = new Draws(6)) {
            NDArray old = draw.vector(0.2, 0.5, 0.3);
            NDArray reward = draw.vector(0.9, 0.4, 0.1);
            double[] from = Tensors.toDoubles(old.log());
            double[] to =
                    Tensors.toDoubles(SoftPolicyIteration.step(old, reward, eta).log());
            RewardedPairs pairs = new RewardedPairs(
                    draw.vector(to[0], to[1]),
                    draw.vector(to[1], to[2]),
                    draw.vector(from[0], from[1]),
                    draw.vector(from[1], from[2]),
                    draw.vector(0.9, 0.4),
                    draw.vector(0.4, 0.1));
            assertClose(
                    "gradient",
                    Tensors.toDoubles(new Dno(eta).lossAndGradients(pairs).of("logps1")),
                    new double[] {0, 0},
                    1e-12);
        }
    }

    @Test
    void equalRewardsAtTheOldPolicyCostLogTwoAndPullNowhere() {
        try (Draws draw = new Draws(7)) {
            NDArray one = draw.normal(4);
            NDArray two = draw.normal(4);
            NDArray reward = draw.normal(4);
            LossGradients result = new Dno().lossAndGradients(new RewardedPairs(one, two, one, two, reward, reward));
            assertThat(result.output().value()).isCloseTo(Math.log(2), within(1e-12));
            assertClose("gradient", Tensors.toDoubles(result.of("logps2")), new double[4], 0);
        }
    }

    @Test
    void aPairWonByFarIsDpoAndConstantsCancel() {
        try (Draws draw = new Draws(8)) {
            RewardedPairs drawn = pairs(draw, 4);
            NDArray high = drawn.rewards2().add(draw.uniform(800, 900, new long[] {4}));
            RewardedPairs sure = new RewardedPairs(
                    drawn.logps1(), drawn.logps2(), drawn.oldLogps1(), drawn.oldLogps2(), high, drawn.rewards2());
            double dpo = new Dpo(0.3)
                    .loss(new PairLogps(drawn.logps1(), drawn.logps2(), drawn.oldLogps1(), drawn.oldLogps2()))
                    .value();
            assertThat(new Dno(0.3).loss(sure).value()).isCloseTo(dpo, within(1e-12));
            NDArray seven = draw.vector(7);
            RewardedPairs shifted = new RewardedPairs(
                    drawn.logps1().add(seven),
                    drawn.logps2().add(seven),
                    drawn.oldLogps1(),
                    drawn.oldLogps2(),
                    drawn.rewards1().add(seven),
                    drawn.rewards2().add(seven));
            assertThat(new Dno(0.3).loss(shifted).value())
                    .isCloseTo(new Dno(0.3).loss(drawn).value(), within(1e-12));
        }
    }

    @Test
    void badPairsAreRejectedByName() {
        assertRejects("eta", () -> new Dno(0));
        try (Draws draw = new Draws(9)) {
            RewardedPairs drawn = pairs(draw, 3);
            NDArray none = draw.vector();
            assertRejects("logps1", () -> new Dno().loss(new RewardedPairs(none, none, none, none, none, none)));
            assertRejects(
                    "rewards2",
                    () -> new Dno()
                            .loss(new RewardedPairs(
                                    drawn.logps1(),
                                    drawn.logps2(),
                                    drawn.oldLogps1(),
                                    drawn.oldLogps2(),
                                    drawn.rewards1(),
                                    draw.normal(2))));
            assertRejects(
                    "rewards1",
                    () -> new Dno()
                            .loss(new RewardedPairs(
                                    drawn.logps1(),
                                    drawn.logps2(),
                                    drawn.oldLogps1(),
                                    drawn.oldLogps2(),
                                    draw.vector(1, Double.NaN, 2),
                                    drawn.rewards2())));
        }
    }
}
