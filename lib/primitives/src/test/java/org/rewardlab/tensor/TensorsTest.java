package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorsTest {

    private static final Script PRODUCT = Script.of("""
            def product(self, x: Tensor, y: Tensor) -> Tensor:
              return torch.sum(torch.mul(torch.mul(x, y), 3.))
            """);

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64", "INT64"})
    void numbersComeBackAsTheyWentIn(DataType type) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray array = Tensors.create(manager, new double[] {1, -2, 3, 4, 5, 6}, type, 2, 3);
            assertThat(array.getDataType()).isEqualTo(type);
            assertThat(Tensors.toRows(array)).isDeepEqualTo(new double[][] {{1, -2, 3}, {4, 5, 6}});
        }
    }

    @Test
    void stridedAndBooleanArraysAreReadInRowMajorOrder() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray array = Tensors.create(manager, new float[] {1, 2, 3, 4}, 2, 2);
            NDArray transposed = array.transpose();
            assertThat(Tensors.toDoubles(transposed)).containsExactly(1, 3, 2, 4);
            assertThat(Tensors.toDoubles(array.gt(array.duplicate()))).containsExactly(0, 0, 0, 0);
        }
    }

    @Test
    void emptyArraysArePossible() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(Tensors.toDoubles(Tensors.create(manager, new float[0], 0, 3)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.7, -0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void integersAreMadeOfWholeNumbersAlone(double number) {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> Tensors.create(manager, new double[] {1, number}, DataType.INT64, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("values: expected a whole number, got " + number);
        }
    }

    @Test
    void aSizeThatDoesNotFitIsRejected() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> Tensors.create(manager, new float[] {1, 2, 3}, 2, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("values: expected 4 numbers for shape (2, 2), got 3");
        }
    }

    /** With {@code manager.create} this fails every time: the Java memory behind the closed arrays is used again. */
    @Test
    void viewsAndGradientsOutliveTheArraysTheyCameFrom() throws InterruptedException {
        for (int repetition = 0; repetition < 5; repetition++) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray seven = Tensors.create(manager, new float[] {7, 7, 7, 7}, 4);
                NDArray view = seven.reshape(2, 2);
                seven.close();
                NDArray x = Gradients.leaf(Tensors.create(manager, new float[] {1, 2, 3, 4}, 4));
                NDArray five = Tensors.create(manager, new float[] {5, 5, 5, 5}, 4);
                NDArray loss = Gradients.record(() -> PRODUCT.call(x, five));
                five.close();
                overwriteFreedMemory();
                Gradients.backward(loss);
                assertThat(Gradients.of(x).toFloatArray()).containsExactly(15, 15, 15, 15);
                assertThat(view.toFloatArray()).containsExactly(7, 7, 7, 7);
            }
        }
    }

    private static void overwriteFreedMemory() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(10);
        }
        List<ByteBuffer> rubbish = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            for (int size : new int[] {4, 16}) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                while (buffer.hasRemaining()) {
                    buffer.put((byte) 0x41);
                }
                rubbish.add(buffer);
            }
        }
        assertThat(rubbish).hasSize(4000);
    }
}
