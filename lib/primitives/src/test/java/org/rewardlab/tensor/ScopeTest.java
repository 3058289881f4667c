package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class ScopeTest {

    @Test
    void freesWhatWasMadeInsideAndKeepsWhatIsKept() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Tensors.create(manager, new float[] {1, 2, 3}, 3);
            NDArray dropped;
            NDArray kept;
            try (Scope scope = Scope.open()) {
                dropped = x.add(x);
                kept = scope.keep(dropped.mul(x));
            }
            assertThat(dropped.isReleased()).isTrue();
            assertThat(kept.toFloatArray()).containsExactly(2, 8, 18);
            assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(x, kept);
        }
    }

    @Test
    void handsWhatIsKeptToTheScopeAround() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Tensors.create(manager, new float[] {1}, 1);
            NDArray result;
            try (Scope outer = Scope.open()) {
                try (Scope inner = Scope.open()) {
                    result = inner.keep(x.add(x));
                }
                assertThat(result.isReleased()).isFalse();
            }
            assertThat(result.isReleased()).isTrue();
        }
    }

    @Test
    void freesEverythingWhenTheComputationThrows() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Tensors.create(manager, new float[] {1, 2}, 2);
            try (Scope scope = Scope.open()) {
                x.add(x);
                throw new IllegalStateException("half way");
            } catch (IllegalStateException e) {
                assertThat(manager.getManagedArrays()).containsExactly(x);
            }
        }
    }
}
