package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

class CausalLmTest {

    private static final Script MEAN_NEGATIVE = Script.of("""
            def loss(self, x: Tensor) -> Tensor:
              return torch.neg(torch.mean(x))
            """);

    static Stream<TransformerConfig> shapes() {
        TransformerConfig tiny = TransformerConfig.of(11, 16, 2, 4, 12);
        return Stream.of(
                tiny,
                tiny.withKvHeads(2),
                new TransformerConfig(
                        13,
                        24,
                        2,
                        4,
                        1,
                        8,
                        40,
                        16,
                        new Rope(500, 1, new Rope.Llama3(8, 1, 4, 8)),
                        1e-6,
                        true,
                        false,
                        false,
                        false));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void logitsAreThoseOfPlainLoops(TransformerConfig config) {
        try (CausalLm model = CausalLm.create(config, 7);
                NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            louder(model);
            long[] ids = {1, 4, 2, 9, 0, 3, 3, 10};
            double[][] expected = new SlowTransformer(config, model.namedWeights())
                    .logits(Stream.of(1, 4, 2, 9, 0, 3, 3, 10)
                            .mapToInt(Integer::intValue)
                            .toArray());
            double[] actual = Tensors.toDoubles(model.logits(Tensors.create(manager, ids, 1, ids.length)));
            double largest = 0;
            for (int t = 0, k = 0; t < ids.length; t++) {
                for (int v = 0; v < config.vocabSize(); v++, k++) {
                    assertThat(actual[k]).as("t %s v %s", t, v).isCloseTo(expected[t][v], within(1e-5));
                    largest = Math.max(largest, Math.abs(expected[t][v]));
                }
            }
            assertThat(largest).isGreaterThan(0.1);
        }
    }

    /** Weights far from 0 and norms far from 1, so that no part of a block can be left out unnoticed. */
    private static void louder(CausalLm model) {
        Script scale = Script.of("""
                def louder(self, x: Tensor) -> Tensor:
                  return torch.add_(torch.mul_(x, 3.), 0.03)
                """);
        model.namedWeights().values().forEach(scale::call);
    }

    @Test
    void paddingOnTheRightChangesNothingBefore() {
        try (CausalLm model = CausalLm.create(TransformerConfig.of(11, 16, 2, 4, 12), 7);
                NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            double[] alone = Tensors.toDoubles(model.logps(Tensors.create(manager, new long[] {1, 4, 2}, 1, 3)));
            double[] padded =
                    Tensors.toDoubles(model.logps(Tensors.create(manager, new long[] {1, 4, 2, 0, 0, 0}, 1, 6)));
            assertThat(padded[0]).isCloseTo(alone[0], within(1e-6));
            assertThat(padded[1]).isCloseTo(alone[1], within(1e-6));
        }
    }

    @Test
    void aCopySharesNothingAndIsFrozen() {
        try (CausalLm model = CausalLm.create(TransformerConfig.of(11, 16, 1, 2, 12), 7);
                CausalLm copy = model.copy();
                NDManager manager = NDManager.newBaseManager()) {
            NDArray ids = Tensors.create(manager, new long[] {1, 4, 2}, 1, 3);
            double[] before = Tensors.toDoubles(copy.logps(ids));
            descend(model, ids);
            assertThat(Tensors.toDoubles(copy.logps(ids))).containsExactly(before);
            assertThat(Tensors.toDoubles(model.logps(ids))).isNotEqualTo(before);
            assertThat(copy.parameters()).noneMatch(NDArray::hasGradient);
        }
    }

    @Test
    void adaptersStartAsNothingLearnAloneAndMerge() {
        try (CausalLm model = CausalLm.create(TransformerConfig.of(11, 16, 2, 4, 12), 7);
                NDManager manager = NDManager.newBaseManager()) {
            NDArray ids = Tensors.create(manager, new long[] {1, 4, 2, 5}, 1, 4);
            double[] plain = Tensors.toDoubles(model.logps(ids));
            double[] base = queries(model);
            model.withLora(new LoraConfig(2, 4, List.of("q_proj", "v_proj", "down_proj")), 3);
            assertThat(Tensors.toDoubles(model.logps(ids))).containsExactly(plain);
            for (int i = 0; i < 3; i++) {
                descend(model, ids);
            }
            double[] learned = Tensors.toDoubles(model.logps(ids));
            assertThat(learned).isNotEqualTo(plain);
            assertThat(queries(model)).containsExactly(base);
            model.mergeLora();
            double[] merged = Tensors.toDoubles(model.logps(ids));
            for (int t = 0; t < merged.length; t++) {
                assertThat(merged[t]).isCloseTo(learned[t], within(1e-5));
            }
        }
    }

    private static double[] queries(CausalLm model) {
        return Tensors.toDoubles(model.weight("model.layers.0.self_attn.q_proj.weight"));
    }

    private static void descend(CausalLm model, NDArray ids) {
        Script step = Script.of("""
                def step(self, w: Tensor, g: Tensor) -> Tensor:
                  return torch.sub_(w, torch.mul(g, 0.5))
                """);
        try (Scope scope = Scope.open()) {
            Gradients.backward(Gradients.record(() -> MEAN_NEGATIVE.call(model.logps(ids))));
            try (GradientMode mode = GradientMode.paused()) {
                for (NDArray parameter : model.parameters()) {
                    step.call(parameter, Gradients.of(parameter));
                    Gradients.zero(parameter);
                }
            }
        }
    }

    @Test
    void tooLongSequencesAreRejected() {
        try (CausalLm model = CausalLm.create(TransformerConfig.of(11, 16, 1, 2, 4), 7);
                NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> model.hidden(Tensors.create(manager, new long[5], 1, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ids: expected at most 4 tokens a row, got 5");
        }
    }
}
