package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Weights in the safetensors format, in one file or in several with an index.
 *
 * <p>Opening reads and checks the headers alone. Numbers go straight into their arrays, by the piece: neither a file nor a tensor is too large. Half precision (F16, BF16) becomes float32 in memory, with the same value; {@link #entry} tells what it was. A
 * header that is malformed, points outside its file, or gives a byte to two tensors is a {@link CheckpointException}
 * that says so.
 *
 * <pre>{@code
 * Safetensors checkpoint = Safetensors.open(Path.of("model"));       // a file, an index, or a folder of either
 * NDArray weight = checkpoint.load("model.norm.weight", manager);
 * }</pre>
 */
public final class Safetensors {

    private static final TensorBytes BYTES = new TensorBytes(1L << 20);
    private static final String SINGLE = "model.safetensors";

    private final Path path;
    private final Map<String, TensorEntry> entries;
    private final Map<String, String> metadata;

    private Safetensors(Path path, Map<String, TensorEntry> entries, Map<String, String> metadata) {
        this.path = path;
        this.entries = Collections.unmodifiableMap(entries);
        this.metadata = Collections.unmodifiableMap(metadata);
    }

    /**
     * Opens a checkpoint.
     *
     * @param path a {@code .safetensors} file, an {@code .index.json} file, or a folder with {@code model.safetensors} or
     *     {@code model.safetensors.index.json}
     * @throws CheckpointException if there is none, or it is not what it claims to be
     */
    public static Safetensors open(Path path) {
        Path file = Files.isDirectory(path) ? inFolder(path) : path;
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file, "expected a safetensors file, an index or a folder, got nothing");
        }
        if (file.toString().endsWith(SafetensorsIndex.SUFFIX)) {
            return openShards(file);
        }
        SafetensorsHeader header = header(file);
        return new Safetensors(file, header.entries(), header.metadata());
    }

    private static Path inFolder(Path folder) {
        Path single = folder.resolve(SINGLE);
        Path index = folder.resolve(SINGLE + SafetensorsIndex.SUFFIX);
        if (Files.exists(index)) {
            return index;
        }
        return single;
    }

    private static Safetensors openShards(Path index) {
        Map<String, Path> files = SafetensorsIndex.read(index);
        Map<Path, SafetensorsHeader> headers = new LinkedHashMap<>();
        for (Path shard : new LinkedHashSet<>(files.values())) {
            if (!Files.isRegularFile(shard)) {
                throw new CheckpointException(index, "expected the shard " + shard.getFileName() + ", got nothing");
            }
            headers.put(shard, header(shard));
        }
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        headers.values().forEach(header -> metadata.putAll(header.metadata()));
        files.forEach((name, shard) -> {
            SafetensorsHeader header = headers.get(shard);
            TensorEntry entry = header == null ? null : header.entries().get(name);
            if (entry == null) {
                throw new CheckpointException(shard, "expected the tensor " + name + " as the index says, got none");
            }
            entries.put(name, entry);
        });
        return new Safetensors(index, entries, metadata);
    }

    private static SafetensorsHeader header(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return SafetensorsHeader.read(file, channel);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** The names of all tensors, in the order of the file. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** What the file says of itself. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Type, shape and place of a tensor; rejects a name that is not there. */
    public TensorEntry entry(String name) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new CheckpointException(path, "expected a tensor " + name + ", got " + shortened(entries.keySet()));
        }
        return entry;
    }

    private static String shortened(Iterable<String> names) {
        String all = String.join(", ", names);
        return all.length() > 300 ? all.substring(0, 300) + ", ..." : all;
    }

    /** Loads a tensor into a manager, on the manager's device. */
    public NDArray load(String name, NDManager manager) {
        TensorEntry entry = entry(name);
        try (FileChannel channel = FileChannel.open(entry.file(), StandardOpenOption.READ)) {
            return BYTES.read(channel, entry, manager);
        } catch (IOException failure) {
            throw new UncheckedIOException(entry.file() + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Loads all tensors, by name. */
    public Map<String, NDArray> loadAll(NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (String name : entries.keySet()) {
            arrays.put(name, load(name, manager));
        }
        return arrays;
    }

    @Override
    public String toString() {
        return "Safetensors(" + path + ", " + entries.size() + " tensors)";
    }
}
