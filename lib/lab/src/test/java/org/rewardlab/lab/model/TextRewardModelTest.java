package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

class TextRewardModelTest {
    private static final HashedText SMALL = new HashedText(16, 1, false, EnumSet.noneOf(StyleFeature.class));
    private static final SparseVector ONE = new SparseVector(new int[] {1, 3}, new float[] {2, -1});
    private static final SparseVector TWO = new SparseVector(new int[] {3, 15}, new float[] {4, 0.5f});
    private static final SparseVector NONE = new SparseVector(new int[0], new float[0]);

    @Test
    void linearRewardIsTheWeightedSumOfFeaturesAndItsGradientTheFeatures() {
        try (TextRewardModel model = TextRewardModel.linear(SMALL);
                Scope scope = Scope.open()) {
            NDArray weights = model.parameters().get(0);
            float[] numbers = new float[16];
            numbers[1] = 0.5f;
            numbers[3] = 2;
            numbers[15] = -1;
            weights.set(numbers);
            NDArray rewards = Gradients.record(() -> model.rewards(model.batch(List.of(ONE, NONE, TWO))));
            assertThat(Tensors.toDoubles(rewards)).containsExactly(-1, 0, 7.5);
            Gradients.backward(Gradients.record(rewards::sum));
            double[] expected = new double[16];
            expected[1] = 2;
            expected[3] = 3;
            expected[15] = 0.5;
            assertThat(Tensors.toDoubles(Gradients.of(weights))).containsExactly(expected);
        }
    }

    @Test
    void hiddenLayerComputesWhatPlainJavaComputes() {
        try (TextRewardModel model = TextRewardModel.mlp(SMALL, 3, 5);
                Scope scope = Scope.open()) {
            double[] in = Tensors.toDoubles(model.parameters().get(0));
            double[] out = Tensors.toDoubles(model.parameters().get(2));
            double expected = 0;
            for (int h = 0; h < 3; h++) {
                expected += out[h] * Math.tanh(2 * in[3 + h] - in[9 + h]);
            }
            assertThat(Tensors.toDoubles(model.rewards(model.batch(List.of(ONE))))[0])
                    .isCloseTo(expected, within(1e-6));
            assertThat(expected).isNotZero();
        }
    }

    @Test
    void preferencesFollowTheRewards() {
        try (TextRewardModel model = TextRewardModel.mlp(SMALL, 4, 1)) {
            double difference = model.reward("q", "alpha beta") - model.reward("q", "gamma");
            assertThat(difference).isNotZero();
            assertThat(model.preference("q", "alpha beta", "gamma"))
                    .isCloseTo(1 / (1 + Math.exp(-difference)), within(1e-9));
            assertThat(model.preference("q", "gamma", "alpha beta") + model.preference("q", "alpha beta", "gamma"))
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void parametersOutliveTheScopeTheyWereMadeInAndDieWithTheModel() {
        TextRewardModel model;
        try (NDScope cell = new NDScope()) {
            model = TextRewardModel.linear(SMALL);
        }
        assertThat(model.reward("", "still there")).isZero();
        model.close();
        model.close();
        assertThatThrownBy(() -> model.reward("", "gone")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void scoringManyTextsLeavesNoArrayBehind() {
        try (TextRewardModel model = TextRewardModel.linear(SMALL)) {
            int before =
                    model.parameters().get(0).getManager().getManagedArrays().size();
            for (int i = 0; i < 200; i++) {
                model.reward("p", "text " + i);
            }
            assertThat(model.parameters().get(0).getManager().getManagedArrays())
                    .hasSize(before);
        }
    }

    @Test
    void manyRowsGiveWhatOneRowGives() {
        try (TextRewardModel model = TextRewardModel.mlp(SMALL, 2, 3)) {
            List<SparseVector> rows = IntStream.range(0, 2500)
                    .mapToObj(i -> SMALL.of("", "text " + i + " and " + i % 7))
                    .toList();
            double[] margins = model.margins(
                    new EncodedPairs(rows, rows.stream().map(r -> NONE).toList()));
            double zero = model.reward("", "");
            for (int i : new int[] {0, 1023, 1024, 2499}) {
                assertThat(margins[i]).isCloseTo(model.reward("", "text " + i + " and " + i % 7) - zero, within(1e-6));
            }
        }
    }

    @Test
    void impossibleSizesAreRejected() {
        assertThatThrownBy(() -> TextRewardModel.mlp(SMALL, 0, 1)).hasMessageContaining("hidden");
        assertThatThrownBy(() -> new EncodedPairs(List.of(ONE), List.of())).hasMessageContaining("rejected");
        try (TextRewardModel model = TextRewardModel.linear(new HashedText(16, 1, true, Set.of()))) {
            assertThatThrownBy(() -> model.batch(List.of())).hasMessageContaining("rows");
        }
    }
}
