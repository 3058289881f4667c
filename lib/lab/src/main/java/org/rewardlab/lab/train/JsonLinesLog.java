package org.rewardlab.lab.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends a line of JSON for each step: {@code {"step": 3, "epoch": 0.1, "loss": 0.4, ...}}, null for what is not a number.
 *
 * <p>A run that goes on from a checkpoint finds its file and drops the steps after it, and what a kill left of a line; one
 * that starts anew replaces the file.
 */
public final class JsonLinesLog implements TrainingListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private boolean begun;

    /**
     * @param file to write, in a folder that is there
     */
    public JsonLinesLog(Path file) {
        this.file = file;
    }

    @Override
    public void started(int steps) {
        begun = false;
    }

    @Override
    public void resumed(int step) {
        List<String> kept = new ArrayList<>();
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    if (numberOf(line) <= step) {
                        kept.add(line);
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(file + ": cannot be read: " + failure.getMessage(), failure);
            }
        }
        replace(kept);
    }

    private static int numberOf(String line) {
        try {
            return JSON.readTree(line).path("step").asInt(Integer.MAX_VALUE);
        } catch (JsonProcessingException torn) {
            return Integer.MAX_VALUE;
        }
    }

    private void replace(List<String> lines) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(aside, lines);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
        begun = true;
    }

    @Override
    public void stepped(TrainingStep step) {
        if (!begun) {
            replace(List.of());
        }
        ObjectNode line = JSON.createObjectNode().put("step", step.number()).put("epoch", step.epoch());
        step.metrics().forEach((name, value) -> {
            if (!name.equals("step")) {
                line.put(name, Double.isFinite(value) ? value : null);
            }
        });
        try {
            Files.write(
                    file,
                    (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }
}
