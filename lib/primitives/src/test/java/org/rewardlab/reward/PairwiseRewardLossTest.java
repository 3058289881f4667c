package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** Losses of reward models on pairs, rankings and ratings. */
class PairwiseRewardLossTest {

    private static RewardPairs pairs(Draws draws, int size) {
        return new RewardPairs(draws.normal(size), draws.normal(size), draws.uniform(0, 1, new long[] {size}));
    }

    private static RankedRewards ranked(Draws draws, int size, int choices) {
        return new RankedRewards(draws.normal(2, new long[] {size, choices}));
    }

    private static RewardTargets targets(Draws draws, int size) {
        return new RewardTargets(draws.normal(size), draws.normal(size), draws.uniform(0, 2, new long[] {size}));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void lossesFollowTheirFormulas(int size) {
        try (Draws draws = new Draws(size)) {
            RewardPairs pairs = pairs(draws, size);
            double[] c = Tensors.toDoubles(pairs.chosenRewards());
            double[] r = Tensors.toDoubles(pairs.rejectedRewards());
            double[] m = Tensors.toDoubles(Objects.requireNonNull(pairs.margin()));
            RewardTargets ratings = targets(draws, size);
            double[] predicted = Tensors.toDoubles(ratings.rewards());
            double[] wanted = Tensors.toDoubles(ratings.targets());
            double[] weights = Tensors.toDoubles(Objects.requireNonNull(ratings.weights()));
            RankedRewards rankings = ranked(draws, size, 4);
            double[][] ranked = Tensors.toRows(rankings.rewards());
            double[] bradleyTerry = new double[size];
            double[] logExp = new double[size];
            double[] square = new double[size];
            double[] luce = new double[size];
            for (int i = 0; i < size; i++) {
                bradleyTerry[i] = Math.log1p(Math.exp(r[i] + m[i] - c[i])) + 0.1 * Math.pow(c[i] + r[i], 2);
                logExp[i] = Math.log(1 + Math.exp(r[i] - c[i]));
                square[i] = weights[i] * Math.pow(predicted[i] - wanted[i], 2);
                for (int k = 0; k < 4; k++) {
                    double rest = 0;
                    for (int j = k; j < 4; j++) {
                        rest += Math.exp(ranked[i][j]);
                    }
                    luce[i] += Math.log(rest) - ranked[i][k];
                }
            }
            LossLaws.assertClose("bt", LossLaws.losses(new BradleyTerry(0.1), pairs), bradleyTerry, 1e-12);
            RewardPairs plain = new RewardPairs(pairs.chosenRewards(), pairs.rejectedRewards());
            LossLaws.assertClose("log-exp", LossLaws.losses(new LogExp(), plain), logExp, 1e-12);
            LossLaws.assertClose("square", LossLaws.losses(new RewardRegression(), ratings), square, 1e-12);
            LossLaws.assertClose("luce", LossLaws.losses(new PlackettLuce(), rankings), luce, 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 1500})
    void fewPairsInJavaAndManyInOneScriptAgreeWithTheTape(int size) {
        try (Draws draws = new Draws(size)) {
            RewardPairs pairs = pairs(draws, size);
            RewardPairs plain = new RewardPairs(pairs.chosenRewards(), pairs.rejectedRewards());
            LossLaws.assertClosedFormIsTaped(new BradleyTerry(0.1), pairs);
            LossLaws.assertClosedFormIsTaped(new BradleyTerry(), plain);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void gradientsMemoryAndPrecisionHold(int size) {
        LossLaws.assertAll(new BradleyTerry(0.1), draws -> pairs(draws, size), 3);
        LossLaws.assertAll(new BradleyTerry(), draws -> pairs(draws, size), 3);
        LossLaws.assertAll(new LogExp(), draws -> new RewardPairs(draws.normal(size), draws.normal(size)), 3);
        LossLaws.assertAll(new RewardRegression(), draws -> targets(draws, size), 3);
        for (int choices = 1; choices < 5; choices++) {
            int k = choices;
            LossLaws.assertAll(new PlackettLuce(), draws -> ranked(draws, size, k), 3);
        }
    }

    @Test
    void aRankingOfTwoIsAPair() {
        try (Draws draws = new Draws(1)) {
            NDArray both = draws.matrix(new double[][] {{1, 0.3}, {-2, 4}, {900, -900}, {-900, 900}});
            RewardPairs pairs = new RewardPairs(draws.vector(1, -2, 900, -900), draws.vector(0.3, 4, -900, 900));
            LossGradients luce = new PlackettLuce().lossAndGradients(new RankedRewards(both));
            LossGradients pair = new BradleyTerry().lossAndGradients(pairs);
            LossLaws.assertClose("losses", luce.output().losses(), pair.output().losses(), 1e-12);
            double[] chosen = Tensors.toDoubles(pair.of("chosenRewards"));
            for (int i = 0; i < 4; i++) {
                assertThat(Tensors.toRows(luce.of("rewards"))[i][0]).isCloseTo(chosen[i], within(1e-12));
            }
            assertThat(luce.output().metrics().get("accuracy"))
                    .isEqualTo(pair.output().metrics().get("accuracy"));
        }
    }

    @Test
    void aRankingIsJudgedByDifferencesAlone() {
        try (Draws draws = new Draws(1)) {
            double[] luce = LossLaws.losses(new PlackettLuce(), new RankedRewards(draws.matrix(new double[][] {
                {3, 1, 2}, {1003, 1001, 1002}
            })));
            assertThat(luce[1]).isCloseTo(luce[0], within(1e-9));
            assertThat(LossLaws.losses(new PlackettLuce(), new RankedRewards(draws.normal(2, 1))))
                    .containsExactly(0, 0);
        }
    }

    @Test
    void differencesInTheThousandsOverflowNowhere() {
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            try (Draws draws = new Draws(1, type)) {
                RewardPairs apart = new RewardPairs(draws.vector(5000, -5000, 0), draws.vector(-5000, 5000, 0));
                LossLaws.assertFinite(new BradleyTerry(), apart);
                LossLaws.assertFinite(new LogExp(), apart);
                assertThat(LossLaws.losses(new LogExp(), apart)[1]).isEqualTo(10000);
                LossLaws.assertFinite(new PlackettLuce(), new RankedRewards(draws.matrix(new double[][] {
                    {-5000, 0, 5000}
                })));
            }
        }
    }

    @Test
    void sureAndWrongPairsAreExactBeyondTheThresholdOfSoftplus() {
        try (Draws draws = new Draws(1)) {
            RewardPairs pairs = new RewardPairs(draws.vector(0), draws.vector(20.5));
            LossGradients result = new BradleyTerry().lossAndGradients(pairs);
            assertThat(result.output().value()).isCloseTo(20.5 + Math.exp(-20.5), within(1e-13));
            RewardModelLoss<RewardPairs> taped = new BradleyTerry()::loss;
            LossLaws.assertClose(
                    "tape", taped.lossAndGradients(pairs).of("chosenRewards"), result.of("chosenRewards"), 1e-14);
        }
    }

    @Test
    void metricsSpanBothSides() {
        try (Draws draws = new Draws(1)) {
            var metrics = new BradleyTerry(0.1)
                    .loss(new RewardPairs(draws.vector(1, 2, 3), draws.vector(0, 2, -5), draws.vector(1, 1, 1)))
                    .metrics()
                    .toMap();
            assertThat(metrics)
                    .containsEntry("margin", 3.0)
                    .containsEntry("min_reward", -5.0)
                    .containsEntry("mean_reward", 0.5)
                    .containsEntry("max_reward", 3.0);
            assertThat(metrics.get("accuracy")).isCloseTo(2.0 / 3, within(1e-12));
            assertThat(new RewardRegression()
                            .loss(new RewardTargets(draws.vector(1, 2), draws.vector(1, 4), draws.vector(9, 1)))
                            .metrics()
                            .get("mse"))
                    .isEqualTo(2);
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("centerRewardsCoefficient", () -> new BradleyTerry(-0.1));
        try (Draws draws = new Draws(1)) {
            NDArray two = draws.vector(1, 2);
            NDArray three = draws.vector(1, 2, 3);
            NDArray broken = draws.vector(1, Double.NaN);
            BradleyTerry bt = new BradleyTerry();
            LossLaws.assertRejects("rejectedRewards", () -> bt.loss(new RewardPairs(two, three)));
            LossLaws.assertRejects("chosenRewards", () -> bt.loss(new RewardPairs(broken, two)));
            LossLaws.assertRejects("margin", () -> bt.loss(new RewardPairs(two, two, three)));
            LossLaws.assertRejects("margin", () -> new LogExp().loss(new RewardPairs(two, two, two)));
            LossLaws.assertRejects("chosenRewards", () -> bt.loss(new RewardPairs(draws.normal(0), draws.normal(0))));
            LossLaws.assertRejects("rewards", () -> new PlackettLuce().loss(new RankedRewards(two)));
            LossLaws.assertRejects("rewards", () -> new PlackettLuce().loss(new RankedRewards(draws.normal(2, 0))));
            RewardRegression square = new RewardRegression();
            LossLaws.assertRejects("targets", () -> square.loss(new RewardTargets(two, three)));
            LossLaws.assertRejects("weights", () -> square.loss(new RewardTargets(two, two, draws.vector(1, -1))));
        }
    }
}
