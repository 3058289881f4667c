package org.rewardlab.lab.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which file of a checkpoint in several files holds which tensor: {@code model.safetensors.index.json}. */
final class SafetensorsIndex {

    static final String SUFFIX = ".index.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SafetensorsIndex() {}

    /** Tensor names and the files beside the index that hold them. */
    static Map<String, Path> read(Path index) {
        JsonNode weights;
        try {
            weights = JSON.readTree(Files.readString(index)).path("weight_map");
        } catch (IOException malformed) {
            throw new CheckpointException(index, "malformed index: " + malformed.getMessage());
        }
        if (!weights.isObject() || weights.isEmpty()) {
            throw new CheckpointException(index, "expected a weight_map from tensors to files, got " + weights);
        }
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : weights.properties()) {
            String name = entry.getValue().asText();
            if (!entry.getValue().isTextual()
                    || name.isEmpty()
                    || !Path.of(name).equals(Path.of(name).getFileName())) {
                throw new CheckpointException(
                        index,
                        "tensor " + entry.getKey() + ": expected a file beside the index, got " + entry.getValue());
            }
            files.put(entry.getKey(), index.resolveSibling(name));
        }
        return files;
    }
}
