package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.testing.Draws;

class LogisticTest {

    @ParameterizedTest
    @ValueSource(doubles = {-30, -3, -1e-9, 0, 1e-300, 0.5, 1, 20, 36})
    void softplusIsExactToTheLastDigits(double x) {
        double exact = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        assertThat(Logistic.softplus(x)).isCloseTo(exact, within(4 * Math.ulp(exact)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-700, -3, 0, 0.5, 700})
    void theSigmoidIsTheSlopeOfSoftplusAndSumsToOneWithItsMirror(double x) {
        assertThat(Logistic.sigmoid(x)).isCloseTo(Math.exp(-Logistic.softplus(-x)), within(1e-15));
        assertThat(Logistic.sigmoid(x) + Logistic.sigmoid(-x)).isCloseTo(1, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e300, -3, 0, 0.5, 1e300})
    void aPointHoldsBoth(double x) {
        assertThat(Logistic.at(x)).isEqualTo(new Logistic.Point(Logistic.softplus(x), Logistic.sigmoid(x)));
    }

    @Test
    void numbersOfAnySizeOverflowNowhere() {
        assertThat(Logistic.softplus(1e300)).isEqualTo(1e300);
        assertThat(Logistic.softplus(-1e300)).isZero();
        assertThat(Logistic.sigmoid(1e300)).isOne();
        assertThat(Logistic.sigmoid(-1e300)).isZero();
    }

    @Test
    void aThousandNumbersFitAndMoreOrOthersDoNot() {
        try (Draws draws = new Draws(1)) {
            assertThat(Logistic.fits(draws.normal(1024))).isTrue();
            assertThat(Logistic.fits(draws.normal(1025))).isFalse();
            assertThat(Logistic.fits(draws.normal(4).toType(DataType.FLOAT16, false)))
                    .isFalse();
        }
    }
}
