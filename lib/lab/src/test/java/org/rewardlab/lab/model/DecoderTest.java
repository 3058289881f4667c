package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

class DecoderTest {

    private static final List<int[]> PROMPTS = List.of(new int[] {1}, new int[] {4, 2, 9}, new int[] {3, 3, 3, 3, 7});

    private static final Script MOVE = Script.of("""
            def move(self, x: Tensor, by: Tensor) -> Tensor:
              return torch.add_(x, by)
            """);

    private static TransformerConfig config(boolean attentionBias, boolean tied, boolean otherBiases) {
        return new TransformerConfig(
                11, 16, 2, 4, 2, 6, 20, 60, Rope.plain(10_000), 1e-2, attentionBias, tied, otherBiases, otherBiases);
    }

    static Stream<CausalLm> models() {
        return Stream.of(
                moved(CausalLm.create(config(false, true, false), 1)),
                moved(CausalLm.create(config(true, false, true), 2)),
                moved(moved(CausalLm.create(config(true, true, false), 3)).withLora(new LoraConfig(2), 4)));
    }

    /** Gives every weight numbers of its own, biases, norms and adapters too. */
    private static CausalLm moved(CausalLm model) {
        SplittableRandom random = new SplittableRandom(9);
        try (GradientMode mode = GradientMode.paused();
                NDManager manager = NDManager.newBaseManager()) {
            for (NDArray weight : model.parameters()) {
                double[] by = random.doubles(weight.size(), -0.5, 0.5).toArray();
                MOVE.call(
                        weight,
                        Tensors.create(
                                manager, by, model.dataType(), weight.getShape().getShape()));
            }
        }
        return model;
    }

    @ParameterizedTest
    @MethodSource("models")
    void packedAndPlainMatricesDrawTheSameTokens(CausalLm model) {
        try (model) {
            for (List<int[]> prompts : List.of(PROMPTS, PROMPTS.subList(2, 3))) {
                Decoder.Drawn packed = drawn(model, prompts, true);
                Decoder.Drawn plain = drawn(model, prompts, false);
                assertThat(packed.tokens()).isDeepEqualTo(plain.tokens());
                for (int b = 0; b < prompts.size(); b++) {
                    double[] fresh = fresh(model, prompts.get(b), packed.tokens()[b]);
                    for (int i = 0; i < fresh.length; i++) {
                        assertThat(packed.logps()[b][i]).isCloseTo(fresh[i], within(2e-4));
                        assertThat(plain.logps()[b][i]).isCloseTo(fresh[i], within(2e-4));
                    }
                }
            }
        }
    }

    /** Two chunks, so that the second starts from filled caches. */
    private static Decoder.Drawn drawn(CausalLm model, List<int[]> prompts, boolean packed) {
        SplittableRandom random = new SplittableRandom(2);
        Decoder.Filters filters = new Decoder.Filters(0.9, 0, 1, 0, 1, 0);
        try (Decoder decoder = Decoder.start(model, prompts, 24, packed)) {
            List<Decoder.Drawn> chunks = new ArrayList<>();
            for (int chunk = 0; chunk < 2; chunk++) {
                double[][] uniform = new double[prompts.size()][];
                Arrays.setAll(uniform, b -> random.doubles(12).toArray());
                chunks.add(decoder.next(uniform, filters, List.of()));
            }
            int[][] tokens = new int[prompts.size()][];
            double[][] logps = new double[prompts.size()][];
            for (int b = 0; b < tokens.length; b++) {
                int row = b;
                tokens[b] = chunks.stream()
                        .flatMapToInt(chunk -> Arrays.stream(chunk.tokens()[row]))
                        .toArray();
                logps[b] = chunks.stream()
                        .flatMapToDouble(chunk -> Arrays.stream(chunk.logps()[row]))
                        .toArray();
            }
            return new Decoder.Drawn(tokens, logps, logps);
        }
    }

    private static double[] fresh(CausalLm model, int[] prompt, int[] tokens) {
        long[] ids = Stream.of(prompt, tokens)
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            double[] all = Tensors.toDoubles(model.logps(Tensors.create(manager, ids, 1, ids.length), 0.9));
            return Arrays.copyOfRange(all, prompt.length - 1, all.length);
        }
    }
}
