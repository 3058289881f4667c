package org.rewardlab.lab.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A random checkpoint in Hugging Face's format, written byte by byte without the classes under test.
 *
 * <p>Every number is a small whole number times a power of two, so that half precision holds it exactly.
 */
final class CheckpointFixture {

    final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final RandomGenerator random;

    CheckpointFixture(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    void tensor(String name, long... shape) {
        long size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        double[] values = new double[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = name.endsWith("norm.weight")
                    ? 1 + (random.nextInt(33) - 16) / 64.0
                    : (random.nextInt(129) - 64) / 256.0;
        }
        numbers.put(name, values);
        shapes.put(name, shape.clone());
    }

    /** All tensors of a model: which biases, and whether there is a head of its own. */
    void model(int vocabulary, int width, int layers, int queries, int keys, int inner, String biases, boolean head) {
        tensor("model.embed_tokens.weight", vocabulary, width);
        for (int i = 0; i < layers; i++) {
            String at = "model.layers." + i + ".";
            tensor(at + "input_layernorm.weight", width);
            tensor(at + "self_attn.q_proj.weight", queries, width);
            tensor(at + "self_attn.k_proj.weight", keys, width);
            tensor(at + "self_attn.v_proj.weight", keys, width);
            tensor(at + "self_attn.o_proj.weight", width, queries);
            tensor(at + "post_attention_layernorm.weight", width);
            tensor(at + "mlp.gate_proj.weight", inner, width);
            tensor(at + "mlp.up_proj.weight", inner, width);
            tensor(at + "mlp.down_proj.weight", width, inner);
            if (biases.contains("qkv")) {
                tensor(at + "self_attn.q_proj.bias", queries);
                tensor(at + "self_attn.k_proj.bias", keys);
                tensor(at + "self_attn.v_proj.bias", keys);
            }
            if (biases.contains("o")) {
                tensor(at + "self_attn.o_proj.bias", width);
            }
            if (biases.contains("mlp")) {
                tensor(at + "mlp.gate_proj.bias", inner);
                tensor(at + "mlp.up_proj.bias", inner);
                tensor(at + "mlp.down_proj.bias", width);
            }
        }
        tensor("model.norm.weight", width);
        if (head) {
            tensor("lm_head.weight", vocabulary, width);
        }
    }

    /** Writes the weights in a number of files, with an index if there is more than one. */
    void write(Path folder, String type, int files) throws IOException {
        List<String> names = new ArrayList<>(numbers.keySet());
        if (files == 1) {
            Files.write(folder.resolve("model.safetensors"), file(names, type));
            return;
        }
        StringBuilder map = new StringBuilder();
        for (int f = 0; f < files; f++) {
            String file = "model-0000" + (f + 1) + "-of-0000" + files + ".safetensors";
            List<String> part = new ArrayList<>();
            for (int i = f; i < names.size(); i += files) {
                part.add(names.get(i));
                map.append(map.isEmpty() ? "" : ",").append("\"" + names.get(i) + "\":\"" + file + "\"");
            }
            Files.write(folder.resolve(file), file(part, type));
        }
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"metadata\":{\"total_size\":1},\"weight_map\":{" + map + "}}");
    }

    private double[] values(String name) {
        return java.util.Objects.requireNonNull(numbers.get(name), name);
    }

    private byte[] file(List<String> names, String type) {
        int width = type.equals("F32") ? 4 : 2;
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        int offset = 0;
        for (String name : names) {
            int end = offset + width * values(name).length;
            header.append(",\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":"
                    + java.util.Arrays.toString(shapes.get(name)) + ",\"data_offsets\":[" + offset + "," + end + "]}");
            offset = end;
        }
        byte[] text = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + offset).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (String name : names) {
            for (double value : values(name)) {
                switch (type) {
                    case "F32" -> bytes.putFloat((float) value);
                    case "BF16" -> bytes.putShort((short) (Float.floatToRawIntBits((float) value) >>> 16));
                    default -> bytes.putShort(half((float) value));
                }
            }
        }
        return bytes.array();
    }

    /** Half precision of a number that it holds exactly, by IEEE 754: 5 bits of exponent, 10 of fraction. */
    private static short half(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 31) << 15;
        if (value == 0) {
            return (short) sign;
        }
        int exponent = ((bits >>> 23) & 0xff) - 127 + 15;
        return (short) (sign | (exponent << 10) | ((bits >>> 13) & 0x3ff));
    }
}
