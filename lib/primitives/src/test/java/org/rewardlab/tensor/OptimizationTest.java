package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.testing.Draws;

class OptimizationTest {

    private static final Script CUBE = Script.of("""
            def cube(self, x: Tensor, y: Tensor) -> Tensor:
              return torch.add(torch.sum(torch.mul(torch.mul(x, x), x)), torch.sum(torch.mul(y, 2.)))
            """);

    /** Gathers the gradient of {@code sum x^3 + sum 2 y}: 3 x^2 and 2. */
    private static void backward(Parameters parameters) {
        try (Scope scope = Scope.open()) {
            Gradients.backward(Gradients.record(() -> CUBE.call(parameters.get("x"), parameters.get("y"))));
        }
    }

    private static Parameters parameters(Draws draw) {
        Parameters parameters = Parameters.create();
        parameters.add("x", draw.of(new double[] {1, -2, 0.5, 3, -0.1, 0.7}, 2, 3));
        parameters.add("y", draw.of(new double[] {0.25, 4}, 2));
        parameters.add("unused", draw.of(new double[] {7}, 1));
        return parameters;
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void stepsFollowTheFormula(DataType type) {
        AdamW adamW = new AdamW(0.1, 0.8, 0.95, 1e-3, 0.3);
        try (Draws draw = new Draws(1, type);
                Parameters parameters = parameters(draw)) {
            double[] x = Tensors.toDoubles(parameters.get("x"));
            double[] m = new double[x.length];
            double[] v = new double[x.length];
            AdamW.Moments moments = adamW.initial(parameters.list());
            for (int t = 1; t <= 12; t++) {
                double rate = 0.1 / t;
                backward(parameters);
                moments = adamW.withLearningRate(rate).step(parameters.list(), moments);
                parameters.zeroGradients();
                for (int i = 0; i < x.length; i++) {
                    double g = 3 * x[i] * x[i];
                    x[i] *= 1 - rate * 0.3;
                    m[i] = 0.8 * m[i] + 0.2 * g;
                    v[i] = 0.95 * v[i] + 0.05 * g * g;
                    double root = Math.sqrt(v[i] / (1 - Math.pow(0.95, t))) + 1e-3;
                    x[i] -= rate * m[i] / (1 - Math.pow(0.8, t)) / root;
                }
                assertThat(Tensors.toDoubles(parameters.get("x")))
                        .containsExactly(x, Offset.offset(type == DataType.FLOAT64 ? 1e-6 : 1e-4));
            }
            assertThat(moments.steps()).isEqualTo(12);
            assertThat(Tensors.toDoubles(parameters.get("unused"))).containsExactly(7);
            assertThat(Tensors.toDoubles(moments.first().get(0))).containsExactly(m, Offset.offset(1e-4));
        }
    }

    @Test
    void clippingScalesAllGradientsTogether() {
        try (Draws draw = new Draws(1);
                Parameters parameters = parameters(draw);
                Scope scope = Scope.open()) {
            backward(parameters);
            double[] before = Tensors.toDoubles(Gradients.of(parameters.get("x")));
            double length = 0;
            for (double slope : before) {
                length += slope * slope;
            }
            length = Math.sqrt(length + 8);
            assertThat(GradientNorm.of(parameters.list())).isCloseTo(length, Offset.offset(1e-12));
            assertThat(GradientNorm.clip(parameters.list(), 100)).isCloseTo(length, Offset.offset(1e-12));
            assertThat(Tensors.toDoubles(Gradients.of(parameters.get("x")))).containsExactly(before);
            assertThat(GradientNorm.clip(parameters.list(), 1.5)).isCloseTo(length, Offset.offset(1e-12));
            double scale = 1.5 / (length + 1e-6);
            assertThat(Tensors.toDoubles(Gradients.of(parameters.get("y"))))
                    .containsExactly(new double[] {2 * scale, 2 * scale}, Offset.offset(1e-12));
            assertThat(GradientNorm.of(List.of(parameters.get("unused")))).isZero();
            assertThat(GradientNorm.clip(List.of(), 1)).isZero();
        }
    }

    @Test
    void aStepLeavesNothingButItsParameters() {
        AdamW adamW = new AdamW(0.01);
        try (Draws draw = new Draws(2);
                Parameters parameters = parameters(draw)) {
            AdamW.Moments moments = adamW.initial(parameters.list());
            int before = 0;
            for (int step = 0; step < 50; step++) {
                backward(parameters);
                GradientNorm.clip(parameters.list(), 1);
                moments = adamW.step(parameters.list(), moments);
                parameters.zeroGradients();
                int now = parameters.manager().getManagedArrays().size();
                assertThat(step < 2 || now == before).isTrue();
                before = now;
            }
            assertThat(before).isEqualTo(9); // three parameters with two moments each
            moments.close();
            assertThat(parameters.manager().getManagedArrays()).hasSize(3);
        }
    }

    @Test
    void parametersOutliveTheScopeTheyWereMadeIn() {
        try (Draws draw = new Draws(3)) {
            Parameters parameters = Parameters.create();
            try (Scope scope = Scope.open()) {
                parameters.add("x", draw.of(new double[] {1, 2}, 2));
            }
            try (parameters;
                    Parameters snapshot = parameters.copy()) {
                assertThat(parameters.names()).containsExactly("x");
                assertThat(parameters.size()).isEqualTo(2);
                NDArray x = parameters.get("x");
                assertThat(x.hasGradient()).isTrue();
                try (GradientMode mode = GradientMode.paused()) {
                    x.addi(x);
                }
                assertThat(Tensors.toDoubles(x)).containsExactly(2, 4);
                parameters.set(snapshot);
                assertThat(Tensors.toDoubles(x)).containsExactly(1, 2);
                assertThat(parameters.setTrainable(false).get("x").hasGradient())
                        .isFalse();
                assertThat(parameters).hasToString("Parameters(1 arrays, 2 numbers)");
            }
        }
    }

    @Test
    void namesWhatIsWrong() {
        try (Draws draw = new Draws(4);
                Parameters one = Parameters.create();
                Parameters other = Parameters.create()) {
            one.add("x", draw.vector(1, 2));
            assertThatThrownBy(() -> one.add("x", draw.vector(1)))
                    .hasMessage("name: expected one not among [x], got x");
            assertThatThrownBy(() -> one.get("y")).hasMessage("name: expected one of [x], got y");
            assertThatThrownBy(() -> one.add("ids", draw.integers(1))).hasMessageStartingWith("ids: expected floating");
            assertThatThrownBy(() -> one.set(other)).hasMessageStartingWith("other: expected parameters named [x]");
            other.add("x", draw.vector(1));
            assertThatThrownBy(() -> one.set(other)).hasMessageStartingWith("other x: expected the shape");
            AdamW adamW = new AdamW(0.1);
            assertThatThrownBy(() -> adamW.step(one.list(), adamW.initial(List.of())))
                    .hasMessageStartingWith("moments: expected one for each of 1 parameters");
            assertThatThrownBy(() -> GradientNorm.clip(one.list(), 0)).hasMessageStartingWith("bound: expected");
            assertThatThrownBy(() -> new AdamW(-1)).hasMessageStartingWith("learningRate: expected");
            assertThatThrownBy(() -> new AdamW(1, 1, 0, 0, 0)).hasMessageStartingWith("beta1: expected");
            assertThatThrownBy(() -> new AdamW(1, 0, 1, 0, 0)).hasMessageStartingWith("beta2: expected");
            assertThatThrownBy(() -> new AdamW(1, 0, 0, -1, 0)).hasMessageStartingWith("epsilon: expected");
            assertThatThrownBy(() -> adamW.withWeightDecay(-1)).hasMessageStartingWith("weightDecay: expected");
        }
    }
}
