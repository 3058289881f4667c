package org.rewardlab.lab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rewardlab.lab.experiment.Home;

/** Where data lie: the project's own {@code datasets/} folder, or what the environment variable {@code REWARDLAB_DATA} names. */
public final class Datasets {
    private Datasets() {}

    /** The file or folder of a name: as it stands if it exists, else below the project's folder, {@link Home#folder()}. */
    public static Path find(String name) {
        Path direct = Path.of(name);
        if (direct.isAbsolute() || Files.exists(direct)) {
            return direct;
        }
        try {
            Path below = Home.folder().resolve(name);
            return Files.exists(below) ? below : direct;
        } catch (IllegalStateException noHome) {
            return direct;
        }
    }

    /** What {@code REWARDLAB_DATA} names (the system property {@code rewardlab.data} stands before it), if it is set. */
    public static Optional<Path> given() {
        String property = System.getProperty("rewardlab.data");
        String name = property != null ? property : System.getenv("REWARDLAB_DATA");
        return name == null || name.isBlank() ? Optional.empty() : Optional.of(find(name.strip()));
    }

    /** What {@link #given()} finds, or the set of that name. */
    public static Path givenOr(String name) {
        return given().orElseGet(() -> find(name));
    }

    /** The file itself, or the files of rows of a folder in the order of their names. */
    static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files = inside.filter(file -> Files.isRegularFile(file) && DataRows.isKnown(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw InvalidDataException.in(
                        path,
                        "the folder holds no *.jsonl and no *.jsonl.gz (nor *.csv, *.tsv, *.parquet)" + folders(path));
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(path + ": cannot be listed: " + failure.getMessage(), failure);
        }
    }

    private static String folders(Path path) throws IOException {
        try (Stream<Path> inside = Files.list(path)) {
            List<String> names = inside.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .limit(8)
                    .toList();
            return names.isEmpty() ? "" : ", but folders, one of which may be meant: " + String.join(", ", names);
        }
    }
}
