package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

class AdamWTest {
    @Test
    void followsTheFormulaStepByStep() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray leaf = Tensors.create(manager, new float[] {1, -2}, 2);
            leaf.setRequiresGradient(true);
            double[] p = {1, -2};
            double[] m = new double[2];
            double[] v = new double[2];
            try (AdamW optimizer = new AdamW(List.of(leaf), 0.1, 0.5)) {
                for (int t = 1; t <= 5; t++) {
                    AdamW.Norms norms = step(leaf, optimizer);
                    double squares = 0;
                    for (int i = 0; i < 2; i++) {
                        double g = 2 * p[i]; // derivative of the sum of squares
                        squares += g * g;
                        m[i] = 0.9 * m[i] + 0.1 * g;
                        v[i] = 0.999 * v[i] + 0.001 * g * g;
                        p[i] -= 0.1 * 0.5 * p[i];
                        p[i] -= 0.1
                                * (m[i] / (1 - Math.pow(0.9, t)))
                                / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
                    }
                    assertThat(norms.gradients()).isCloseTo(Math.sqrt(squares), within(1e-4));
                    assertThat(norms.parameters()).isCloseTo(Math.hypot(p[0], p[1]), within(1e-5));
                    assertThat(Tensors.toDoubles(leaf))
                            .usingComparatorWithPrecision(1e-5)
                            .containsExactly(p);
                }
            }
        }
    }

    private static AdamW.Norms step(NDArray leaf, AdamW optimizer) {
        try (Scope scope = Scope.open()) {
            Gradients.backward(Gradients.record(() -> leaf.square().sum()));
            return optimizer.step();
        }
    }

    @Test
    void thousandStepsLeaveNoArrayBehind() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray leaf = Tensors.create(manager, new float[] {1, -2}, 2);
            leaf.setRequiresGradient(true);
            try (AdamW optimizer = new AdamW(List.of(leaf), 0.01, 0)) {
                step(leaf, optimizer);
                int before = manager.getManagedArrays().size();
                for (int i = 0; i < 1000; i++) {
                    step(leaf, optimizer);
                }
                assertThat(manager.getManagedArrays()).hasSize(before);
                assertThat(Tensors.toDoubles(leaf)[0]).isCloseTo(0, within(0.01));
            }
        }
    }

    @Test
    void ratesOutOfRangeAreRejected() {
        assertThatThrownBy(() -> new AdamW(List.of(), 0, 0)).hasMessageContaining("learningRate");
        assertThatThrownBy(() -> new AdamW(List.of(), 0.1, -1)).hasMessageContaining("weightDecay");
    }
}
