package org.rewardlab.lab.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the project's folders are: below {@code REWARDLAB_HOME} (system property {@code rewardlab.home} stands before
 * it), else below the nearest folder at or above the working directory that holds {@code datasets/} and {@code figures/}.
 */
public final class Home {
    private Home() {}

    /**
     * The folder that holds {@code datasets/} and {@code figures/}.
     *
     * @throws IllegalStateException when none is found, naming where it was looked for
     */
    public static Path folder() {
        @Nullable String text = Setting.HOME.text();
        if (text != null) {
            Path home = Path.of(text).toAbsolutePath().normalize();
            if (!Files.isDirectory(home)) {
                throw new IllegalStateException(Setting.HOME.name() + ": expected a folder, got " + home);
            }
            return home;
        }
        Path start = Path.of("").toAbsolutePath();
        return above(start)
                .orElseThrow(() -> new IllegalStateException("no folder with datasets/ and figures/ at or above "
                        + start + ": start there, or name it in " + Setting.HOME.variable()));
    }

    /** The nearest folder at or above {@code start} that holds both. */
    static Optional<Path> above(Path start) {
        for (@Nullable Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("datasets")) && Files.isDirectory(at.resolve("figures"))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** The folder of the data sets. */
    public static Path datasets() {
        return folder().resolve("datasets");
    }

    /**
     * The folder that figures are written to: what {@code REWARDLAB_FIGURES} names, else {@code figures/}, or
     * {@code target/figures/} at scale smoke.
     */
    public static Path figures() {
        @Nullable String text = Setting.FIGURES.text();
        if (text != null) {
            return Path.of(text).toAbsolutePath().normalize();
        }
        return Scale.current().judges()
                ? folder().resolve("figures")
                : folder().resolve("target").resolve("figures");
    }
}
