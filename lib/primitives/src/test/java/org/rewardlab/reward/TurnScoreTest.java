package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertClose;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Scores of steps against principles, beliefs in an answer, and what turns taught. */
class TurnScoreTest {

    @Test
    void pointsAreClampedAndOnlyPrinciplesThatApplyCount() {
        try (Draws draw = new Draws(7)) {
            NDArray points = draw.of(new double[] {3, -1, Double.NaN, 9, 1, 2}, 1, 2, 3);
            NDArray most = draw.of(new double[] {4, 4, -7, 5, 0, 0}, 1, 2, 3);
            NDArray mask = draw.of(new double[] {1, 1, 0, 1, 0, 0}, 1, 2, 3);
            assertThat(Tensors.toDoubles(PrincipleScore.of(points, most, mask)))
                    .containsExactly(new double[] {3 / 8., 1}, within(1e-12));
            assertThat(Tensors.toDoubles(PrincipleScore.of(points, most, mask.zerosLike())))
                    .containsOnly(0);
            NDArray seven = draw.vector(7);
            NDArray kept = draw.of(new double[] {3, 2, 1, 4, 1, 2}, 1, 2, 3);
            NDArray possible = draw.of(new double[] {4, 4, 7, 5, 1, 3}, 1, 2, 3);
            assertClose(
                    "scaled",
                    PrincipleScore.of(kept.mul(seven), possible.mul(seven), mask),
                    PrincipleScore.of(kept, possible, mask),
                    1e-12);
        }
    }

    @Test
    void beliefIsTheGeometricMeanOfTheAnswersTokens() {
        try (Draws draw = new Draws(7)) {
            NDArray logps =
                    draw.of(new double[] {Math.log(0.5), Math.log(0.125), Double.NaN, Math.log(0.9), 0, 0}, 1, 2, 3);
            NDArray mask = draw.of(new double[] {1, 1, 0, 1, 0, 0}, 1, 2, 3);
            assertThat(Tensors.toDoubles(AnswerBelief.of(logps, mask)))
                    .containsExactly(new double[] {0.25, 0.9}, within(1e-12));
            LiveArrays.assertOneLeft(draw.manager(), () -> AnswerBelief.of(logps, mask));
        }
    }

    @Test
    void gainsTelescopeToTheRiseOfTheBelief() {
        try (Draws draw = new Draws(7)) {
            NDArray belief = draw.uniform(0.01, 1, new long[] {3, 5});
            double[][] beliefs = Tensors.toRows(belief);
            NDArray all = draw.normal(3, 4).onesLike();
            for (InformationGain.Kind kind : InformationGain.Kind.values()) {
                double[][] gains = Tensors.toRows(new InformationGain(kind).of(belief, all));
                for (int b = 0; b < 3; b++) {
                    double sum = java.util.Arrays.stream(gains[b]).sum();
                    double rise = kind == InformationGain.Kind.PROB
                            ? beliefs[b][4] - beliefs[b][0]
                            : Math.log(beliefs[b][4] / beliefs[b][0]);
                    assertThat(sum).isCloseTo(rise, within(1e-12));
                }
            }
        }
    }

    @Test
    void beliefsBesideTurnsThatAreNotThereMayBeAnything() {
        try (Draws draw = new Draws(7)) {
            NDArray belief = draw.matrix(new double[][] {{0.2, 0.5, 0, Double.NaN}});
            NDArray mask = draw.matrix(new double[][] {{1, 0, 0}});
            assertThat(Tensors.toDoubles(new InformationGain().of(belief, mask)))
                    .containsExactly(new double[] {0.3, 0, 0}, within(1e-12));
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(7)) {
            NDArray points = draw.of(new double[] {1, 2}, 1, 1, 2);
            NDArray ones = points.onesLike();
            assertRejects("maxPoints", () -> PrincipleScore.of(points, draw.of(new double[] {0, 2}, 1, 1, 2), ones));
            assertRejects(
                    "points", () -> PrincipleScore.of(draw.of(new double[] {Double.NaN, 2}, 1, 1, 2), ones, ones));
            assertRejects("mask", () -> PrincipleScore.of(points, ones, points));
            assertRejects("points", () -> PrincipleScore.of(draw.normal(1, 2), ones, ones));
            assertRejects("mask", () -> AnswerBelief.of(points, draw.of(new double[2], 1, 1, 2)));
            assertRejects("mask", () -> AnswerBelief.of(points, points));
            assertRejects("answerLogps", () -> AnswerBelief.of(draw.normal(2, 2), draw.normal(2, 2)));
            assertRejects("answerLogps", () -> AnswerBelief.of(draw.of(new double[] {Double.NaN, 1}, 1, 1, 2), ones));
            NDArray turn = draw.matrix(new double[][] {{1}});
            InformationGain gain = new InformationGain();
            for (double broken : new double[] {0, 1.01, -0.1, Double.NaN}) {
                assertRejects("belief", () -> gain.of(draw.matrix(new double[][] {{broken, 0.5}}), turn));
                assertRejects("belief", () -> gain.of(draw.matrix(new double[][] {{0.5, broken}}), turn));
            }
            assertRejects("belief", () -> gain.of(draw.matrix(new double[][] {{0.5}}), turn));
            assertRejects(
                    "turnMask",
                    () -> gain.of(draw.matrix(new double[][] {{0.5, 0.5}}), draw.matrix(new double[][] {{0.5}})));
        }
    }
}
