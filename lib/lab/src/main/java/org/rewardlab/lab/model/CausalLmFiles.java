package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/** A {@link CausalLm} between memory and a folder in Hugging Face's format. */
final class CausalLmFiles {

    private CausalLmFiles() {}

    static CausalLm load(Path folder) {
        TransformerConfig config = PretrainedConfig.read(folder);
        Safetensors file = Safetensors.open(folder);
        List<WeightShape> shapes = WeightShape.all(config);
        check(folder, file, shapes);
        NDManager manager = CausalLm.newManager();
        try (Scope scope = Scope.open()) {
            List<NDArray> weights = new ArrayList<>();
            for (WeightShape shape : shapes) {
                NDArray weight =
                        shape.isPresent() ? file.load(shape.name(), manager) : Tensors.create(manager, new float[0], 0);
                weights.add(scope.leaveToManager(weight));
            }
            return new CausalLm(config, manager, weights);
        } catch (RuntimeException failure) {
            manager.close();
            throw failure;
        }
    }

    /** Every weight of the config with its shape in floating point, and none besides: all of it before anything is read. */
    private static void check(Path folder, Safetensors file, List<WeightShape> shapes) {
        Set<String> names = new LinkedHashSet<>(file.names());
        for (WeightShape shape : shapes) {
            boolean found = names.remove(shape.name());
            if (!shape.isPresent()) {
                // A tied head may be stored all the same; a bias that the config denies is refused below.
                if (found && !shape.name().equals("lm_head.weight")) {
                    names.add(shape.name());
                }
                continue;
            }
            if (!found) {
                throw new CheckpointException(folder, "expected a tensor " + shape.name() + ", got none");
            }
            TensorEntry entry = file.entry(shape.name());
            if (!Arrays.equals(entry.dimensions(), shape.shape().getShape())) {
                throw new CheckpointException(
                        folder,
                        "tensor " + shape.name() + ": expected shape " + shape.shape() + " as the config says, got "
                                + entry.shape());
            }
            if (!entry.type().inMemory().isFloating()) {
                throw new CheckpointException(
                        folder, "tensor " + shape.name() + ": expected floating point, got " + entry.type());
            }
            if (entry.type() != file.entry(shapes.get(0).name()).type() && entry.type() == RawType.F64) {
                throw new CheckpointException(folder, "tensor " + shape.name() + ": expected one precision, got F64");
            }
        }
        names.removeIf(name -> name.endsWith("rotary_emb.inv_freq"));
        if (!names.isEmpty()) {
            throw new CheckpointException(
                    folder,
                    "expected the tensors of the config alone, got also "
                            + names.stream().limit(5).toList());
        }
    }

    static void save(CausalLm model, Path folder, RawType floats, long shardBytes) {
        try {
            Path target = folder.toAbsolutePath();
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw new IllegalArgumentException("folder: expected a new or an empty one, got " + folder);
            }
            Path aside = target.resolveSibling(target.getFileName() + ".part");
            delete(aside);
            Files.createDirectories(aside);
            write(model, aside, floats, shardBytes);
            Files.deleteIfExists(target);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(folder + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static void write(CausalLm model, Path folder, RawType floats, long shardBytes) throws IOException {
        Files.writeString(
                folder.resolve(PretrainedConfig.FILE),
                PretrainedConfig.json(model.config(), floats).toPrettyString());
        SafetensorsWriter writer = new SafetensorsWriter().as(floats);
        Map<String, NDArray> weights = new LinkedHashMap<>(model.namedWeights());
        long bytes = weights.values().stream().mapToLong(NDArray::size).sum() * floats.bytes();
        if (bytes <= shardBytes) {
            writer.write(folder.resolve("model.safetensors"), weights);
        } else {
            writer.writeShards(folder, weights, shardBytes);
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Removes what an interrupted save has left. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
