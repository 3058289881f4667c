package org.rewardlab.lab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where data lie: the project's own {@code datasets/} folder, or what the environment variable {@code REWARDLAB_DATA} names. */
public final class Datasets {
    private static final String FOLDER = "datasets";

    private Datasets() {}

    /**
     * The file or folder of a name: as it stands if it exists, else below {@code REWARDLAB_HOME} or the nearest parent folder that holds
     * {@code datasets/}.
     */
    public static Path find(String name) {
        Path direct = Path.of(name);
        if (direct.isAbsolute() || Files.exists(direct)) {
            return direct;
        }
        return home(Path.of("").toAbsolutePath(), System.getenv("REWARDLAB_HOME"))
                .map(home -> home.resolve(name))
                .filter(Files::exists)
                .orElse(direct);
    }

    /** What {@code REWARDLAB_DATA} names, or the given set where that is not set. */
    public static Path givenOr(String name) {
        String given = System.getenv("REWARDLAB_DATA");
        return given == null || given.isBlank() ? find(name) : find(given);
    }

    static Optional<Path> home(Path from, @Nullable String named) {
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return Stream.iterate(from, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve(FOLDER)))
                .findFirst();
    }

    /** The file itself, or the JSON Lines files of a folder in the order of their names. */
    static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files = inside.filter(file -> Files.isRegularFile(file) && isJsonLines(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw InvalidDataException.in(path, "the folder holds no *.jsonl and no *.jsonl.gz");
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(path + ": cannot be listed: " + failure.getMessage(), failure);
        }
    }

    private static boolean isJsonLines(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }
}
