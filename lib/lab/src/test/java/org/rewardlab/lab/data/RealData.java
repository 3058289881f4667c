package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.rewardlab.lab.experiment.Home;

/** Finds real data that are not part of the project; a test that needs them is left out where they are missing. */
public final class RealData {
    private static final String SET = "hh-rlhf-harmless";
    private static final String FILE = "test.jsonl.gz";

    private RealData() {}

    /** A file of shared data, by set and name, below {@code REWARDLAB_DATA} or beside the project. */
    public static Path file(String set, String name) {
        Path given = Path.of(Objects.requireNonNullElse(System.getenv("REWARDLAB_DATA"), ""));
        Path beside = Home.folder().resolveSibling("shared").resolve("data");
        Path found = Stream.of(given, beside)
                .map(folder -> folder.resolve(set).resolve(name))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(given);
        Assumptions.assumeTrue(found.endsWith(Path.of(set, name)), set + "/" + name + " is not here");
        return found;
    }

    /** The rows of a file of shared data in JSON Lines, plain or gzipped. */
    public static List<ObjectNode> rows(String set, String name) {
        List<ObjectNode> rows = new ArrayList<>();
        JsonLines.read(file(set, name), (row, place) -> rows.add(row));
        return rows;
    }

    /** The file of 2,312 pairs: named by {@code REWARDLAB_DATA}, or in a folder of shared data beside the project. */
    public static Path hhRlhfHarmless() {
        Path given = Path.of(Objects.requireNonNullElse(System.getenv("REWARDLAB_DATA"), ""));
        Path beside = Home.folder().resolveSibling("shared").resolve("data");
        Path found = Stream.of(
                        given,
                        given.resolve(FILE),
                        given.resolve(SET).resolve(FILE),
                        beside.resolve(SET).resolve(FILE))
                .filter(file -> file.endsWith(Path.of(SET, FILE)) && Files.isRegularFile(file))
                .findFirst()
                .orElse(given);
        Assumptions.assumeTrue(found.endsWith(Path.of(SET, FILE)), "the HH-RLHF pairs are not here");
        return found;
    }
}
