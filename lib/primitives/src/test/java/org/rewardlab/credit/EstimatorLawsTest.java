package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.FiniteDifferences.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** What holds for every advantage estimator. */
class EstimatorLawsTest {

    private static final long SEED = 17;

    static Stream<AdvantageEstimator> all() {
        return Stream.concat(scans(), groups());
    }

    static Stream<AdvantageEstimator> scans() {
        return Stream.of(
                new Gae(0.9, 0.8),
                new Gae(0.9, 0.8, Gae.MaskMode.ZERO, false),
                new Gae(1, 0.95, Gae.MaskMode.SKIP, true),
                AdvantageEstimator.reinforce(0.9),
                AdvantageEstimator.reinforcePlusPlus(0.9),
                AdvantageEstimator.remax(),
                AdvantageEstimator.optimalTokenBaseline(),
                new OptimalTokenBaseline(true, 1e-8),
                AdvantageEstimator.miniLlm(0),
                AdvantageEstimator.miniLlm(0.9),
                new MiniLlm(0.8, false),
                AdvantageEstimator.positionalGroupBaseline(0.9));
    }

    static Stream<AdvantageEstimator> groups() {
        return Stream.of(
                AdvantageEstimator.groupRelative(),
                AdvantageEstimator.groupCentred(),
                AdvantageEstimator.rloo(),
                AdvantageEstimator.reinforcePlusPlusBaseline(),
                AdvantageEstimator.passAtK(),
                AdvantageEstimator.opo(),
                AdvantageEstimator.gpg(),
                AdvantageEstimator.maxRl());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theOrderOfTheBatchDoesNotMatter(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            Rollouts rollouts = Drawn.rollouts(draw, draw.raggedMask(7, 6));
            rollouts = rollouts.withGroups(draw.integers(3, -8, 3, 3, -8, -8, 3));
            int[] order = draw.permutation(7);
            if (estimator instanceof PassAtK) { // the first of a tie is the best: break ties
                rollouts = rollouts.withRewards(draw.normal(7, 6));
            }
            NDArray after =
                    estimator.estimate(Drawn.permuted(draw, rollouts, order)).advantages();
            NDArray before = draw.permuted(estimator.estimate(rollouts).advantages(), order);
            assertClose(estimator.toString(), Tensors.toDoubles(after), Tensors.toDoubles(before));
        }
    }

    /** All but the one whose normalizer counts padding a little. */
    static Stream<AdvantageEstimator> blindToPadding() {
        return all().filter(e -> !(e instanceof MiniLlm llm && llm.gamma() > 0 && llm.lengthNormalization()));
    }

    @ParameterizedTest
    @MethodSource("blindToPadding")
    void paddingOnTheRightChangesNothingWhateverItHolds(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            Rollouts rollouts = Drawn.rollouts(draw, draw.raggedMask(6, 5));
            rollouts = rollouts.withGroups(draw.integers(1, 1, 1, 2, 2, 2));
            Rollouts wide = Drawn.padded(draw, rollouts, 0, 3, Double.NaN);
            assertCountedEqual(estimator, rollouts, wide, 0);
        }
    }

    /** All but those that count positions from the start. */
    static Stream<AdvantageEstimator> blindToPosition() {
        return all().filter(e -> !(e instanceof MiniLlm llm && llm.gamma() > 0))
                .filter(e -> !(e instanceof OptimalTokenBaseline baseline && baseline.handleZeroTail()));
    }

    @ParameterizedTest
    @MethodSource("blindToPosition")
    void paddingOnTheLeftChangesNothing(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            Rollouts rollouts = Drawn.rollouts(draw, draw.raggedMask(6, 5));
            rollouts = rollouts.withGroups(draw.integers(1, 1, 1, 2, 2, 2));
            assertCountedEqual(estimator, rollouts, Drawn.padded(draw, rollouts, 2, 0, Double.NaN), 2);
        }
    }

    private static void assertCountedEqual(AdvantageEstimator estimator, Rollouts narrow, Rollouts wide, int left) {
        double[][] expected = Tensors.toRows(estimator.estimate(narrow).advantages());
        double[][] actual = Tensors.toRows(estimator.estimate(wide).advantages());
        double[][] mask = Tensors.toRows(narrow.mask());
        for (int b = 0; b < expected.length; b++) {
            for (int t = 0; t < expected[b].length; t++) {
                if (mask[b][t] != 0) {
                    assertThat(actual[b][left + t])
                            .as("%s at (%d,%d)", estimator, b, t)
                            .isCloseTo(expected[b][t], within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void bothPrecisionsAgreeAndArgumentsStayAsTheyWere(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            Rollouts rollouts = Drawn.rollouts(draw, draw.raggedMask(6, 5));
            rollouts = rollouts.withGroups(draw.integers(1, 1, 1, 2, 2, 2));
            double[] rewards = Tensors.toDoubles(rollouts.rewards());
            double[] wide = Tensors.toDoubles(estimator.estimate(rollouts).advantages());
            NDArray narrow =
                    estimator.estimate(Drawn.as(rollouts, DataType.FLOAT32)).advantages();
            assertThat(narrow.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(Tensors.toDoubles(narrow)).containsExactly(wide, within(1e-4));
            assertThat(Tensors.toDoubles(rollouts.rewards())).containsExactly(rewards);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsLeftOverButResults(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            Rollouts rollouts = Drawn.rollouts(draw, draw.mask(4, 3)).withGroups(draw.integers(1, 1, 2, 2));
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                Advantages advantages = estimator.estimate(rollouts);
                return advantages.returns() == null
                        ? List.of(advantages.advantages())
                        : List.of(advantages.advantages(), advantages.requireReturns());
            });
        }
    }

    static Stream<AdvantageEstimator> readersOfRewards() {
        return all().filter(e -> !(e instanceof MiniLlm));
    }

    @ParameterizedTest
    @MethodSource("readersOfRewards")
    void aRewardThatIsNotANumberIsRejected(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            Rollouts rollouts = Drawn.rollouts(draw, draw.mask(4, 3)).withGroups(draw.integers(1, 1, 2, 2));
            NDArray broken = draw.matrix(new double[][] {{Double.NaN, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}});
            assertThatThrownBy(() -> estimator.estimate(rollouts.withRewards(broken)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("rewards: expected .+, got .+");
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void groupEstimatorsRejectInfinityAndNaNEvenOnPadding(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            Rollouts rollouts = Drawn.rollouts(draw, draw.matrix(new double[][] {{1, 0}, {1, 0}}));
            for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                NDArray broken = draw.matrix(new double[][] {{0, number}, {0, 1}});
                assertThatThrownBy(() -> estimator.estimate(rollouts.withRewards(broken)))
                        .hasMessageStartingWith("rewards: ");
            }
            Rollouts plain = Rollouts.of(rollouts.rewards(), rollouts.mask());
            assertThatThrownBy(() -> estimator.estimate(plain)).hasMessageStartingWith("groups: ");
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void groupEstimatorsGiveOneNumberARowAndZeroOutsideTheMask(AdvantageEstimator estimator) {
        try (Draws draw = new Draws(SEED)) {
            NDArray mask = draw.raggedMask(6, 5);
            Rollouts rollouts = Drawn.rollouts(draw, mask).withGroups(draw.integers(1, 1, 1, 2, 2, 2));
            double[][] rows = Tensors.toRows(estimator.estimate(rollouts).advantages());
            double[][] counted = Tensors.toRows(mask);
            for (int b = 0; b < rows.length; b++) {
                double[] numbers = new double[5];
                double some = 0;
                for (int t = 0; t < 5; t++) {
                    some = counted[b][t] != 0 ? rows[b][t] : some;
                }
                for (int t = 0; t < 5; t++) {
                    numbers[t] = counted[b][t] != 0 ? some : 0;
                }
                assertThat(rows[b]).containsExactly(numbers, within(0.0));
            }
        }
    }

    @Test
    void aConstantAddedToTheRewardsOfAGroupChangesNothing() {
        try (Draws draw = new Draws(SEED)) {
            NDArray mask = draw.mask(6, 4);
            double[][] rewards = Tensors.toRows(draw.normal(6, 4));
            Rollouts rollouts = Rollouts.of(draw.matrix(rewards), mask).withGroups(draw.integers(5, 9, 5, 9, 5, 9));
            for (int b = 0; b < 6; b++) {
                rewards[b][3] += b % 2 == 0 ? 10 : -3;
            }
            Rollouts moved = rollouts.withRewards(draw.matrix(rewards));
            groups().filter(e -> !(e instanceof Gpg || e instanceof MaxRl))
                    .forEach(e -> assertClose(
                            e.toString(),
                            Tensors.toDoubles(e.estimate(moved).advantages()),
                            Tensors.toDoubles(e.estimate(rollouts).advantages())));
        }
    }

    @Test
    void advantagesOfAGroupSumToZeroAndEqualRewardsGiveExactlyZero() {
        try (Draws draw = new Draws(SEED)) {
            NDArray mask = draw.mask(4, 3).onesLike();
            Rollouts rollouts = Rollouts.of(draw.normal(4, 3), mask).withGroups(draw.integers(1, 1, 1, 1));
            NDArray equal = draw.matrix(new double[][] {{0.1, 0.2, 0}, {0.1, 0.2, 0}, {0.1, 0.2, 0}, {0.1, 0.2, 0}});
            groups().filter(e -> !(e instanceof MaxRl)).forEach(e -> {
                double[] zero = Tensors.toDoubles(
                        e.estimate(rollouts.withRewards(equal)).advantages());
                assertThat(zero).as(e.toString()).containsExactly(new double[12], within(0.0));
                if (!(e instanceof PassAtK)) {
                    double sum = Arrays.stream(
                                    Tensors.toDoubles(e.estimate(rollouts).advantages()))
                            .sum();
                    assertThat(sum).as(e.toString()).isCloseTo(0, within(1e-12));
                }
            });
        }
    }
}
