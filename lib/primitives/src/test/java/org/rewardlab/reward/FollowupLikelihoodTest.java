package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.evaluate.PairwiseAccuracy;
import org.rewardlab.policy.SequenceNegativeLogLikelihood;
import org.rewardlab.policy.TokenLogps;
import org.rewardlab.reward.FollowupLikelihood.Mode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

class FollowupLikelihoodTest {

    private static final double[] POLARITY = {1, 1, -1, 1, -1, -1};
    private static final double[] CATEGORY = {0, 0, 0, 1, 1, 1};

    /** Three responses, six follow-ups of up to four tokens in two categories. */
    private static Followups drawn(Draws draw, NDArray scores) {
        double[] mask = new double[3 * 6 * 4];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % 4 <= i / 4 % 4 ? 1 : 0;
        }
        return new Followups(scores, draw.of(mask, 3, 6, 4), draw.vector(POLARITY), draw.vector(CATEGORY));
    }

    private static double[] reward(Followups followups, Mode mode) {
        return Tensors.toDoubles(FollowupLikelihood.of(followups, 2, mode).reward());
    }

    @Test
    void aConstantOfAResponseCancelsInTheDifferenceAlone() {
        try (Draws draw = new Draws(1)) {
            Followups plain = drawn(draw, draw.normal(3, 6, 4));
            Followups fluent = drawn(draw, plain.tokenScores().add(draw.of(new double[] {5, 5, 5}, 3, 1, 1)));
            LossLaws.assertClose("difference", reward(fluent, Mode.DIFFERENCE), reward(plain, Mode.DIFFERENCE), 1e-12);
            double[] shifted = reward(plain, Mode.POSITIVE);
            for (int b = 0; b < 3; b++) {
                shifted[b] += 5;
            }
            LossLaws.assertClose("positive", reward(fluent, Mode.POSITIVE), shifted, 1e-12);
        }
    }

    @Test
    void theDifferenceIsTheSumOfBothPartsAndTurnsWithThePolarities() {
        try (Draws draw = new Draws(2)) {
            Followups plain = drawn(draw, draw.normal(3, 6, 4));
            Followups swapped = new Followups(
                    plain.tokenScores(), plain.mask(), plain.polarity().neg(), plain.category());
            double[] positive = reward(plain, Mode.POSITIVE);
            double[] negative = reward(plain, Mode.NEGATIVE);
            double[] difference = reward(plain, Mode.DIFFERENCE);
            double[] turned = reward(swapped, Mode.DIFFERENCE);
            for (int b = 0; b < 3; b++) {
                assertThat(difference[b]).isCloseTo(positive[b] + negative[b], within(1e-12));
                assertThat(turned[b]).isCloseTo(-difference[b], within(1e-12));
            }
        }
    }

    @Test
    void aTokenWeighsOneOverCategoriesFollowupsAndLength() {
        try (Draws draw = new Draws(3)) {
            NDArray leaf = Gradients.leaf(draw.normal(3, 6, 4));
            Followups followups = drawn(draw, leaf);
            Gradients.backward(Gradients.record(
                    () -> FollowupLikelihood.of(followups, 2).reward().sum()));
            double[] gradient = Tensors.toDoubles(Gradients.of(leaf));
            double[] mask = Tensors.toDoubles(followups.mask());
            for (int i = 0; i < gradient.length; i++) {
                int f = i / 4 % 6;
                double alike = POLARITY[f] > 0 ? (f < 3 ? 2 : 1) : (f < 3 ? 1 : 2);
                double length = (i / 4) % 4 + 1;
                double expected = mask[i] * POLARITY[f] / (2 * alike * length);
                assertThat(gradient[i]).as("token %d", i).isCloseTo(expected, within(1e-12));
            }
            FiniteDifferences.assertAgree(
                    "reward", x -> FollowupLikelihood.of(drawn(draw, x), 2).reward(), leaf);
        }
    }

    @Test
    void aFollowupOfOneTokenScoresAsThatTokenAndPaddingIsNeverRead() {
        try (Draws draw = new Draws(4)) {
            NDArray scores = draw.of(new double[] {0.3, Double.NaN, -0.7, Double.POSITIVE_INFINITY}, 1, 2, 2);
            Followups followups = new Followups(
                    scores, draw.of(new double[] {1, 0, 1, 0}, 1, 2, 2), draw.vector(1, -1), draw.vector(0, 0));
            FollowupLikelihood result = FollowupLikelihood.of(followups, 1);
            assertThat(Tensors.toDoubles(result.followupScores())).containsExactly(0.3, -0.7);
            assertThat(Tensors.toDoubles(result.reward())[0]).isCloseTo(1.0, within(1e-12));
        }
    }

    @Test
    void nothingStaysBehind() {
        try (Draws draw = new Draws(5)) {
            Followups followups = drawn(draw, draw.normal(3, 6, 4));
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                FollowupLikelihood result = FollowupLikelihood.of(followups, 2);
                return List.of(result.reward(), result.byCategory(), result.followupScores());
            });
        }
    }

    @Test
    void badFollowupsAreRejectedByName() {
        try (Draws draw = new Draws(6)) {
            NDArray scores = draw.normal(1, 2, 1);
            NDArray ones = scores.onesLike();
            NDArray signs = draw.vector(1, -1);
            NDArray zeros = draw.vector(0, 0);
            rejects("category", new Followups(scores, ones, signs, draw.vector(0, 1)), 1, Mode.DIFFERENCE);
            rejects("category", new Followups(scores, ones, signs, draw.vector(-1, 0)), 1, Mode.DIFFERENCE);
            rejects("category", new Followups(scores, ones, signs, draw.vector(0.5, 0)), 1, Mode.DIFFERENCE);
            rejects("polarity", new Followups(scores, ones, draw.vector(1, 0), zeros), 1, Mode.POSITIVE);
            rejects("polarity", new Followups(scores, ones, draw.vector(1, 1), zeros), 1, Mode.DIFFERENCE);
            rejects("polarity", new Followups(scores, ones, draw.vector(1, 1), zeros), 1, Mode.NEGATIVE);
            rejects("polarity", new Followups(scores, ones, signs, zeros), 2, Mode.POSITIVE);
            rejects(
                    "mask",
                    new Followups(scores, draw.of(new double[] {1, 0}, 1, 2, 1), signs, zeros),
                    1,
                    Mode.POSITIVE);
            rejects(
                    "mask",
                    new Followups(scores, draw.of(new double[] {1, 2}, 1, 2, 1), signs, zeros),
                    1,
                    Mode.POSITIVE);
            rejects(
                    "tokenScores",
                    new Followups(scores.mul(draw.of(new double[] {Double.NaN})), ones, signs, zeros),
                    1,
                    Mode.POSITIVE);
            rejects("numCategories", new Followups(scores, ones, signs, zeros), 0, Mode.POSITIVE);
            LossLaws.assertRejects("polarity", () -> new Followups(scores, ones, draw.vector(1), zeros));
            LossLaws.assertRejects("mask", () -> new Followups(scores, draw.normal(1, 2), signs, zeros));
        }
    }

    private static void rejects(String argument, Followups followups, int categories, Mode mode) {
        LossLaws.assertRejects(argument, () -> FollowupLikelihood.of(followups, categories, mode));
    }

    @Test
    void tiesCountHalfInPairwiseAccuracy() {
        try (Draws draw = new Draws(7)) {
            assertThat(PairwiseAccuracy.of(draw.vector(1, 2, 3, 3), draw.vector(0, 3, 3, 1)))
                    .isEqualTo(0.625);
            NDArray same = draw.normal(9);
            assertThat(PairwiseAccuracy.of(same, same)).isEqualTo(0.5);
            LossLaws.assertRejects("rejected", () -> PairwiseAccuracy.of(same, draw.normal(8)));
            LossLaws.assertRejects("chosen", () -> PairwiseAccuracy.of(draw.vector(), draw.vector()));
            LossLaws.assertRejects("chosen", () -> PairwiseAccuracy.of(draw.vector(Double.NaN), draw.vector(1)));
        }
    }

    @Test
    void everySequenceCountsTheSameInFeedbackTraining() {
        var loss = new SequenceNegativeLogLikelihood();
        LossLaws.assertAll(loss, draw -> new TokenLogps(draw.logps(4, 5), draw.mask(4, 5)), 8);
        try (Draws draw = new Draws(9)) {
            TokenLogps batch =
                    new TokenLogps(
                            draw.matrix(new double[][] {{-1, -2, Double.NaN}, {-4, -5, -6}}),
                            draw.matrix(new double[][] {{1, 1, 0}, {1, 1, 1}}));
            assertThat(loss.loss(batch).value()).isCloseTo((1.5 + 5) / 2, within(1e-12));
            LossLaws.assertRejects(
                    "mask",
                    () -> loss.loss(new TokenLogps(
                            batch.logps(), batch.mask().mul(batch.mask().neg()))));
            LossLaws.assertRejects(
                    "mask",
                    () -> loss.lossAndGradients(new TokenLogps(draw.normal(2, 2), draw.matrix(new double[][] {
                        {1, 1}, {0, 0}
                    }))));
        }
    }
}
