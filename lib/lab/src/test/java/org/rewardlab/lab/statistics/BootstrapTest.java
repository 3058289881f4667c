package org.rewardlab.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    /** The 26 scores of task A in the spatial test data; Efron and Tibshirani 1993, table 14.1. */
    private static final double[] SPATIAL = {
        48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41
    };

    private static final Statistic VARIANCE = values -> {
        double mean = Summary.mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / values.length;
    };

    @Test
    void percentileIntervalOfTheSpatialDataIsThatOfTheBook() {
        // Table 14.2 gives (100.8, 233.9) from 2000 resamples; a run of 200,000 in SciPy 1.17 gives (97.8, 235.6).
        Interval interval = new Bootstrap(20_000, 0.90, 1).percentile(SPATIAL, VARIANCE);
        assertThat(interval.estimate()).isCloseTo(171.534, within(1e-3));
        assertThat(interval.low()).isCloseTo(97.8, within(2.5));
        assertThat(interval.high()).isCloseTo(235.6, within(2.5));
    }

    @Test
    void bcaIntervalOfTheSpatialDataIsThatOfTheBook() {
        // Table 14.2 gives (115.8, 259.6); SciPy 1.17 with 200,000 resamples (115.4, 260.9).
        Interval interval = new Bootstrap(20_000, 0.90, 1).bca(SPATIAL, VARIANCE);
        assertThat(interval.low()).isCloseTo(115.6, within(2.5));
        assertThat(interval.high()).isCloseTo(260.5, within(3.5));
    }

    @Test
    void sameSeedGivesTheSameInterval() {
        assertThat(Bootstrap.standard().mean(SPATIAL))
                .isEqualTo(Bootstrap.standard().mean(SPATIAL));
        assertThat(new Bootstrap(200, 0.95, 1).mean(SPATIAL)).isNotEqualTo(new Bootstrap(200, 0.95, 2).mean(SPATIAL));
    }

    @Test
    void pairedDifferenceIgnoresWhatPairsShare() {
        double[] a = {100.5, 3.4, -40.6, 7.5};
        double[] b = {100, 3, -41, 7};
        Interval interval = Bootstrap.standard().pairedDifference(a, b);
        assertThat(interval.estimate()).isCloseTo(0.45, within(1e-12));
        assertThat(interval.low()).isBetween(0.39, 0.45);
        assertThat(interval.high()).isBetween(0.45, 0.51);
        assertThatThrownBy(() -> Bootstrap.standard().pairedDifference(a, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 4 values")
                .hasMessageContaining("got 3");
    }

    @Test
    void strataAreRedrawnWithinThemselves() {
        List<double[]> strata = List.of(new double[] {0, 0, 0}, new double[] {10, 10, 10});
        Interval interval = Bootstrap.standard().stratified(strata, Summary::mean);
        assertThat(interval).isEqualTo(new Interval(5, 5, 5, 0.95));
        assertThat(Bootstrap.standard().mean(0, 0, 0, 10, 10, 10).low()).isLessThan(3);
    }

    @Test
    void coversTheTrueMeanAboutAsOftenAsItSays() {
        Random random = new Random(3);
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            double[] sample = random.doubles(40).toArray();
            covered += new Bootstrap(400, 0.9, trial).mean(sample).contains(0.5) ? 1 : 0;
        }
        assertThat(covered / 400.0).isBetween(0.84, 0.95);
    }

    @Test
    void missingValueOrSingleSampleGivesNoInterval() {
        Interval missing = Bootstrap.standard().mean(1, Double.NaN, 3);
        assertThat(missing.known()).isFalse();
        assertThat(missing.estimate()).isNaN();
        Interval single = Bootstrap.standard().bca(new double[] {2}, Summary::mean);
        assertThat(single.known()).isFalse();
        assertThat(single.estimate()).isEqualTo(2);
    }

    @Test
    void bcaOfEqualValuesIsThatValue() {
        assertThat(Bootstrap.standard().bca(new double[] {2, 2, 2}, Summary::mean))
                .isEqualTo(new Interval(2, 2, 2, 0.95));
    }

    @Test
    void refusesFewResamplesAndLevelsThatAreNone() {
        assertThatThrownBy(() -> new Bootstrap(99, 0.95, 1)).hasMessageContaining("resamples: expected at least 100");
        assertThatThrownBy(() -> new Bootstrap(100, 1, 1)).hasMessageContaining("level: expected a number in (0, 1)");
        assertThatThrownBy(() -> Bootstrap.standard().stratified(List.of(), Summary::mean))
                .hasMessageContaining("strata");
    }
}
