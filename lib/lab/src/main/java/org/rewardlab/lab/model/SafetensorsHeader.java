package org.rewardlab.lab.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the numbers of a safetensors file: 8 bytes of length, then JSON that gives type, shape and place of every
 * tensor.
 *
 * <p>Every claim of the header is checked against the file before anything is loaded: places inside the file, sizes that are
 * those of type and shape, no byte that belongs to two tensors or to none.
 *
 * @param entries by name, in the order of the file
 * @param metadata free text about the file
 */
record SafetensorsHeader(Map<String, TensorEntry> entries, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

    private static final long LONGEST = 100_000_000;

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    /** Reads and checks the header of an open file. */
    static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw new CheckpointException(file, "expected a header of at least 8 bytes, got a file of " + size);
        }
        ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        fill(file, channel, prefix, 0);
        long length = prefix.getLong(0);
        if (length < 2 || length > LONGEST) {
            throw new CheckpointException(
                    file, "expected a header length from 2 to " + LONGEST + ", got " + Long.toUnsignedString(length));
        }
        if (length > size - 8) {
            throw new CheckpointException(
                    file, "expected a header of " + length + " bytes, got a truncated file of " + size);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        fill(file, channel, bytes, 8);
        return parse(file, new String(bytes.array(), StandardCharsets.UTF_8), 8 + length, size);
    }

    private static void fill(Path file, FileChannel channel, ByteBuffer target, long from) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, from + target.position()) < 0) {
                throw new CheckpointException(file, "expected more bytes, got the end of the file");
            }
        }
    }

    private static SafetensorsHeader parse(Path file, String text, long start, long size) {
        JsonNode root = json(file, text);
        if (!root.isObject()) {
            throw new CheckpointException(file, "expected a header that is a JSON object, got " + root.getNodeType());
        }
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(entry ->
                                metadata.put(entry.getKey(), entry.getValue().asText()));
            } else {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), start, size));
            }
        }
        checkTiling(file, entries.values().stream().toList(), start, size);
        return new SafetensorsHeader(entries, metadata);
    }

    private static JsonNode json(Path file, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new CheckpointException(file, "malformed header: " + malformed.getOriginalMessage());
        }
    }

    private static TensorEntry entry(Path file, String name, JsonNode node, long start, long size) {
        String what = "tensor " + name + ": ";
        RawType type = type(file, what, node.path("dtype"));
        List<Long> shape = new ArrayList<>();
        long numbers = 1;
        if (!node.path("shape").isArray()) {
            throw new CheckpointException(file, what + "expected a shape, got " + node.path("shape"));
        }
        for (JsonNode dimension : node.path("shape")) {
            if (!dimension.canConvertToLong() || !dimension.isIntegralNumber() || dimension.longValue() < 0) {
                throw new CheckpointException(file, what + "expected whole dimensions, got " + node.path("shape"));
            }
            shape.add(dimension.longValue());
            try {
                numbers = Math.multiplyExact(numbers, dimension.longValue());
            } catch (ArithmeticException tooLarge) {
                throw new CheckpointException(file, what + "expected a shape that fits, got " + shape);
            }
        }
        JsonNode offsets = node.path("data_offsets");
        if (offsets.size() != 2 || !isOffset(offsets.get(0)) || !isOffset(offsets.get(1))) {
            throw new CheckpointException(file, what + "expected two data_offsets, got " + offsets);
        }
        long begin = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        if (begin > end || end > size - start) {
            throw new CheckpointException(
                    file,
                    what + "expected data_offsets within the " + (size - start) + " bytes of data, got " + offsets
                            + " (a truncated file?)");
        }
        if (numbers > (end - begin) / type.bytes() || numbers * type.bytes() != end - begin) {
            throw new CheckpointException(
                    file, what + "expected the bytes of " + type + " " + shape + ", got " + (end - begin));
        }
        return new TensorEntry(name, file, type, shape, start + begin, end - begin);
    }

    private static boolean isOffset(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
    }

    private static RawType type(Path file, String what, JsonNode node) {
        for (RawType type : RawType.values()) {
            if (type.name().equals(node.asText())) {
                return type;
            }
        }
        throw new CheckpointException(
                file, what + "expected a dtype of " + Arrays.toString(RawType.values()) + ", got " + node);
    }

    /** Tensors lie one after the other: no overlap, no hole, nothing behind the last. */
    private static void checkTiling(Path file, List<TensorEntry> entries, long start, long size) {
        long next = start;
        List<TensorEntry> sorted = entries.stream()
                .sorted(Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::bytes))
                .toList();
        for (TensorEntry entry : sorted) {
            if (entry.offset() != next) {
                throw new CheckpointException(
                        file,
                        "tensor " + entry.name() + ": expected data at byte " + (next - start) + ", got "
                                + (entry.offset() - start)
                                + (entry.offset() < next
                                        ? ", which overlaps another tensor"
                                        : ", which leaves a hole"));
            }
            next += entry.bytes();
        }
        if (next != size) {
            throw new CheckpointException(file, "expected " + (next - start) + " bytes of data, got " + (size - start));
        }
    }
}
