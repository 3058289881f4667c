package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.model.Safetensors;
import org.rewardlab.lab.model.SafetensorsWriter;
import org.rewardlab.tensor.Check;

/**
 * A folder in which a run writes down how far it is: {@code step-00000040/state.safetensors} and {@code state.json}.
 *
 * <p>A checkpoint is written aside and moved into place whole, then the oldest go: whenever the run is killed, the newest
 * folder of that name is complete. What a kill left half done is removed when the next run opens the folder.
 *
 * @param folder of this run alone
 * @param every steps between two checkpoints
 */
record Checkpoints(Path folder, int every) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "step-";
    private static final String TENSORS = "state.safetensors";
    private static final String STATE = "state.json";
    private static final int KEPT = 2;

    Checkpoints {
        Check.atLeast("every", every, 1);
    }

    /** What was written at a step. */
    record Saved(int step, JsonNode state, Path tensors) {
        Map<String, NDArray> load(NDManager manager) {
            return Safetensors.open(tensors).loadAll(manager);
        }
    }

    /** The newest checkpoint, or null if there is none; clears away what a kill left. */
    @Nullable
    Saved newest() {
        try {
            Files.createDirectories(folder);
            for (Path path : listed()) {
                String name = path.getFileName().toString();
                if (name.startsWith(PREFIX) && (name.endsWith(".part") || name.endsWith(".old"))) {
                    delete(path);
                }
            }
            List<Path> complete = complete();
            if (complete.isEmpty()) {
                return null;
            }
            Path last = complete.get(complete.size() - 1);
            JsonNode state = JSON.readTree(last.resolve(STATE).toFile());
            return new Saved(state.required("step").asInt(), state, last.resolve(TENSORS));
        } catch (IOException failure) {
            throw new UncheckedIOException(folder + ": checkpoints cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** The same, of a run set up in the same way; a run of another set-up is refused, and the difference named. */
    @Nullable
    Saved newest(Map<String, String> setup) {
        Saved saved = newest();
        if (saved != null) {
            JsonNode began = saved.state().path("setup");
            setup.forEach((name, value) -> {
                if (!began.path(name).asText().equals(value)) {
                    throw new IllegalStateException("checkpoints: expected a run with " + name + " " + value
                            + ", got one with " + began.path(name).asText() + " in " + folder
                            + "; name another folder, or empty this one");
                }
            });
        }
        return saved;
    }

    static ObjectNode state(int step, Map<String, String> setup) {
        ObjectNode state = JSON.createObjectNode().put("step", step);
        ObjectNode described = state.putObject("setup");
        setup.forEach(described::put);
        return state;
    }

    /** Writes a checkpoint; an interrupt, on which file channels close themselves, waits until it is in place. */
    void write(Map<String, NDArray> tensors, ObjectNode state) {
        boolean interrupted = Thread.interrupted();
        try {
            writeOnce(tensors, state);
        } catch (UncheckedIOException failure) {
            if (!Thread.interrupted()) {
                throw failure;
            }
            interrupted = true;
            writeOnce(tensors, state);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeOnce(Map<String, NDArray> tensors, ObjectNode state) {
        String name = String.format(
                Locale.ROOT, PREFIX + "%08d", state.required("step").asInt());
        Path aside = folder.resolve(name + ".part");
        Path place = folder.resolve(name);
        try {
            delete(aside);
            Files.createDirectories(aside);
            new SafetensorsWriter().write(aside.resolve(TENSORS), tensors);
            force(aside.resolve(STATE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
            discard(place);
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
            List<Path> complete = complete();
            for (Path old : complete.subList(0, Math.max(0, complete.size() - KEPT))) {
                discard(old);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(place + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    /** Writes arrays once, at the beginning of a run; a run that goes on finds and loads them. */
    Map<String, NDArray> once(String name, Map<String, NDArray> tensors, NDManager manager) {
        Path file = folder.resolve(name + ".safetensors");
        if (!Files.exists(file)) {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw new UncheckedIOException(folder + ": cannot be made: " + failure.getMessage(), failure);
            }
            new SafetensorsWriter().write(file, tensors);
        }
        return Safetensors.open(file).loadAll(manager);
    }

    private List<Path> listed() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }

    private List<Path> complete() throws IOException {
        return listed().stream()
                .filter(path -> path.getFileName().toString().matches(PREFIX + "\\d{8}"))
                .toList();
    }

    private static void force(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Takes a folder out of sight in one move, then deletes it. */
    private static void discard(Path path) throws IOException {
        if (Files.exists(path)) {
            Path old = path.resolveSibling(path.getFileName() + ".old");
            delete(old);
            Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> below = Files.walk(path)) {
                for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
