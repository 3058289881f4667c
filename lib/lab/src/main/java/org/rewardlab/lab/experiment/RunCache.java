package org.rewardlab.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs reported, kept on disk by what they are: experiment, version of the run, scale, seed and the arm's content.
 *
 * <p>An entry is written aside and moved into place, so that a kill leaves none half written; one that was damaged later
 * is told by its digest, ignored with a word, and written anew.
 *
 * @param folder of all experiments
 * @param version of the function that runs: what it does is code, which no cache can compare
 */
record RunCache(Path folder, String version) {

    RunCache {
        if (version.isBlank()) {
            throw new IllegalArgumentException(
                    "version: expected a word that changes with what a run does, got \"" + version + "\"");
        }
    }

    /** A run as it is looked up. */
    record Key(String experiment, String text) {
        String file() {
            return ContentJson.digest(text) + ".json";
        }
    }

    Key key(String experiment, @Nullable Object arm, long seed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("experiment", experiment).put("version", version);
        node.put("scale", Scale.current().toString()).put("seed", seed);
        node.set("arm", ContentJson.of(arm));
        return new Key(experiment, node.toString());
    }

    /** What was kept of a run; null where nothing was, or nothing that is whole. */
    @Nullable
    List<RunLog.Row> read(Key key) {
        Path file = place(key);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonNode entry = ContentJson.parse(Files.readString(file));
            JsonNode rows = entry.path("rows");
            if (!entry.path("key").asText().equals(key.text())
                    || !entry.path("digest").asText().equals(ContentJson.digest(rows.toString()))) {
                throw new IOException("it is damaged");
            }
            List<RunLog.Row> read = new ArrayList<>();
            for (JsonNode row : rows) {
                Map<String, Double> metrics = new LinkedHashMap<>();
                row.path("metrics")
                        .properties()
                        .forEach(metric -> metrics.put(
                                metric.getKey(),
                                Double.valueOf(metric.getValue().asText())));
                read.add(new RunLog.Row(row.path("step").asLong(), metrics));
            }
            return read;
        } catch (IOException | NumberFormatException failure) {
            System.err.println(file + ": ignored, and run again: " + failure.getMessage());
            return null;
        }
    }

    /** Keeps what a run reported; a disk that takes nothing costs the entry, not the run. */
    void write(Key key, List<RunLog.Row> rows) {
        boolean interrupted = Thread.interrupted(); // file channels close themselves on an interrupt
        Path file = place(key);
        try {
            Files.createDirectories(file.getParent());
            Path aside = Files.createTempFile(file.getParent(), "run", ".part");
            try {
                Files.writeString(aside, entry(key, rows));
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException failure) {
            System.err.println(file + ": not kept: " + failure.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Path place(Key key) {
        return folder.resolve(key.experiment()).resolve(key.file());
    }

    private static String entry(Key key, List<RunLog.Row> rows) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (RunLog.Row row : rows) {
            ObjectNode metrics = list.addObject().put("step", row.step()).putObject("metrics");
            row.metrics().forEach((name, value) -> metrics.put(name, value.toString()));
        }
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("key", key.text());
        entry.put("digest", ContentJson.digest(list.toString()));
        entry.set("rows", list);
        return entry.toString();
    }
}
