package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes weights in the safetensors format, aside first and then into place: a reader finds the old file or the new one.
 *
 * @param floats how float32 arrays are written: F32, F16 or BF16; other arrays keep their type
 * @param metadata free text about the file
 */
public record SafetensorsWriter(RawType floats, Map<String, String> metadata) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TensorBytes BYTES = new TensorBytes(1L << 20);

    public SafetensorsWriter {
        if (floats.inMemory() != DataType.FLOAT32) {
            throw new IllegalArgumentException("floats: expected F32, F16 or BF16, got " + floats);
        }
        metadata = Map.copyOf(metadata);
    }

    /** In full precision, with the metadata that readers in Python look for. */
    public SafetensorsWriter() {
        this(RawType.F32, Map.of("format", "pt"));
    }

    /** The same with float32 arrays written in another precision. */
    public SafetensorsWriter as(RawType type) {
        return new SafetensorsWriter(type, metadata);
    }

    /** Writes all arrays to one file. */
    public void write(Path file, Map<String, NDArray> arrays) {
        if (arrays.isEmpty() || arrays.containsKey(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("arrays: expected named arrays, got " + arrays.keySet());
        }
        List<Map.Entry<String, NDArray>> ordered = new ArrayList<>(new TreeMap<>(arrays).entrySet());
        ordered.sort(Comparator.comparingInt(
                (Map.Entry<String, NDArray> entry) -> -type(entry.getValue()).bytes())); // keeps all data aligned
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer header = header(ordered);
                while (header.hasRemaining()) {
                    channel.write(header);
                }
                for (Map.Entry<String, NDArray> entry : ordered) {
                    BYTES.write(channel, entry.getValue(), type(entry.getValue()));
                }
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    /**
     * Writes {@code model-00001-of-0000N.safetensors} and so on into a folder, then their index, which makes them a checkpoint.
     *
     * @param shardBytes most bytes of data in one file, unless a single array is larger
     */
    public void writeShards(Path folder, Map<String, NDArray> arrays, long shardBytes) {
        if (shardBytes < 1) {
            throw new IllegalArgumentException("shardBytes: expected at least 1, got " + shardBytes);
        }
        List<Map<String, NDArray>> shards = new ArrayList<>();
        long total = 0;
        long filled = Long.MAX_VALUE;
        for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
            long bytes = bytes(entry.getValue());
            if (filled > shardBytes - bytes) {
                shards.add(new LinkedHashMap<>());
                filled = 0;
            }
            shards.get(shards.size() - 1).put(entry.getKey(), entry.getValue());
            filled += bytes;
            total += bytes;
        }
        ObjectNode index = JSON.createObjectNode();
        index.putObject("metadata").put("total_size", total);
        ObjectNode weights = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            write(folder.resolve(name), shards.get(i));
            shards.get(i).keySet().forEach(array -> weights.put(array, name));
        }
        Path file = folder.resolve("model.safetensors" + SafetensorsIndex.SUFFIX);
        Path aside = folder.resolve(file.getFileName() + ".part");
        try {
            Files.writeString(aside, index.toPrettyString());
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    private RawType type(NDArray array) {
        return array.getDataType() == DataType.FLOAT32 ? floats : RawType.of(array.getDataType());
    }

    private long bytes(NDArray array) {
        return array.size() * type(array).bytes();
    }

    private ByteBuffer header(List<Map.Entry<String, NDArray>> arrays) {
        ObjectNode json = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode free = json.putObject(SafetensorsHeader.METADATA);
            new TreeMap<>(metadata).forEach(free::put);
        }
        long offset = 0;
        for (Map.Entry<String, NDArray> entry : arrays) {
            ObjectNode tensor = json.putObject(entry.getKey());
            tensor.put("dtype", type(entry.getValue()).name());
            var shape = tensor.putArray("shape");
            for (long dimension : entry.getValue().getShape().getShape()) {
                shape.add(dimension);
            }
            long end = offset + bytes(entry.getValue());
            tensor.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }
}
