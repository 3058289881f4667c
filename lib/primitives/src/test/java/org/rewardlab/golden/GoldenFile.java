package org.rewardlab.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One file of golden vectors: {@code NN-slug.json}, whose first two digits number the card. */
record GoldenFile(String card, String name, List<JsonNode> cases) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every {@code *.json} directly in a folder, in name order; links are followed. */
    static List<GoldenFile> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(GoldenFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("golden.dir: cannot list " + folder, e);
        }
    }

    private static GoldenFile read(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches("\\d\\d.*\\.json")) {
            throw new IllegalArgumentException("golden file: expected a name NN-slug.json, got " + name);
        }
        try {
            List<JsonNode> cases = new ArrayList<>();
            JSON.readTree(file.toFile()).required("cases").forEach(cases::add);
            return new GoldenFile(name.substring(0, 2), name, cases);
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file, e);
        }
    }
}
