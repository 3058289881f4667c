package org.rewardlab.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final Offset<Double> TIGHT = within(1e-9);

    @Test
    void summaryOfASampleByHand() {
        Summary summary = Summary.of(1, 2, 3, 4, 5, 6, 7, 100);
        assertThat(summary.mean()).isCloseTo(16, TIGHT);
        assertThat(summary.interquartileMean()).isCloseTo(4.5, TIGHT);
        assertThat(summary.median()).isCloseTo(4.5, TIGHT);
        assertThat(summary.min()).isEqualTo(1);
        assertThat(summary.max()).isEqualTo(100);
        // squares of deviations: 225+196+169+144+121+100+81+7056 = 8092; /7 = 1156; root 34
        assertThat(summary.deviation()).isCloseTo(34, TIGHT);
    }

    @Test
    void missingValuesAreCountedAndNeverSkippedUnasked() {
        Summary summary = Summary.of(1, Double.NaN, 3, Double.NaN);
        assertThat(summary.count()).isEqualTo(4);
        assertThat(summary.missing()).isEqualTo(2);
        assertThat(summary.mean()).isNaN();
        assertThat(summary.interquartileMean()).isNaN();
        assertThat(summary.toString()).contains("2 missing");
        Summary present = Summary.ofPresent(1, Double.NaN, 3, Double.NaN);
        assertThat(present.mean()).isEqualTo(2);
        assertThat(present.missing()).isEqualTo(2);
        assertThat(Summary.ofPresent(Double.NaN).mean()).isNaN();
    }

    @Test
    void interquartileMeanCountsBorderValuesByTheirShare() {
        // n = 5: 1.25 cut from either end, so 0.75 of 2, all of 3, 0.75 of 4, over 2.5
        assertThat(InterquartileMean.of(1, 2, 3, 4, 50)).isCloseTo(3, TIGHT);
        // n = 3: 0.25 of 0, all of 6, 0.25 of 30, over 1.5
        assertThat(InterquartileMean.of(0, 6, 30)).isCloseTo((6 + 7.5) / 1.5, TIGHT);
        assertThat(InterquartileMean.of(7)).isEqualTo(7);
        assertThat(InterquartileMean.of()).isNaN();
    }

    @Test
    void quantilesAreThoseOfNumPy() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        assertThat(Summary.quantile(0.1, values)).isCloseTo(1, TIGHT);
        assertThat(Summary.quantile(0.25, values)).isCloseTo(1.75, TIGHT);
        assertThat(Summary.quantile(0.5, values)).isCloseTo(3.5, TIGHT);
        assertThat(Summary.quantile(0.9, values)).isCloseTo(6.9, TIGHT);
        assertThat(Summary.quantile(0.5, 1, Double.NaN)).isNaN();
    }

    @Test
    void wilsonIntervalsAreThoseOfSciPy() {
        Interval eight = Proportion.wilson(8, 10);
        assertThat(eight.low()).isCloseTo(0.4901624715, TIGHT);
        assertThat(eight.high()).isCloseTo(0.9433178486, TIGHT);
        Interval none = Proportion.wilson(0, 20);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611251581, TIGHT);
        Interval more = Proportion.wilson(71, 100);
        assertThat(more.low()).isCloseTo(0.6146110882, TIGHT);
        assertThat(more.high()).isCloseTo(0.7898516425, TIGHT);
        assertThatThrownBy(() -> Proportion.wilson(3, 2)).hasMessageContaining("successes");
        assertThatThrownBy(() -> Proportion.wilson(0, 0)).hasMessageContaining("trials");
    }

    @Test
    void permutationTestOfDarwinsMaizeIsThatOfFisher() {
        // Fisher 1935, section 21: 863 of the 32768 patterns of signs are as extreme on one side
        double[] differences = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
        PermutationTest test = PermutationTest.paired(differences, new double[15], 0);
        assertThat(test.exact()).isTrue();
        assertThat(test.pValue()).isCloseTo(2 * 863 / 32768.0, TIGHT);
        assertThat(test.difference()).isCloseTo(314 / 15.0, TIGHT);
    }

    @Test
    void permutationTestOfTheDepressionScoresIsThatOfSciPy() {
        double[] before = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
        double[] after = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
        assertThat(PermutationTest.paired(before, after, 0).pValue()).isCloseTo(0.02734375, TIGHT);
    }

    @Test
    void drawnPermutationsComeNearTheExactOnesAndAreNeverZero() {
        Random random = new Random(1);
        double[] a = new double[40];
        for (int i = 0; i < a.length; i++) {
            a[i] = 0.3 + random.nextGaussian();
        }
        PermutationTest test = PermutationTest.paired(a, new double[40], 1);
        // z = mean / (sd / sqrt(n)): compared with the t-test's two-sided p within sampling error
        assertThat(test.exact()).isFalse();
        assertThat(test.pValue()).isBetween(0.0, 1.0).isNotZero();
        double[] far = new double[40];
        Arrays.fill(far, 5);
        assertThat(PermutationTest.paired(far, new double[40], 1).pValue()).isCloseTo(1 / 20_001.0, TIGHT);
    }

    @Test
    void permutationTestReportsMissingPairs() {
        PermutationTest test = PermutationTest.paired(new double[] {1, Double.NaN}, new double[] {0, 0}, 0);
        assertThat(test.missing()).isEqualTo(1);
        assertThat(test.pValue()).isNaN();
    }

    @Test
    void holmAndBenjaminiHochbergByHand() {
        // sorted 0.005 0.01 0.03 0.04; Holm: 0.02, 0.03, 0.06, max(0.06, 0.04); BH: 0.02, 0.02, 0.04, 0.04
        assertThat(MultipleTests.holm(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, TIGHT);
        assertThat(MultipleTests.benjaminiHochberg(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.02, 0.04, 0.04, 0.02}, TIGHT);
        assertThat(MultipleTests.holm(0.6, 0.9)).containsExactly(new double[] {1, 1}, TIGHT);
        assertThatThrownBy(() -> MultipleTests.holm(0.5, 1.5)).hasMessageContaining("got 1.5 at position 1");
    }

    @Test
    void digitsAreShortAndTheSameEverywhere() {
        assertThat(Digits.significant(0.81234, 3)).isEqualTo("0.812");
        assertThat(Digits.significant(1500, 3)).isEqualTo("1500");
        assertThat(Digits.significant(-2.5e-7, 3)).isEqualTo("-2.5e-7");
        assertThat(Digits.significant(2e-3, 3)).isEqualTo("0.002");
        assertThat(Digits.significant(0, 3)).isEqualTo("0");
        assertThat(Digits.significant(Double.NaN, 3)).isEqualTo("NaN");
        assertThat(Digits.fixed(0.81, 3)).isEqualTo("0.810");
        assertThat(Digits.fixed(-0.0001, 2)).isEqualTo("0.00");
        assertThat(Digits.fixed(1e6, 0)).isEqualTo("1000000");
    }
}
