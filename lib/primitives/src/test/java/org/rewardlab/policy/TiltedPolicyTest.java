package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** The optimum of reward minus KL in closed form. */
class TiltedPolicyTest {

    @Test
    void oddsAreMultipliedByTheExponentialOfUtility() {
        try (Draws draws = new Draws(1)) {
            TiltedPolicy tilted = TiltedPolicy.of(draws.vector(0.25, 0.75), draws.vector(2, 1), 0.5);
            double odds = 0.25 * Math.exp(4) / (0.75 * Math.exp(2));
            double p = odds / (1 + odds);
            assertThat(Tensors.toDoubles(tilted.probabilities())[0]).isCloseTo(p, within(1e-12));
            assertThat(Tensors.toDoubles(tilted.kl())[0])
                    .isCloseTo(p * Math.log(p / 0.25) + (1 - p) * Math.log((1 - p) / 0.75), within(1e-12));
        }
    }

    @Test
    void nothingIsGainedFromConstantsOrWithoutStrength() {
        try (Draws draws = new Draws(2)) {
            NDArray base = draws.vector(0.1, 0.2, 0.7);
            TiltedPolicy constant = TiltedPolicy.of(base, draws.vector(3, 3, 3), 0.1);
            assertThat(Tensors.toDoubles(constant.kl())[0]).isCloseTo(0, within(1e-12));
            TiltedPolicy weak = TiltedPolicy.of(base, draws.vector(3, -1, 2), 1e9);
            LossLaws.assertClose("base", weak.probabilities(), base, 1e-8);
            assertThat(Tensors.toDoubles(weak.kl())[0]).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void whatTheBaseNeverSaysStaysUnsaidAndExtremesAreFinite() {
        try (Draws draws = new Draws(3, DataType.FLOAT32)) {
            NDArray base = draws.matrix(new double[][] {{0, 0.5, 0.5}, {0.2, 0.3, 0.5}});
            NDArray utility = draws.matrix(new double[][] {{900, 1, 2}, {-1000, 1000, 0}});
            TiltedPolicy tilted = TiltedPolicy.of(base, utility, 0.01);
            double[] expected = {0, 0, 1, 0, 1, 0};
            LossLaws.assertClose("probabilities", Tensors.toDoubles(tilted.probabilities()), expected, 1e-30);
            assertThat(Tensors.toDoubles(tilted.probabilities())[0]).isZero();
            assertThat(Tensors.toDoubles(tilted.kl())[0]).isCloseTo(Math.log(2), within(1e-6));
            assertThat(Tensors.toDoubles(tilted.kl())[1]).isCloseTo(-Math.log(0.3), within(1e-6));
            assertThat(tilted.kl().getDataType()).isEqualTo(DataType.FLOAT32);
        }
    }

    @Test
    void gammaIsFoundForADivergenceAndArmsCanBeCompared() {
        try (Draws draws = new Draws(4)) {
            double[] even = new double[400];
            java.util.Arrays.fill(even, 0.02);
            NDArray base = draws.of(even, 8, 50);
            NDArray utility = draws.normal(8, 50);
            double gamma = TiltedPolicy.gammaForKl(base, utility, 1.3);
            double[] each =
                    Tensors.toDoubles(TiltedPolicy.of(base, utility, gamma).kl());
            assertThat(java.util.Arrays.stream(each).average().orElseThrow()).isCloseTo(1.3, within(1e-9));
            assertThat(TiltedPolicy.gammaForKl(base, utility, 100)).isCloseTo(Math.exp(-6), within(1e-9));
        }
    }

    @Test
    void aCallLeavesItsResultsAlone() {
        try (Draws draws = new Draws(5)) {
            NDArray base = draws.vector(0.5, 0.5);
            NDArray utility = draws.normal(2);
            LiveArrays.assertNothingLeftBut(draws.manager(), () -> {
                TiltedPolicy.gammaForKl(base, utility, 0.1);
                TiltedPolicy tilted = TiltedPolicy.of(base, utility, 1);
                return List.of(tilted.probabilities(), tilted.kl());
            });
        }
    }

    @Test
    void mistakesAreNamed() {
        try (Draws draws = new Draws(6)) {
            NDArray base = draws.vector(0.5, 0.5);
            LossLaws.assertRejects("gamma", () -> TiltedPolicy.of(base, base, 0));
            LossLaws.assertRejects("kl", () -> TiltedPolicy.gammaForKl(base, base, 0));
            LossLaws.assertRejects("utility", () -> TiltedPolicy.of(base, draws.vector(1), 1));
            LossLaws.assertRejects("utility", () -> TiltedPolicy.of(base, draws.vector(1, Double.NaN), 1));
            LossLaws.assertRejects("probs", () -> TiltedPolicy.of(draws.vector(-0.1, 1.1), base, 1));
            LossLaws.assertRejects("probs", () -> TiltedPolicy.of(draws.vector(0, 0), base, 1));
            LossLaws.assertRejects("probs", () -> TiltedPolicy.of(draws.normal(1, 1, 2), base, 1));
        }
    }
}
