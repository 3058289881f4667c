package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class ValueCheckTest {

    @Test
    void namesTheArrayAndThePlaceOfANaN() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = Tensors.create(manager, new float[] {1, Float.NaN, 3}, 3);
            assertThatThrownBy(() -> ValueCheck.of().noNaN("logps", values).run())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("logps: expected numbers, got NaN at flat index 1");
        }
    }

    @Test
    void looksOnlyWhereTheMaskCounts() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = Tensors.create(manager, new float[] {1, Float.NaN}, 2);
            NDArray mask = Tensors.create(manager, new float[] {1, 0}, 2);
            assertThatCode(() -> ValueCheck.of().noNaN("values", values, mask).run())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void infinitiesOfBothSignsAreNoNaN() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = Tensors.create(manager, new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}, 2);
            assertThatCode(() -> ValueCheck.of().noNaN("values", values).run()).doesNotThrowAnyException();
        }
    }

    @Test
    void masksHoldZerosAndOnes() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray mask = Tensors.create(manager, new float[] {1, 0.5f}, 2);
            assertThatThrownBy(() -> ValueCheck.of().mask("mask", mask).run())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mask: expected nothing but 0 and 1, got 0.5");
        }
    }

    @Test
    void rangesNameTheNumberThatIsOutside() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = Tensors.create(manager, new float[] {0, 0.5f, 1}, 3);
            assertThatCode(() -> ValueCheck.of()
                            .within("p", values, 0, 1)
                            .below("p", values, 1.5)
                            .finite("p", values)
                            .run())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> ValueCheck.of().within("p", values, 0, 0.5).run())
                    .hasMessage("p: expected numbers in [0.0, 0.5], got 1.0 at flat index 2");
            assertThatThrownBy(() -> ValueCheck.of().below("p", values, 1).run())
                    .hasMessage("p: expected finite numbers below 1.0, got 1.0 at flat index 2");
            NDArray broken = Tensors.create(manager, new float[] {0, Float.NEGATIVE_INFINITY, Float.NaN}, 3);
            assertThatThrownBy(() -> ValueCheck.of().finite("p", broken).run())
                    .hasMessage("p: expected finite numbers, got -Infinity at flat index 1");
        }
    }

    @Test
    void trustedTensorsAreNotLookedAt() throws Exception {
        try (NDManager manager = NDManager.newBaseManager();
                AutoCloseable trust = ValueCheck.trusting()) {
            NDArray values = Tensors.create(manager, new float[] {Float.NaN}, 1);
            assertThatCode(() -> ValueCheck.of().noNaN("values", values).run()).doesNotThrowAnyException();
        }
    }
}
