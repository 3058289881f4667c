package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import org.junit.jupiter.api.Test;
import org.rewardlab.policy.NelderMead.Operation;

class NelderMeadTest {

    private static final double[][] CORNERS = {{0, 0}, {1, 0}, {0, 1}};

    private static double bowl(double... x) {
        return (x[0] - 3) * (x[0] - 3) + 2 * (x[1] + 1) * (x[1] + 1);
    }

    @Test
    void theBestValueNeverRisesAndReachesTheBottomOfABowl() {
        NelderMead search = new NelderMead(1, 2, 0.5, 0.5, 0);
        double before = Double.POSITIVE_INFINITY;
        for (int rounds = 1; rounds <= 60; rounds++) {
            double best = search.minimize(CORNERS, NelderMeadTest::bowl, rounds)
                    .best()
                    .value();
            assertThat(best).isLessThanOrEqualTo(before);
            before = best;
        }
        NelderMead.Result found = search.minimize(CORNERS, NelderMeadTest::bowl, 150);
        assertThat(found.operations()).hasSize(150);
        assertThat(found.best().point().get(0)).isCloseTo(3, within(1e-4));
        assertThat(found.best().point().get(1)).isCloseTo(-1, within(1e-4));
    }

    @Test
    void eachRoundIsOneOfFourMoves() {
        NelderMead search = new NelderMead();
        double[][] line = {{0}, {1}};
        assertThat(search.minimize(line, x -> x[0], 1).operations()).containsExactly(Operation.EXPAND);
        assertThat(search.minimize(line, x -> Math.abs(x[0] + 0.9), 1).operations())
                .as("the expansion is not taken")
                .containsExactly(Operation.REFLECT);
        assertThat(search.minimize(line, x -> Math.abs(x[0] - 0.4), 1).operations())
                .containsExactly(Operation.CONTRACT);
        assertThat(search.minimize(line, x -> x[0] == 0 ? 0 : x[0] == 1 ? 0.001 : 2, 1)
                        .operations())
                .containsExactly(Operation.SHRINK);
    }

    @Test
    void theSearchEndsAfterAShrinkToEqualValues() {
        NelderMead.Result flat = new NelderMead().minimize(CORNERS, x -> 1, 50);
        assertThat(flat.operations()).containsExactly(Operation.SHRINK);
        assertThat(new NelderMead(1, 2, 0.5, 0.5, 0)
                        .minimize(CORNERS, x -> 1, 50)
                        .operations())
                .hasSize(50);
    }

    @Test
    void badSearchesAreRejectedByName() {
        NelderMead search = new NelderMead();
        assertRejects("simplex", () -> search.minimize(new double[][] {{0, 0}, {1, 1}}, NelderMeadTest::bowl, 1));
        assertRejects("simplex", () -> search.minimize(new double[0][], NelderMeadTest::bowl, 1));
        assertRejects("simplex", () -> search.minimize(new double[][] {{0}}, NelderMeadTest::bowl, 1));
        assertRejects("simplex", () -> search.minimize(new double[][] {{0}, {Double.NaN}}, x -> 0, 1));
        assertRejects("iterations", () -> search.minimize(CORNERS, NelderMeadTest::bowl, 0));
        assertRejects("function", () -> search.minimize(CORNERS, x -> Double.NaN, 1));
        assertRejects("alpha", () -> new NelderMead(0, 2, 0.5, 0.5, 0));
        assertRejects("tolerance", () -> new NelderMead(1, 2, 0.5, 0.5, -1));
    }
}
