package org.rewardlab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;
import org.rewardlab.testing.Draws;

/** Verdicts against labels. */
class BinaryScoresTest {

    @Test
    void countsAndRatesAreThoseOfTheTable() {
        try (Draws draw = new Draws(1)) {
            NDArray predicted = draw.vector(1, 1, 1, 0, 0);
            NDArray labels = draw.vector(1, 1, 0, 1, 0);
            BinaryScores scores = BinaryScores.of(predicted, labels);
            assertThat(scores).isEqualTo(new BinaryScores(2, 1, 1, 1));
            assertThat(scores.accuracy()).isEqualTo(0.6);
            assertThat(scores.precision()).isEqualTo(2 / 3.0);
            assertThat(scores.recall()).isEqualTo(2 / 3.0);
            assertThat(scores.f1()).isCloseTo(2 / 3.0, within(1e-15));
        }
    }

    @Test
    void swappingVerdictsAndLabelsSwapsPrecisionAndRecall() {
        try (Draws draw = new Draws(2)) {
            NDArray a = draw.flags(50);
            NDArray b = draw.flags(50);
            BinaryScores one = BinaryScores.of(a, b);
            BinaryScores other = BinaryScores.of(b, a);
            assertThat(one.precision()).isEqualTo(other.recall());
            assertThat(one.recall()).isEqualTo(other.precision());
            double harmonic = 2 / (1 / one.precision() + 1 / one.recall());
            assertThat(one.f1()).isCloseTo(harmonic, within(1e-12)).isEqualTo(other.f1());
        }
    }

    @Test
    void ratesWithoutDenominatorAreZero() {
        BinaryScores never = new BinaryScores(0, 0, 3, 2);
        assertThat(never.precision()).isZero();
        assertThat(never.f1()).isZero();
        assertThat(new BinaryScores(0, 0, 0, 4).recall()).isZero();
        assertThat(new BinaryScores(0, 0, 0, 4).accuracy()).isEqualTo(1);
    }

    @Test
    void whatIsNoVerdictIsRejected() {
        try (Draws draw = new Draws(3)) {
            assertRejects("predicted", () -> BinaryScores.of(draw.vector(), draw.vector()));
            assertRejects("predicted", () -> BinaryScores.of(draw.vector(0.5), draw.vector(1)));
            assertRejects("labels", () -> BinaryScores.of(draw.vector(1), draw.vector(1, 0)));
            assertRejects("labels", () -> BinaryScores.of(draw.vector(1), draw.vector(2)));
            assertRejects("falsePositives", () -> new BinaryScores(1, -1, 0, 0));
            assertRejects("count", () -> new BinaryScores(0, 0, 0, 0));
        }
    }
}
