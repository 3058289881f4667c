package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

class PretrainedModelTest {

    private static final int LENGTH = 24;

    @TempDir
    Path folder;

    /** A config, the tensors that belong to it, and its rotations by the formulas of the papers. */
    record Case(String name, String config, String biases, boolean head, String type, int files, Turns turns) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Radians per position of pair i. */
    interface Turns {
        double at(int i, int headSize, int length);
    }

    private static final Turns PLAIN = (i, size, length) -> Math.pow(10_000, -2.0 * i / size);
    private static final Turns LINEAR = (i, size, length) -> Math.pow(500_000, -2.0 * i / size) / 4;

    /** Chen et al. and the reports of 2023: the base grows with the sequence beyond the 16 positions of training. */
    private static final Turns DYNAMIC = (i, size, length) -> {
        double base = 10_000 * Math.pow(2.0 * length / 16 - 1, size / (size - 2.0));
        return 1 / Math.pow(base, 2.0 * i / size);
    };

    /** Llama 3.1: wave lengths over 32 are stretched 8 times, those under 8 stay, in between by interpolation. */
    private static final Turns LLAMA3 = (i, size, length) -> {
        double frequency = Math.pow(500_000, -2.0 * i / size);
        DoubleUnaryOperator smooth = w -> (32 / w - 1) / (4 - 1);
        double wave = 2 * Math.PI / frequency;
        if (wave > 32) {
            return frequency / 8;
        }
        double s = smooth.applyAsDouble(wave);
        return wave < 8 ? frequency : (1 - s) * frequency / 8 + s * frequency;
    };

    private static String config(String type, int positions, String more) {
        return """
                {"architectures": ["X"], "model_type": "%s", "vocab_size": 37, "hidden_size": 24, "intermediate_size": 40,
                 "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "hidden_act": "silu",
                 "max_position_embeddings": %s, "rms_norm_eps": 1e-6, "bos_token_id": 1, %s}""".formatted(type, positions, more);
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("llama, untied, F32", config("llama", 64, "\"head_dim\": 8"), "", true, "F32", 1, PLAIN),
                new Case("llama 3.1, tied, BF16, shards", config("llama", 64, """
                                "head_dim": 8, "rope_theta": 500000.0, "tie_word_embeddings": true, "rope_scaling":
                                {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                                 "original_max_position_embeddings": 32}"""), "", false, "BF16", 3, LLAMA3),
                new Case(
                        "qwen2, biases, F16, shards",
                        config(
                                "qwen2",
                                64,
                                "\"head_dim\": 8, \"tie_word_embeddings\": true, \"sliding_window\": 5,"
                                        + "\"use_sliding_window\": false"),
                        "qkv",
                        false,
                        "F16",
                        2,
                        PLAIN),
                new Case(
                        "llama with all biases, linear scaling by its old name",
                        config("llama", 64, """
                                "head_dim": 8, "attention_bias": true, "mlp_bias": true, "rope_theta": 500000,
                                "rope_scaling": {"type": "linear", "factor": 4.0}"""),
                        "qkv o mlp",
                        true,
                        "BF16",
                        1,
                        LINEAR),
                new Case(
                        "dynamic scaling beyond the length of training",
                        config(
                                "llama",
                                16,
                                "\"head_dim\": 8, \"rope_scaling\": {\"rope_type\": \"dynamic\","
                                        + " \"factor\": 2.0}"),
                        "",
                        true,
                        "F32",
                        1,
                        DYNAMIC),
                new Case("newer files: rope_parameters", config("mistral", 64, """
                                "head_dim": 8, "sliding_window": 4096, "rope_parameters":
                                {"rope_type": "linear", "factor": 4, "rope_theta": 500000}"""), "", true, "F32", 1, LINEAR));
    }

    private CheckpointFixture write(Case c) throws IOException {
        CheckpointFixture fixture = new CheckpointFixture(11);
        fixture.model(37, 24, 2, 32, 16, 40, c.biases(), c.head());
        fixture.write(folder, c.type(), c.files());
        Files.writeString(folder.resolve("config.json"), c.config());
        return fixture;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logitsAreThoseOfAnIndependentComputationInDoubles(Case c) throws IOException {
        CheckpointFixture fixture = write(c);
        try (CausalLm model = CausalLm.load(folder)) {
            double[] turns = IntStream.range(0, 4)
                    .mapToDouble(i -> c.turns().at(i, 8, LENGTH))
                    .toArray();
            check(model, new SlowTransformer(model.config(), turns, fixture.numbers));
        }
    }

    private static void check(CausalLm model, SlowTransformer slow) {
        int[] ids =
                IntStream.range(0, LENGTH).map(t -> (t * t + 5 * t + 3) % 37).toArray();
        double[][] expected = slow.logits(ids);
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open();
                NDManager manager = NDManager.newBaseManager()) {
            long[] row = IntStream.of(ids).asLongStream().toArray();
            double[] actual = Tensors.toDoubles(model.logits(Tensors.create(manager, row, 1, LENGTH)));
            double largest = 0;
            for (int k = 0; k < actual.length; k++) {
                double wanted = expected[k / 37][k % 37];
                assertThat(actual[k]).as("t %s v %s", k / 37, k % 37).isCloseTo(wanted, within(1e-5));
                largest = Math.max(largest, Math.abs(wanted));
            }
            assertThat(largest).isGreaterThan(0.5);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsSavedLoadsAgainAndComputesTheSame(Case c) throws IOException {
        CheckpointFixture fixture = write(c);
        Path copy = folder.resolve("copy");
        Path shards = folder.resolve("shards");
        TransformerConfig config;
        try (CausalLm model = CausalLm.load(folder)) {
            config = model.config();
            model.save(copy, RawType.of(model.dataType()), Long.MAX_VALUE);
            model.save(shards, RawType.BF16, 4000);
        }
        assertThat(copy.resolve("model.safetensors")).exists();
        assertThat(shards.resolve("model.safetensors.index.json")).exists();
        for (Path saved : List.of(copy, shards)) {
            try (CausalLm model = CausalLm.load(saved)) {
                assertThat(model.config()).isEqualTo(config);
                double[] turns = IntStream.range(0, 4)
                        .mapToDouble(i -> c.turns().at(i, 8, LENGTH))
                        .toArray();
                check(model, new SlowTransformer(config, turns, fixture.numbers));
            }
        }
    }

    @Test
    void aLoadedModelSamplesAndTrainsItsAdapters() throws IOException {
        write(cases().skip(2).findFirst().orElseThrow());
        try (CausalLm model = CausalLm.load(folder)) {
            model.withLora(new LoraConfig(2), 1);
            assertThat(model.parameters()).hasSize(8).allMatch(parameter -> parameter.hasGradient());
            assertThatThrownBy(() -> model.save(folder.resolve("x")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("mergeLora");
            model.mergeLora().save(folder.resolve("x"));
            assertThat(folder.resolve("x/config.json")).exists();
            assertThat(folder.resolve("x.part")).doesNotExist();
        }
    }

    @Test
    void aFolderThatHoldsFilesIsNotOverwritten() throws IOException {
        write(cases().findFirst().orElseThrow());
        try (CausalLm model = CausalLm.load(folder)) {
            assertThatThrownBy(() -> model.save(folder))
                    .hasMessageStartingWith("folder: expected a new or an empty one, got ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"model_type\": \"gpt2\" | model_type: expected one of [llama, qwen2, mistral], got \"gpt2\"",
                "\"hidden_act\": \"gelu\" | hidden_act: expected silu, got gelu",
                "\"hidden_size\": -1 | hidden_size: expected a whole number of at least 1, got -1",
                "\"vocab_size\": null | vocab_size: expected a whole number of at least 1, got null",
                "\"num_key_value_heads\": 3 | kvHeads: expected a divisor of heads 4, got 3",
                "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 2} | rope_type: expected default, linear",
                "\"rope_scaling\": {\"rope_type\": \"linear\"} | rope_scaling.factor: expected a number, got none",
                "\"quantization_config\": {\"bits\": 4} | quantization_config: expected none",
                "\"partial_rotary_factor\": 0.5 | partial_rotary_factor: expected 1, got 0.5",
                "\"num_hidden_layers\": 3 | expected a tensor model.layers.2.input_layernorm.weight, got none",
                "\"num_hidden_layers\": 1 | expected the tensors of the config alone, got also [model.layers.1.",
                "\"intermediate_size\": 41 | mlp.gate_proj.weight: expected shape (41, 24) as the config says, got [40, 24]",
                "\"attention_bias\": true | q_proj.bias, got none",
                "\"model_type\": \"qwen2\" | q_proj.bias, got none",
            })
    void whatIsNotSupportedOrDoesNotFitIsNamed(String change) throws IOException {
        Case good = cases().findFirst().orElseThrow();
        write(good);
        String[] parts = change.split(" \\| ");
        Files.writeString(
                folder.resolve("config.json"),
                good.config().substring(0, good.config().length() - 1) + ", " + parts[0] + "}");
        assertThatThrownBy(() -> CausalLm.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(parts[1]);
    }

    @Test
    void malformedConfigsAreSaidToBeSo() throws IOException {
        assertThatThrownBy(() -> CausalLm.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json: expected a file that can be read");
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": ");
        assertThatThrownBy(() -> CausalLm.load(folder)).hasMessageContaining("malformed JSON");
        Files.writeString(folder.resolve("config.json"), "[]");
        assertThatThrownBy(() -> CausalLm.load(folder)).hasMessageContaining("expected a JSON object");
    }

    @Test
    void aTiedHeadMayBeStoredAndIsThenTheEmbedding() throws IOException {
        CheckpointFixture fixture = new CheckpointFixture(3);
        fixture.model(37, 24, 2, 32, 16, 40, "", true);
        fixture.tensor("model.layers.0.self_attn.rotary_emb.inv_freq", 4);
        fixture.write(folder, "F32", 1);
        Files.writeString(
                folder.resolve("config.json"), config("llama", 64, "\"head_dim\": 8, \"tie_word_embeddings\": true"));
        try (CausalLm model = CausalLm.load(folder)) {
            double[] turns = IntStream.range(0, 4)
                    .mapToDouble(i -> PLAIN.at(i, 8, LENGTH))
                    .toArray();
            check(model, new SlowTransformer(model.config(), turns, fixture.numbers));
        }
    }
}
