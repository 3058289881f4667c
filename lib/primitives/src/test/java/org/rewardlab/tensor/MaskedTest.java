package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.testing.Draws;

class MaskedTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, -4.6, 3.9, 77.7, 1000.3})
    void equalFloatsWhitenAsEqualDoublesDo(double constant) {
        for (int n : new int[] {2, 3, 5, 7, 13, 100}) {
            double[] expected = white(DataType.FLOAT64, constant, n);
            double[] actual = white(DataType.FLOAT32, constant, n);
            for (int i = 0; i < n; i++) {
                assertThat(actual[i])
                        .as("%s times %s", n, constant)
                        .isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, -4.6, 3.9, 77.7})
    void equalFloatsOfARowNormalizeToZero(double constant) {
        try (Draws draw = new Draws(1, DataType.FLOAT32)) {
            for (int n : new int[] {2, 3, 5, 7, 13, 50}) {
                double[] values = new double[n + 1];
                Arrays.fill(values, constant);
                NDArray mask = draw.of(values, 1, n + 1).onesLike();
                mask.set(new NDIndex("0, 0"), 0);
                double[] rows = Tensors.toDoubles(Masked.normalizeRows(draw.of(values, 1, n + 1), mask, 1e-8));
                assertThat(rows).as("%s times %s", n, constant).containsExactly(new double[n + 1], within(1e-9));
            }
        }
    }

    @Test
    void whitenedNumbersHaveMeanZeroAndDeviationOneAroundALargeOffset() {
        try (Draws draw = new Draws(11, DataType.FLOAT32)) {
            NDArray values = draw.normal(20, 50).add(3000);
            double[] white = Tensors.toDoubles(Masked.whiten(values, values.onesLike(), true));
            double mean = Arrays.stream(white).average().orElseThrow();
            double squares = Arrays.stream(white).map(w -> w * w).sum();
            assertThat(mean).isCloseTo(0, within(1e-5));
            assertThat(squares / (white.length - 1)).isCloseTo(1, within(1e-5));
        }
    }

    private static double[] white(DataType type, double constant, int n) {
        try (Draws draw = new Draws(1, type)) {
            double[] values = new double[n];
            Arrays.fill(values, (float) constant);
            NDArray array = draw.of(values, 1, n);
            return Tensors.toDoubles(Masked.whiten(array, array.onesLike(), true));
        }
    }
}
