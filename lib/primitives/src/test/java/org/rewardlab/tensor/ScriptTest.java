package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void takesArraysListsAndNumbersAndReturnsAList() {
        Script script = Script.of("""
                def all(self, x: Tensor, xs: List[Tensor], scale: float, power: int, negate: bool) -> List[Tensor]:
                  y = torch.mul(x, scale)
                  if negate:
                    y = torch.neg(y)
                  return [y, torch.pow(xs[1], power)]
                """);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Tensors.create(manager, new float[] {1, 2}, 2);
            NDArray y = Tensors.create(manager, new float[] {3, 4}, 2);
            NDArray[] results = script.callMany(x, new NDArray[] {x, y}, 0.5, 2L, true);
            assertThat(results[0].toFloatArray()).containsExactly(-0.5f, -1);
            assertThat(results[1].toFloatArray()).containsExactly(9, 16);
        }
    }

    @Test
    void anErrorInTheSourceShowsTheLine() {
        Script script = Script.of("def f(self, x: Tensor) -> Tensor:\n  return torch.no_such_operation(x)\n");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Tensors.create(manager, new float[] {1}, 1);
            assertThatThrownBy(() -> script.call(x)).hasMessageContaining("no_such_operation");
        }
    }

    @Test
    void anArgumentOfAnotherKindIsNamed() {
        Script script = Script.of("def f(self, x: Tensor) -> Tensor:\n  return x\n");
        assertThatThrownBy(() -> script.call("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void manyThreadsCompileAndCallItAtOnce() {
        Script script = Script.of("""
                def triple(self, x: Tensor) -> Tensor:
                  return torch.mul(x, 3.)
                """);
        boolean right = IntStream.range(0, 64).parallel().allMatch(i -> {
            try (NDManager manager = NDManager.newBaseManager()) {
                return script.call(Tensors.create(manager, new float[] {i}, 1)).toFloatArray()[0] == 3f * i;
            }
        });
        assertThat(right).isTrue();
    }

    @Test
    void anExceptionInsideLeavesNoArrayBehind() {
        Script script = Script.of("""
                def mismatch(self, x: Tensor, y: Tensor) -> Tensor:
                  return torch.matmul(x, y)
                """);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Tensors.create(manager, new float[] {1, 2}, 1, 2);
            assertThatThrownBy(() -> script.call(x, x)).hasMessageContaining("mat");
            assertThat(manager.getManagedArrays()).containsExactly(x);
        }
    }
}
