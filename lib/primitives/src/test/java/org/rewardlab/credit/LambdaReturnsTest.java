package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** The targets of TD(lambda). */
class LambdaReturnsTest {

    @Test
    void withLambdaOneEveryTokenIsWorthTheRewardAtTheEnd() {
        try (Draws draws = new Draws(1)) {
            NDArray mask = draws.matrix(new double[][] {{1, 1, 1, 1}, {1, 1, 0, 0}});
            NDArray rewards = draws.matrix(new double[][] {{0, 0, 0, 2}, {0, -3, 0, 0}});
            double[] returns = Tensors.toDoubles(Returns.tdLambda(rewards, draws.normal(2, 4), mask, 1, 1));
            double[] expected = {2, 2, 2, 2, -3, -3, 0, 0};
            LossLaws.assertClose("returns", returns, expected, 1e-12);
        }
    }

    @Test
    void betweenTheExtremesTheyMixOneStepTargets() {
        try (Draws draws = new Draws(2)) {
            NDArray values = draws.matrix(new double[][] {{0.5, -1, 2}});
            NDArray rewards = draws.matrix(new double[][] {{0.1, 0.2, 0.3}});
            NDArray mask = draws.matrix(new double[][] {{1, 1, 1}});
            double[] returns = Tensors.toDoubles(Returns.tdLambda(rewards, values, mask, 0.9, 0.8));
            double third = 0.3;
            double second = 0.2 + 0.9 * (0.2 * 2 + 0.8 * third);
            double first = 0.1 + 0.9 * (0.2 * -1 + 0.8 * second);
            assertThat(returns[2]).isCloseTo(third, within(1e-12));
            assertThat(returns[1]).isCloseTo(second, within(1e-12));
            assertThat(returns[0]).isCloseTo(first, within(1e-12));
        }
    }

    @Test
    void paddingIsNeverReadAndNothingIsLeftOver() {
        try (Draws draws = new Draws(3)) {
            NDArray mask = draws.mask(3, 5);
            NDArray values = draws.normal(3, 5);
            NDArray rewards = draws.normal(3, 5);
            NDArray clean = Returns.tdLambda(rewards, values, mask, 0.9, 0.5);
            NDArray broken = draws.replacedOutside(values, mask, Double.NaN);
            NDArray other = draws.replacedOutside(rewards, mask, Double.NaN);
            assertThat(Tensors.toDoubles(Returns.tdLambda(other, broken, mask, 0.9, 0.5)))
                    .isEqualTo(Tensors.toDoubles(clean));
            LiveArrays.assertNothingLeftBut(
                    draws.manager(), () -> List.of(Returns.tdLambda(rewards, values, mask, 0.9, 0.5)));
        }
    }

    @Test
    void mistakesAreNamed() {
        try (Draws draws = new Draws(4)) {
            NDArray a = draws.normal(2, 3);
            NDArray mask = draws.mask(2, 3);
            LossLaws.assertRejects("lambda", () -> Returns.tdLambda(a, a, mask, 1, 1.1));
            LossLaws.assertRejects("gamma", () -> Returns.tdLambda(a, a, mask, -0.1, 1));
            LossLaws.assertRejects("values", () -> Returns.tdLambda(a, draws.normal(2, 2), mask, 1, 1));
            NDArray broken = draws.matrix(new double[][] {{Double.NaN, 0, 0}, {0, 0, 0}});
            LossLaws.assertRejects("values", () -> Returns.tdLambda(a, broken, mask, 1, 1));
        }
    }
}
