package org.rewardlab.lab.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/** Where the files of one figure go. */
record FigureFiles(Path folder, String name) {
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    FigureFiles {
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: expected letters, digits, dots, dashes and underscores, got \"" + name + "\"");
        }
    }

    /** Writes beside the target and moves; what is half written is removed. */
    void write(String suffix, byte[] bytes) {
        Path target = folder.resolve(name + suffix);
        Path aside = folder.resolve("." + name + suffix + ".part");
        try {
            Files.createDirectories(folder);
            try {
                Files.write(aside, bytes);
                move(aside, target);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    private static void move(Path aside, Path target) throws IOException {
        try {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
