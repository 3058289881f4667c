package org.rewardlab.kernel.magics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Files that fit a pattern. */
final class Globs {

    private static final int DEPTH = 20;

    private Globs() {}

    /** What fits, in the order of names; relative patterns begin at the folder. */
    static List<Path> expand(Path folder, String glob) {
        String pattern = glob.replace('\\', '/');
        int special = firstSpecial(pattern);
        if (special < 0) {
            Path path = folder.resolve(glob).toAbsolutePath().normalize();
            return Files.exists(path) ? List.of(path) : List.of();
        }
        int slash = pattern.lastIndexOf('/', special);
        Path start = folder.resolve(slash < 0 ? "" : pattern.substring(0, slash + 1))
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        String rest = pattern.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**")
                ? DEPTH
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> files = Files.walk(start, depth)) {
            return files.filter(path -> !path.equals(start) && matcher.matches(start.relativize(path)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + glob, e);
        }
    }

    private static int firstSpecial(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
