package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.reward.ReferenceShape.Curve;
import org.rewardlab.reward.RunningScaling.Method;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class ReferenceShapeTest {

    private static final List<RewardTransform> CENTRED = List.of(
            RewardTransform.preferenceAsReward(),
            RewardTransform.centred(),
            RewardTransform.tanh(),
            RewardTransform.arctan(),
            RewardTransform.fittedPolynomial(),
            RewardTransform.slowGrowth(),
            RewardTransform.logSigmoidCentred(0.85));

    private static final List<RewardTransform> ABSOLUTE =
            List.of(RewardTransform.identity(), RewardTransform.sigmoid(1), RewardTransform.ceiling(0.5));

    private static double[] shaped(RewardTransform transform, NDArray rewards, NDArray references) {
        return Tensors.toDoubles(transform.transform(new ScoredResponses(rewards).withReferences(references)));
    }

    @Test
    void onlyCentredShapesIgnoreAConstant() {
        try (Draws draw = new Draws(1)) {
            NDArray rewards = draw.normal(6);
            NDArray references = draw.normal(6, 5);
            NDArray ten = draw.vector(10);
            for (RewardTransform transform : CENTRED) {
                assertClose(
                        transform.toString(),
                        shaped(transform, rewards.add(ten), references.add(ten)),
                        shaped(transform, rewards, references),
                        1e-9);
            }
            for (RewardTransform transform : ABSOLUTE) {
                assertThat(shaped(transform, rewards.add(ten), references.add(ten)))
                        .as("%s", transform)
                        .isNotEqualTo(shaped(transform, rewards, references));
            }
        }
    }

    @Test
    void preferenceAsRewardIsAProbabilityOfWinning() {
        RewardTransform par = RewardTransform.preferenceAsReward();
        try (Draws draw = new Draws(2)) {
            NDArray a = draw.normal(8);
            NDArray b = draw.normal(8);
            double[] ahead = shaped(par, a, b.reshape(8, 1));
            double[] behind = shaped(par, b, a.reshape(8, 1));
            double[] gaps = Tensors.toDoubles(a.sub(b));
            for (int i = 0; i < 8; i++) {
                assertThat(ahead[i] + behind[i]).isCloseTo(1, within(1e-12));
                assertThat(ahead[i]).isCloseTo(1 / (1 + Math.exp(-gaps[i])), within(1e-12));
            }
            assertThat(shaped(par, a, a.reshape(8, 1))).containsOnly(0.5);
            assertThat(shaped(par, draw.vector(800, -800), draw.of(new double[2], 2, 1)))
                    .containsExactly(1, 0);
        }
    }

    @Test
    void theSlopeRunsFromOneHalfToTheShareOfReferencesBeaten() {
        try (Draws draw = new Draws(3)) {
            NDArray rewards = draw.vector(0.1);
            NDArray references = draw.of(new double[] {0, 0.2, -1, -2}, 1, 4);
            assertThat(shaped(RewardTransform.preferenceAsReward(1e-9), rewards, references)[0])
                    .isCloseTo(0.5, within(1e-8));
            assertThat(shaped(RewardTransform.preferenceAsReward(1e6), rewards, references)[0])
                    .isCloseTo(0.75, within(1e-12));
        }
    }

    @Test
    void itsSlopeIsThatOfTheSigmoidAveraged() {
        double[] leads = {0.5, -1, 2};
        double expected = 0;
        for (double lead : leads) {
            double p = 1 / (1 + Math.exp(-2 * lead));
            expected += 2 * p * (1 - p) / leads.length;
        }
        RewardTransform steep = RewardTransform.preferenceAsReward(2);
        try (Draws draw = new Draws(4)) {
            NDArray references = draw.of(new double[] {-0.5, 1, -2}, 1, 3);
            double above = shaped(steep, draw.vector(1e-6), references)[0];
            double below = shaped(steep, draw.vector(-1e-6), references)[0];
            assertThat((above - below) / 2e-6).isCloseTo(expected, within(1e-8)).isPositive();
        }
    }

    @Test
    void aTanhIsAStretchedSigmoid() {
        try (Draws draw = new Draws(5)) {
            NDArray rewards = draw.normal(4);
            NDArray references = draw.normal(4, 3);
            double[] tanh = shaped(RewardTransform.tanh(), rewards, references);
            double[] sigmoid = shaped(RewardTransform.preferenceAsReward(2), rewards, references);
            assertClose("tanh", tanh, Arrays.stream(sigmoid).map(p -> 2 * p - 1).toArray(), 1e-12);
        }
    }

    @Test
    void onlyTheFirstReferencesCountExceptForTheQuantile() {
        try (Draws draw = new Draws(6)) {
            NDArray rewards = draw.normal(2);
            NDArray references = draw.normal(2, 12);
            NDArray first = references.get(":, :10");
            for (RewardTransform transform : CENTRED) {
                boolean same = Arrays.equals(shaped(transform, rewards, references), shaped(transform, rewards, first));
                assertThat(same).as("%s", transform).isEqualTo(!(transform instanceof LogSigmoidCentred));
            }
            assertThat(shaped(new ReferenceShape(Curve.TANH, 1, 0, 1), rewards, references))
                    .isEqualTo(shaped(RewardTransform.tanh(), rewards, references.get(":, :1")));
        }
    }

    @Test
    void theFittedPolynomialIsOddAboutOneHalfAndFlatOutside() {
        double[] c = FittedSigmoid.coefficients();
        assertThat(c).hasSize(6);
        assertThat(Math.abs(c[1])).isLessThan(1e-12);
        assertThat(Math.abs(c[3])).isLessThan(1e-12);
        assertThat(c[5]).isCloseTo(0.5, within(1e-12));
        assertThat(FittedSigmoid.at(-5)).isZero();
        assertThat(FittedSigmoid.at(5)).isEqualTo(1);
        for (double x = -4.9; x < 5; x += 0.7) {
            assertThat(FittedSigmoid.at(x)).isCloseTo(1 / (1 + Math.exp(-x)), within(0.04));
            assertThat(FittedSigmoid.at(x) + FittedSigmoid.at(-x)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void runningStatisticsAreThoseOfTheConcatenation() {
        try (Draws draw = new Draws(7)) {
            NDArray one = draw.normal(5);
            NDArray two = draw.normal(3);
            for (Method method : Method.values()) {
                RunningScaling scaling = new RunningScaling(method);
                RunningScaling.Step split =
                        scaling.next(scaling.next(scaling.initial(), one).state(), two);
                RunningScaling.Step whole = scaling.next(scaling.initial(), one.concat(two));
                assertThat(split.state().mean()).isCloseTo(whole.state().mean(), within(1e-12));
                assertThat(split.state().std()).isCloseTo(whole.state().std(), within(1e-12));
                assertClose(
                        method.name(),
                        Tensors.toDoubles(split.rewards()),
                        Tensors.toDoubles(whole.rewards().get("5:")),
                        1e-12);
            }
        }
    }

    @Test
    void equalRewardsAreScaledToZero() {
        try (Draws draw = new Draws(8)) {
            NDArray equal = draw.vector(2, 2, 2);
            for (Method method : List.of(Method.MEAN_STD, Method.MIN_MAX)) {
                RunningScaling scaling = new RunningScaling(method);
                RunningScaling.Step step = scaling.next(scaling.initial(), equal);
                assertThat(Tensors.toDoubles(step.rewards())).containsOnly(0);
                assertThat(step.state().std()).isEqualTo(1);
                RunningScaling.Step decimals = scaling.next(scaling.initial(), draw.vector(0.1, 0.1, 0.1));
                assertClose("tenths", Tensors.toDoubles(decimals.rewards()), new double[3], 1e-15);
                assertThat(decimals.state().std()).isEqualTo(1);
                assertThat(scaling.next(scaling.initial(), draw.vector(2))
                                .state()
                                .std())
                        .isZero();
            }
            RunningScaling scaling = new RunningScaling(Method.CLIP);
            assertRejects("rewards", () -> scaling.next(scaling.initial(), draw.vector(Double.NaN)));
            assertRejects("rewards", () -> scaling.next(scaling.initial(), draw.vector()));
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> scaling.next(scaling.initial(), equal).rewards());
        }
    }

    @Test
    void lengthCostsBeyondTheValidOne() {
        try (Draws draw = new Draws(9)) {
            ScoredResponses responses =
                    new ScoredResponses(draw.vector(1, 1, 1)).withLengths(draw.vector(300, 301, 450));
            assertClose(
                    "rewards",
                    Tensors.toDoubles(new LengthPenalty().transform(responses)),
                    new double[] {1, 0.99, -0.5},
                    1e-12);
            assertRejects("lengths", () -> new LengthPenalty().transform(new ScoredResponses(draw.vector(1))));
            assertRejects("validLength", () -> new LengthPenalty(-1, 0.1));
            assertRejects("coefficient", () -> new LengthPenalty(1, -0.1));
        }
    }

    @Test
    void badShapesAreRejectedByName() {
        assertRejects("slope", () -> RewardTransform.preferenceAsReward(0));
        assertRejects("slope", () -> RewardTransform.sigmoid(-1));
        assertRejects("maxReferences", () -> new ReferenceShape(Curve.TANH, 1, 0, 0));
        assertRejects("shift", () -> new ReferenceShape(Curve.TANH, 1, Double.NaN, 1));
        assertRejects("ceiling", () -> new Ceiling(Double.NaN));
        assertRejects("quantile", () -> new LogSigmoidCentred(1));
        try (Draws draw = new Draws(10)) {
            NDArray one = draw.vector(1);
            NDArray reference = draw.of(new double[] {0.5}, 1, 1);
            for (RewardTransform transform : CENTRED) {
                assertRejects("references", () -> transform.transform(new ScoredResponses(one)));
                assertRejects("references", () -> shaped(transform, one, draw.of(new double[0], 1, 0)));
                assertRejects("rewards", () -> shaped(transform, draw.vector(Double.NaN), reference));
                assertRejects("references", () -> shaped(transform, one, draw.of(new double[] {Double.NaN, 1}, 1, 2)));
            }
            for (RewardTransform transform : ABSOLUTE) {
                assertRejects("rewards", () -> shaped(transform, draw.vector(Double.NaN), reference));
            }
            assertRejects("references", () -> shaped(RewardTransform.logSigmoidCentred(0.85), one, reference));
            assertRejects("references", () -> new ScoredResponses(one).withReferences(draw.normal(2, 1)));
            ScoredResponses responses = new ScoredResponses(one).withReferences(reference);
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> RewardTransform.preferenceAsReward().transform(responses));
        }
    }
}
