package org.rewardlab.lab.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hugging Face's {@code config.json} of the Llama and Qwen2 family, and back.
 *
 * <p>What would change the numbers and is not supported is refused by name, not left out: another activation, another kind of
 * rope scaling, quantized weights, a partial rotation.
 */
final class PretrainedConfig {

    static final String FILE = "config.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TYPES = List.of("llama", "qwen2", "mistral");

    private final Path file;
    private final JsonNode json;

    private PretrainedConfig(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    /** Reads the shape of the model in a folder. */
    static TransformerConfig read(Path folder) {
        Path file = folder.resolve(FILE);
        return new PretrainedConfig(file, tree(file)).config();
    }

    /** The JSON object in a file; rejects anything else. */
    static ObjectNode tree(Path file) {
        try {
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object) {
                return object;
            }
            throw new CheckpointException(file, "expected a JSON object");
        } catch (JsonProcessingException malformed) {
            throw new CheckpointException(file, "malformed JSON: " + malformed.getOriginalMessage());
        } catch (IOException failure) {
            throw new CheckpointException(file, "expected a file that can be read, got " + failure);
        }
    }

    private TransformerConfig config() {
        String type = json.path("model_type").asText();
        if (!TYPES.contains(type)) {
            throw wrong("model_type", "one of " + TYPES, json.path("model_type"));
        }
        refuse("quantization_config");
        String activation = json.path("hidden_act").asText("silu");
        if (!activation.equals("silu") && !activation.equals("swish")) {
            throw wrong("hidden_act", "silu", activation);
        }
        if (json.path("partial_rotary_factor").asDouble(1) != 1) {
            throw wrong("partial_rotary_factor", "1", json.path("partial_rotary_factor"));
        }
        int width = count("hidden_size", null);
        int heads = count("num_attention_heads", null);
        int headSize = count("head_dim", width / Math.max(1, heads));
        int positions = count("max_position_embeddings", null);
        Rope rope = rope(positions);
        if (rope.dynamic() != null) {
            positions = (int) Math.floor(positions * rope.dynamic().factor());
        }
        boolean bias = json.path("attention_bias").asBoolean(false);
        boolean qwen = type.equals("qwen2");
        try {
            return new TransformerConfig(
                    count("vocab_size", null),
                    width,
                    count("num_hidden_layers", null),
                    heads,
                    count("num_key_value_heads", heads),
                    headSize,
                    count("intermediate_size", null),
                    Math.min(positions, window(qwen)),
                    rope,
                    json.path("rms_norm_eps").asDouble(1e-6),
                    qwen || bias,
                    json.path("tie_word_embeddings").asBoolean(false),
                    !qwen && bias,
                    json.path("mlp_bias").asBoolean(false));
        } catch (IllegalArgumentException inconsistent) {
            throw inconsistent instanceof CheckpointException
                    ? inconsistent
                    : new CheckpointException(file, String.valueOf(inconsistent.getMessage()));
        }
    }

    /** Within a sliding window attention is plain: longer sequences are refused, not computed wrongly. */
    private int window(boolean qwen) {
        boolean used = !qwen || json.path("use_sliding_window").asBoolean(false);
        JsonNode window = json.path("sliding_window");
        return used && window.isInt() ? window.intValue() : Integer.MAX_VALUE;
    }

    /** Rope scaling as in {@code rope_scaling}, or in {@code rope_parameters} of newer files. */
    private Rope rope(int positions) {
        JsonNode scaling = json.path("rope_parameters");
        if (!scaling.isObject()) {
            scaling = json.path("rope_scaling");
        }
        double theta =
                scaling.path("rope_theta").asDouble(json.path("rope_theta").asDouble(10_000));
        if (!scaling.isObject()) {
            return Rope.plain(theta);
        }
        String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
        return switch (type) {
            case "default" -> Rope.plain(theta);
            case "linear" -> new Rope(theta, number(scaling, "factor"), null);
            case "dynamic" -> new Rope(theta, 1, null, new Rope.Dynamic(number(scaling, "factor"), positions));
            case "llama3" ->
                new Rope(
                        theta,
                        1,
                        new Rope.Llama3(
                                number(scaling, "factor"),
                                number(scaling, "low_freq_factor"),
                                number(scaling, "high_freq_factor"),
                                whole(scaling, "original_max_position_embeddings")));
            default -> throw wrong("rope_type", "default, linear, dynamic or llama3", type);
        };
    }

    private double number(JsonNode scaling, String key) {
        if (!scaling.path(key).isNumber()) {
            throw wrong("rope_scaling." + key, "a number", scaling.path(key));
        }
        return scaling.path(key).doubleValue();
    }

    private int whole(JsonNode scaling, String key) {
        double number = number(scaling, key);
        if (number != (int) number) {
            throw wrong("rope_scaling." + key, "a whole number", scaling.path(key));
        }
        return (int) number;
    }

    private int count(String key, @Nullable Integer otherwise) {
        JsonNode node = json.path(key);
        if ((node.isMissingNode() || node.isNull()) && otherwise != null) {
            return otherwise;
        }
        if (!node.isInt() || node.intValue() < 1) {
            throw wrong(key, "a whole number of at least 1", node);
        }
        return node.intValue();
    }

    private void refuse(String key) {
        if (json.hasNonNull(key)) {
            throw wrong(key, "none", json.path(key));
        }
    }

    private CheckpointException wrong(String key, String expected, Object got) {
        String shown = got instanceof JsonNode node && node.isMissingNode() ? "none" : String.valueOf(got);
        return new CheckpointException(file, key + ": expected " + expected + ", got " + shown);
    }

    /** The config of a model as Hugging Face's libraries read it. */
    static ObjectNode json(TransformerConfig c, RawType floats) {
        boolean qwen = c.attentionBias() && !c.outputBias() && !c.feedForwardBias();
        if (!qwen && c.attentionBias() != c.outputBias()) {
            throw new IllegalStateException("config: expected biases as Llama or Qwen2 have them, got " + c);
        }
        ObjectNode json = JSON.createObjectNode();
        json.putArray("architectures").add(qwen ? "Qwen2ForCausalLM" : "LlamaForCausalLM");
        json.put("model_type", qwen ? "qwen2" : "llama");
        json.put("vocab_size", c.vocabSize());
        json.put("hidden_size", c.hiddenSize());
        json.put("intermediate_size", c.intermediateSize());
        json.put("num_hidden_layers", c.layers());
        json.put("num_attention_heads", c.heads());
        json.put("num_key_value_heads", c.kvHeads());
        json.put("head_dim", c.headSize());
        json.put("hidden_act", "silu");
        json.put("rms_norm_eps", c.normEpsilon());
        json.put("tie_word_embeddings", c.tiedHead());
        if (!qwen) {
            json.put("attention_bias", c.attentionBias());
            json.put("mlp_bias", c.feedForwardBias());
        }
        json.put("torch_dtype", torchName(floats));
        writeRope(json, c);
        return json;
    }

    private static void writeRope(ObjectNode json, TransformerConfig c) {
        Rope rope = c.rope();
        Rope.Dynamic dynamic = rope.dynamic();
        Rope.Llama3 llama3 = rope.llama3();
        json.put("max_position_embeddings", dynamic == null ? c.maxPositions() : dynamic.originalMaxPositions());
        json.put("rope_theta", rope.theta());
        int kinds = (dynamic == null ? 0 : 1) + (llama3 == null ? 0 : 1) + (rope.linearFactor() == 1 ? 0 : 1);
        if (kinds > 1) {
            throw new IllegalStateException("rope: expected one kind of scaling, got " + rope);
        }
        if (kinds == 0) {
            json.putNull("rope_scaling");
            return;
        }
        ObjectNode scaling = json.putObject("rope_scaling");
        if (dynamic != null) {
            scaling.put("rope_type", "dynamic").put("factor", dynamic.factor());
        } else if (llama3 != null) {
            scaling.put("rope_type", "llama3")
                    .put("factor", llama3.factor())
                    .put("low_freq_factor", llama3.lowFreqFactor())
                    .put("high_freq_factor", llama3.highFreqFactor())
                    .put("original_max_position_embeddings", llama3.originalMaxPositions());
        } else {
            scaling.put("rope_type", "linear").put("factor", rope.linearFactor());
        }
    }

    private static String torchName(RawType floats) {
        return switch (floats) {
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            default -> "float32";
        };
    }
}
