package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.policy.TiltedPolicy;
import org.rewardlab.reward.RewardCombination.Method;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Log-sigmoid utilities, what they are measured by, and how they combine. */
class LogSigmoidUtilityTest {

    private static double utility(Draws draws, double reward, double reference) {
        return Tensors.toDoubles(LogSigmoidUtility.of(draws.vector(reward), draws.vector(reference)))[0];
    }

    @Test
    void atTheReferenceTheUtilityIsThatOfACoinAndFarBelowItIsTheReward() {
        try (Draws draws = new Draws(1)) {
            assertThat(utility(draws, 0.7, 0.7)).isCloseTo(-Math.log(2), within(1e-15));
            assertThat(utility(draws, -40, 3)).isCloseTo(-43, within(1e-12));
            assertThat(utility(draws, 700, 0)).isNegative().isCloseTo(0, within(1e-300));
            assertThat(utility(draws, -700, 0)).isEqualTo(-700);
            assertThat(utility(draws, 5.5, 2.5)).isEqualTo(utility(draws, 3, 0));
        }
    }

    @Test
    void theSlopeIsTheProbabilityOfNotBeingGood() {
        try (Draws draws = new Draws(2)) {
            NDArray references = draws.normal(6);
            FiniteDifferences.assertAgree(
                    "utility", rewards -> LogSigmoidUtility.of(rewards, references), draws.normal(6));
            FiniteDifferences.assertAgree(
                    "one reference",
                    rewards -> LogSigmoidUtility.of(rewards, draws.of(new double[] {0.3})),
                    draws.normal(6));
        }
    }

    @Test
    void moreRewardIsAlwaysMoreUtility() {
        try (Draws draws = new Draws(3)) {
            NDArray rewards = draws.vector(-9, -2, -0.1, 0, 0.1, 4, 20);
            assertThat(Tensors.toDoubles(LogSigmoidUtility.of(rewards, draws.vector(0.5))))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .satisfies(all -> assertThat(all[6]).isNegative());
        }
    }

    @Test
    void utilitiesAddUpToTheProbabilityThatAllPropertiesHold() {
        try (Draws draws = new Draws(4)) {
            NDArray rewards = draws.normal(3, 4);
            NDArray references = draws.normal(3, 4);
            double[] all = Tensors.toDoubles(new RewardCombination(Method.LOG_SIGMOID).combine(rewards, references));
            double[][] r = Tensors.toRows(rewards);
            double[][] f = Tensors.toRows(references);
            for (int b = 0; b < 4; b++) {
                double product = 1;
                for (int k = 0; k < 3; k++) {
                    product /= 1 + Math.exp(f[k][b] - r[k][b]);
                }
                assertThat(Math.exp(all[b])).isCloseTo(product, within(1e-12));
            }
        }
    }

    @Test
    void combinationsFollowTheirFormulas() {
        try (Draws draws = new Draws(5)) {
            NDArray rewards = draws.matrix(new double[][] {{1, 2}, {-1, 4}});
            NDArray references = draws.matrix(new double[][] {{0, 2}, {-1, 1}});
            List<Double> weights = List.of(2.0, 0.5);
            assertThat(Tensors.toDoubles(new RewardCombination(Method.RAW, weights).combine(rewards, null)))
                    .containsExactly(1.5, 6);
            assertThat(Tensors.toDoubles(new RewardCombination(Method.CENTERED, weights).combine(rewards, references)))
                    .containsExactly(2, 1.5);
            double half = -Math.log(2);
            assertThat(Tensors.toDoubles(new RewardCombination(Method.WORST, weights).combine(rewards, references)))
                    .containsExactly(half, half);
            for (Method method : Method.values()) {
                FiniteDifferences.assertAgree(
                        method.toString(),
                        moved -> new RewardCombination(method, weights).combine(moved, references),
                        draws.normal(2, 2));
            }
        }
    }

    @Test
    void aTiltedPolicyCannotTellRawFromCentredRewards() {
        try (Draws draws = new Draws(6)) {
            NDArray rewards = draws.normal(2, 5);
            NDArray references = draws.matrix(new double[][] {{3, 3, 3, 3, 3}, {-1, -1, -1, -1, -1}});
            NDArray base = draws.vector(0.2, 0.2, 0.2, 0.2, 0.2);
            NDArray raw = new RewardCombination(Method.RAW).combine(rewards, references);
            NDArray centred = new RewardCombination(Method.CENTERED).combine(rewards, references);
            LossLaws.assertClose(
                    "policies",
                    TiltedPolicy.of(base, raw, 0.7).probabilities(),
                    TiltedPolicy.of(base, centred, 0.7).probabilities(),
                    1e-12);
        }
    }

    @Test
    void referencesAreQuantiles() {
        try (Draws draws = new Draws(7)) {
            NDArray samples = draws.matrix(new double[][] {{4, 1, 3, 2, 0}, {2, 2, 2, 2, 2}});
            assertThat(Tensors.toDoubles(PromptReference.empirical(0.6).of(samples)))
                    .containsExactly(2.4, 2);
            double[] normal = Tensors.toDoubles(PromptReference.normal(0.85).of(samples));
            double z = 1.0364333894937898;
            assertThat(normal[0]).isCloseTo(2 + z * (Math.sqrt(2.5) + 1e-5), within(1e-12));
            assertThat(normal[1]).isCloseTo(2 + z * 1e-5, within(1e-12));
            assertThat(Tensors.toDoubles(PromptReference.normal(0.5).of(samples))[0])
                    .isCloseTo(2, within(1e-12));
            assertThat(Tensors.toDoubles(PromptReference.constant(-0.5).of(samples)))
                    .containsExactly(-0.5, -0.5);
            assertThat(Tensors.toDoubles(PromptReference.empirical(0.3).of(draws.matrix(new double[][] {{7}}))))
                    .containsExactly(7);
        }
    }

    @Test
    void precisionAndMemoryHold() {
        try (Draws draws = new Draws(8, DataType.FLOAT32)) {
            NDArray rewards = draws.normal(2, 4);
            RewardCombination all = new RewardCombination(Method.LOG_SIGMOID);
            assertThat(all.combine(rewards, rewards).getDataType()).isEqualTo(DataType.FLOAT32);
            LiveArrays.assertOneLeft(draws.manager(), () -> all.combine(rewards, rewards));
            LiveArrays.assertOneLeft(
                    draws.manager(), () -> PromptReference.normal(0.85).of(rewards));
            NDArray row = draws.normal(4);
            LiveArrays.assertOneLeft(draws.manager(), () -> LogSigmoidUtility.of(row, row));
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("quantile", () -> PromptReference.empirical(1));
        LossLaws.assertRejects("quantile", () -> PromptReference.normal(0));
        LossLaws.assertRejects("value", () -> PromptReference.constant(Double.NaN));
        LossLaws.assertRejects("weights", () -> new RewardCombination(Method.RAW, List.of(1.0, -0.1)));
        LossLaws.assertRejects("method", () -> Method.of("max"));
        try (Draws draws = new Draws(9)) {
            NDArray two = draws.normal(2, 3);
            NDArray none = draws.of(new double[0], 2, 0);
            NDArray one = draws.normal(2, 1);
            NDArray broken = draws.vector(1, Double.NaN);
            LossLaws.assertRejects(
                    "samples", () -> PromptReference.empirical(0.5).of(none));
            LossLaws.assertRejects("samples", () -> PromptReference.normal(0.5).of(one));
            LossLaws.assertRejects("samples", () -> PromptReference.constant(1).of(broken));
            LossLaws.assertRejects("rewards", () -> LogSigmoidUtility.of(broken, draws.vector(1)));
            LossLaws.assertRejects("references", () -> LogSigmoidUtility.of(draws.normal(2), broken));
            LossLaws.assertRejects("references", () -> LogSigmoidUtility.of(draws.normal(3), draws.normal(2)));
            RewardCombination weighted = new RewardCombination(Method.RAW, List.of(1.0));
            LossLaws.assertRejects("weights", () -> weighted.combine(two, two));
            LossLaws.assertRejects("references", () -> new RewardCombination(Method.CENTERED).combine(two, one));
            LossLaws.assertRejects("references", () -> new RewardCombination(Method.WORST).combine(two, null));
            LossLaws.assertRejects("rewards", () -> new RewardCombination(Method.RAW).combine(broken, null));
        }
    }
}
