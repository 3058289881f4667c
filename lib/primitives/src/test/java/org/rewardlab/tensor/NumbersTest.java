package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

class NumbersTest {

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64", "INT64"})
    void stretchesAreReadFromWhereTheyAreAskedFor(DataType type) {
        try (Draws draw = new Draws(1)) {
            NDArray array = Tensors.create(draw.manager(), new double[] {0, 1, 2, 3, 4, 5}, type, 2, 3);
            NDArray turned = array.transpose();
            int before = LiveArrays.in(draw.manager());
            double[] some = new double[3];
            try (Numbers numbers = Numbers.of(array)) {
                assertThat(numbers.size()).isEqualTo(6);
                numbers.read(2, some, 3);
                assertThat(some).containsExactly(2, 3, 4);
                numbers.read(5, some, 1);
                assertThat(some).containsExactly(5, 3, 4);
            }
            try (Numbers numbers = Numbers.of(turned)) { // row-major order of the view, not of its memory
                numbers.read(0, some, 3);
                assertThat(some).containsExactly(0, 3, 1);
            }
            assertThat(LiveArrays.in(draw.manager())).isEqualTo(before);
        }
    }

    @Test
    void whatIsWrittenIsReadBackAndIntegersAreNotWritten() {
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            try (Draws draw = new Draws(1, type)) {
                NDArray array = draw.vector(1, 2, 3, 4);
                try (Numbers numbers = Numbers.of(array)) {
                    numbers.write(1, new double[] {8, 9, 10}, 2);
                }
                assertThat(Tensors.toDoubles(array)).containsExactly(1, 8, 9, 4);
                NDArray integers = draw.integers(1);
                try (Numbers numbers = Numbers.of(integers)) {
                    assertThatThrownBy(() -> numbers.write(0, new double[] {1}, 1))
                            .hasMessage("array: expected float32 or float64, got int64");
                }
                try (Numbers none = Numbers.of(draw.vector())) {
                    assertThat(none.size()).isZero();
                }
            }
        }
    }
}
