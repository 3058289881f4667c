package org.rewardlab.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LossLaws;

/** Losses on fresh samples against plain loops, and against the offline losses that they extend. */
class OnlineLossTest {

    private static OnlinePairs pairs(Draws draws, int size) {
        return new OnlinePairs(
                draws.logps(size, 4),
                draws.logps(size, 3),
                draws.logps(size, 4),
                draws.logps(size, 3),
                draws.flags(size));
    }

    private static JudgedSamples judged(Draws draws, int size) {
        return new JudgedSamples(draws.logps(size, 4), draws.logps(size, 4), draws.uniform(0, 1, new long[] {size}));
    }

    private static ValuedSamples valued(Draws draws, int size) {
        return new ValuedSamples(draws.normal(size), draws.normal(size), draws.normal(size), draws.normal(size));
    }

    private static double[] sums(NDArray rows) {
        double[][] numbers = Tensors.toRows(rows);
        double[] sums = new double[numbers.length];
        for (int b = 0; b < sums.length; b++) {
            sums[b] = java.util.Arrays.stream(numbers[b]).sum();
        }
        return sums;
    }

    @ParameterizedTest
    @EnumSource(Xpo.Kind.class)
    void xpoIsOnlinePreferenceOptimizationPlusABonus(Xpo.Kind kind) {
        try (Draws draws = new Draws(4)) {
            OnlinePairs pairs = pairs(draws, 5);
            double[] policy = sums(pairs.policyOnModel());
            double[] other = sums(pairs.policyOnReference());
            double[] reference = sums(pairs.refOnModel());
            double[] otherReference = sums(pairs.refOnReference());
            double[] first = Tensors.toDoubles(pairs.modelIsChosen());
            double[][] sides = new double[4][5];
            for (int b = 0; b < 5; b++) {
                boolean chosen = first[b] == 1;
                sides[0][b] = chosen ? policy[b] : other[b];
                sides[1][b] = chosen ? other[b] : policy[b];
                sides[2][b] = chosen ? reference[b] : otherReference[b];
                sides[3][b] = chosen ? otherReference[b] : reference[b];
            }
            PairLogps offline = new PairLogps(
                    draws.vector(sides[0]), draws.vector(sides[1]), draws.vector(sides[2]), draws.vector(sides[3]));
            PreferenceLoss loss = kind == Xpo.Kind.IPO ? new Ipo(0.3) : new Dpo(0.3);
            double[] expected = LossLaws.losses(loss, offline);
            LossLaws.assertClose("alpha 0", LossLaws.losses(new Xpo(0.3, 0, kind), pairs), expected, 1e-12);
            for (int b = 0; b < 5; b++) {
                expected[b] += 0.2 * other[b];
            }
            LossLaws.assertClose("alpha 0.2", LossLaws.losses(new Xpo(0.3, 0.2, kind), pairs), expected, 1e-12);
            var online = new Xpo(0.3, 0.2, kind).loss(pairs).metrics();
            var metrics = loss.loss(offline).metrics();
            assertThat(online.get("rewards/margins")).isCloseTo(metrics.get("rewards/margins"), within(1e-12));
            assertThat(online.get("loss/dpo") + online.get("loss/xpo"))
                    .isCloseTo(new Xpo(0.3, 0.2, kind).loss(pairs).value(), within(1e-12));
        }
    }

    @Test
    void nashLossFollowsThePaper() {
        try (Draws draws = new Draws(4)) {
            JudgedSamples samples = judged(draws, 3);
            double[][] policy = Tensors.toRows(samples.logps());
            double[][] reference = Tensors.toRows(samples.refLogps());
            double[] win = Tensors.toDoubles(samples.winProbability());
            double[] expected = new double[3];
            for (int b = 0; b < 3; b++) {
                for (int t = 0; t < 4; t++) {
                    expected[b] += (0.2 * (policy[b][t] - reference[b][t]) - (win[b] - 0.5)) * policy[b][t];
                }
            }
            LossLaws.assertClose("nash", LossLaws.losses(new NashMd(0.2), samples), expected, 1e-12);
        }
    }

    @Test
    void aSampleThatIsAsGoodAsItsOpponentAtTheReferenceTeachesNothing() {
        try (Draws draws = new Draws(4)) {
            NDArray logps = draws.logps(2, 3);
            JudgedSamples even = new JudgedSamples(logps, logps, draws.vector(0.5, 0.5));
            assertThat(Tensors.toDoubles(new NashMd(0.2).lossAndGradients(even).of("logps")))
                    .containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void gradientsMemoryAndPrecisionHold(int size) {
        LossLaws.assertAll(new Xpo(0.3, 0.1), draws -> pairs(draws, size), 3);
        LossLaws.assertAll(new Xpo(0.3, 0.1, Xpo.Kind.IPO), draws -> pairs(draws, size), 3);
        LossLaws.assertAll(new A2po(0.3), draws -> valued(draws, size), 3);
    }

    @Test
    void theNashGradientTakesTheLogRatioForAConstant() {
        try (Draws draws = new Draws(6)) {
            JudgedSamples samples = judged(draws, 3);
            NDArray closed = new NashMd(0.2).lossAndGradients(samples).of("logps");
            OnlinePreferenceLoss<JudgedSamples> taped = new NashMd(0.2)::loss;
            LossLaws.assertClose("tape", taped.lossAndGradients(samples).of("logps"), closed, 1e-12);
            double[][] policy = Tensors.toRows(samples.logps());
            double[][] reference = Tensors.toRows(samples.refLogps());
            double win = Tensors.toDoubles(samples.winProbability())[2];
            assertThat(Tensors.toRows(closed)[2][1])
                    .isCloseTo((0.2 * (policy[2][1] - reference[2][1]) - (win - 0.5)) / 3, within(1e-12));
            LossLaws.assertNothingLeft(draws.manager(), new NashMd(0.2), samples);
        }
        LossLaws.assertSameInFloat32(new NashMd(0.2), draws -> judged(draws, 3), 6);
    }

    @Test
    void optimalValuesLieBetweenMeanAndMaximum() {
        try (Draws draws = new Draws(1)) {
            NDArray rewards = draws.matrix(new double[][] {{0, 1, 1, 0}, {2, 2, 2, 2}, {1000, -1000, 0, 0}});
            double[] values = Tensors.toDoubles(A2po.optimalValues(rewards, 0.5));
            assertThat(values[0]).isCloseTo(0.5 * Math.log((1 + Math.exp(2)) / 2), within(1e-12));
            assertThat(values[1]).isCloseTo(2, within(1e-12));
            assertThat(values[2]).isCloseTo(1000 - 0.5 * Math.log(4), within(1e-9));
            assertThat(Tensors.toDoubles(A2po.optimalValues(rewards, 1e6))[0]).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void theRegressionIsSolvedByThePolicyThatIsOptimal() {
        try (Draws draws = new Draws(1)) {
            ValuedSamples solved = new ValuedSamples(
                    draws.vector(3, -3), draws.vector(1, 1), draws.vector(1, 0), draws.vector(0.8, 0.4));
            var result = new A2po(0.1).lossAndGradients(solved);
            assertThat(result.output().value()).isCloseTo(0, within(1e-12));
            assertThat(result.output().metrics().get("advantage")).isCloseTo(-0.1, within(1e-12));
        }
    }

    @Test
    void mistakesAreNamed() {
        LossLaws.assertRejects("beta", () -> new Xpo(0, 0.1));
        LossLaws.assertRejects("alpha", () -> new Xpo(0.1, -1));
        LossLaws.assertRejects("beta", () -> new NashMd(-1));
        LossLaws.assertRejects("beta2", () -> new A2po(0));
        try (Draws draws = new Draws(1)) {
            OnlinePairs p = pairs(draws, 2);
            LossLaws.assertRejects(
                    "modelIsChosen",
                    () -> new Xpo(0.1, 0)
                            .loss(new OnlinePairs(
                                    p.policyOnModel(),
                                    p.policyOnReference(),
                                    p.refOnModel(),
                                    p.refOnReference(),
                                    draws.vector(0.5, 1))));
            LossLaws.assertRejects(
                    "refOnReference",
                    () -> new Xpo(0.1, 0)
                            .loss(new OnlinePairs(
                                    p.policyOnModel(),
                                    p.policyOnReference(),
                                    p.refOnModel(),
                                    p.refOnModel(),
                                    p.modelIsChosen())));
            JudgedSamples j = judged(draws, 2);
            LossLaws.assertRejects(
                    "winProbability",
                    () -> new NashMd(0.1).loss(new JudgedSamples(j.logps(), j.refLogps(), draws.vector(0.5, 1.1))));
            ValuedSamples v = valued(draws, 2);
            LossLaws.assertRejects(
                    "optimalValues",
                    () -> new A2po(0.1).loss(new ValuedSamples(v.logps(), v.refLogps(), v.rewards(), draws.vector(1))));
            LossLaws.assertRejects("beta1", () -> A2po.optimalValues(j.logps(), 0));
        }
    }
}
