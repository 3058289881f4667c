package org.rewardlab.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SeparationTest {
    private static final Offset<Double> TIGHT = within(1e-12);

    @Test
    void byHand() {
        double[] scores = {0.9, 0.8, 0.7, 0.1};
        boolean[] marked = {true, false, true, false};
        assertThat(Separation.auroc(scores, marked)).isCloseTo(0.75, TIGHT); // 3 of 4 pairs
        assertThat(Separation.averagePrecision(scores, marked)).isCloseTo((1 + 2 / 3.0) / 2, TIGHT);
    }

    @Test
    void equalScoresAreNoGuess() {
        double[] scores = {1, 1, 1, 1};
        boolean[] marked = {true, false, false, false};
        assertThat(Separation.auroc(scores, marked)).isCloseTo(0.5, TIGHT);
        assertThat(Separation.averagePrecision(scores, marked)).isCloseTo(0.25, TIGHT);
    }

    @Test
    void nothingMarkedHasNoAnswer() {
        assertThat(Separation.auroc(new double[] {1, 2}, new boolean[2])).isNaN();
        assertThat(Separation.auroc(new double[] {1, 2}, new boolean[] {true, true}))
                .isNaN();
        assertThat(Separation.averagePrecision(new double[] {1, 2}, new boolean[2]))
                .isNaN();
    }

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            double[] scores = random.ints(30, 0, 8).asDoubleStream().toArray(); // with ties
            boolean[] marked = new boolean[30];
            marked[0] = true;
            for (int i = 2; i < 30; i++) {
                marked[i] = random.nextBoolean();
            }
            double wins = 0;
            int pairs = 0;
            for (int i = 0; i < 30; i++) {
                for (int j = 0; j < 30; j++) {
                    if (marked[i] && !marked[j]) {
                        pairs++;
                        wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    }
                }
            }
            assertThat(Separation.auroc(scores, marked)).isCloseTo(wins / pairs, TIGHT);
        }
    }

    @Test
    void brokenInputIsRefused() {
        assertThatThrownBy(() -> Separation.auroc(new double[2], new boolean[3]))
                .hasMessageContaining("marked: expected 2");
        assertThatThrownBy(() -> Separation.averagePrecision(new double[] {Double.NaN}, new boolean[1]))
                .hasMessageContaining("scores: expected numbers");
    }

    @Test
    void correlationByHand() {
        assertThat(Correlation.pearson(new double[] {1, 2, 3}, new double[] {-2, -4, -6}))
                .isCloseTo(-1, TIGHT);
        // deviations -1, 0, 1 and -1, 1, 0: 1 over sqrt(2 x 2)
        assertThat(Correlation.pearson(new double[] {1, 2, 3}, new double[] {0, 2, 1}))
                .isCloseTo(0.5, TIGHT);
        assertThat(Correlation.pearson(new double[] {1, 1}, new double[] {0, 2}))
                .isZero();
        assertThat(Correlation.pearson(new double[] {1, Double.NaN}, new double[] {0, 2}))
                .isNaN();
        assertThatThrownBy(() -> Correlation.pearson(new double[1], new double[1]))
                .hasMessageContaining("at least 2");
    }
}
