package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
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
    void whatARoundFoundIsKeptAndTheBestComesFirst() {
        NelderMead search = new NelderMead();
        double[][] line = {{0}, {1}};
        assertThat(points(search.minimize(line, x -> x[0], 1)))
                .as("expanded to")
                .containsExactly(List.of(-2.0), List.of(0.0));
        assertThat(points(search.minimize(line, x -> Math.abs(x[0] + 0.9), 1)))
                .as("reflected to, and not expanded")
                .containsExactly(List.of(-1.0), List.of(0.0));
        Map<Double, Double> level = Map.of(0.0, 1.0, 1.0, 2.0, -1.0, 0.0, -2.0, 1.0);
        assertThat(points(search.minimize(line, x -> level.get(x[0]), 1)))
                .as("an expansion that is only as good as the best was")
                .containsExactly(List.of(-1.0), List.of(0.0));
        assertThat(points(search.minimize(line, x -> x[0] == 0 ? 0 : x[0] == 1 ? 0.001 : 2, 1)))
                .as("shrunk to")
                .containsExactly(List.of(0.0), List.of(0.5));
    }

    private static List<List<Double>> points(NelderMead.Result result) {
        return result.simplex().stream().map(NelderMead.Corner::point).toList();
    }

    @Test
    void aReflectionAsGoodAsTheBestIsTakenOneAsBadAsTheSecondWorstIsNot() {
        double[][] known = {{0, 0, 0}, {1, 0, 1}, {0, 1, 2}, {1, -1, 0}, {0.25, 0.5, 1.5}};
        assertThat(firstMove(known)).isEqualTo(Operation.REFLECT);
        known[3][2] = 1;
        assertThat(firstMove(known)).isEqualTo(Operation.CONTRACT);
    }

    /** What a search makes of values that are known at some points: rows of two coordinates and the value there. */
    private static Operation firstMove(double[][] known) {
        ToDoubleFunction<double[]> function = x -> Arrays.stream(known)
                .filter(row -> row[0] == x[0] && row[1] == x[1])
                .mapToDouble(row -> row[2])
                .findFirst()
                .orElseThrow();
        return new NelderMead().minimize(CORNERS, function, 1).operations().get(0);
    }

    @Test
    void theSearchEndsOnceTheValuesAreCloserThanTheTolerance() {
        ToDoubleFunction<double[]> apart = x -> x[0] == 0 ? 0 : 2; // standard deviation 1 after each shrink
        double[][] line = {{0}, {1}};
        assertThat(new NelderMead(1, 2, 0.5, 0.5, 1.2).minimize(line, apart, 5).operations())
                .containsExactly(Operation.SHRINK);
        assertThat(new NelderMead(1, 2, 0.5, 0.5, 0.9).minimize(line, apart, 5).operations())
                .hasSize(5)
                .containsOnly(Operation.SHRINK);
    }

    @Test
    void badSearchesAreRejectedByName() {
        NelderMead search = new NelderMead();
        assertRejects("simplex", () -> search.minimize(new double[][] {{0, 0}, {1, 1}}, NelderMeadTest::bowl, 1));
        assertThatThrownBy(() -> search.minimize(new double[][] {{0, 0}, {1, 1}}, NelderMeadTest::bowl, 1))
                .hasMessage("simplex: expected 2 points of 1 numbers, got 2 numbers");
        assertRejects("simplex", () -> search.minimize(new double[0][], NelderMeadTest::bowl, 1));
        assertRejects("simplex", () -> search.minimize(new double[][] {{0}}, NelderMeadTest::bowl, 1));
        assertRejects("simplex", () -> search.minimize(new double[][] {{0}, {Double.NaN}}, x -> 0, 1));
        assertRejects("iterations", () -> search.minimize(CORNERS, NelderMeadTest::bowl, 0));
        assertRejects("function", () -> search.minimize(CORNERS, x -> Double.NaN, 1));
        assertRejects("alpha", () -> new NelderMead(0, 2, 0.5, 0.5, 0));
        assertRejects("tolerance", () -> new NelderMead(1, 2, 0.5, 0.5, -1));
    }
}
