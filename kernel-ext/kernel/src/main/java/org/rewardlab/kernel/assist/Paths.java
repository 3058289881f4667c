package org.rewardlab.kernel.assist;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Completes the names of files. */
final class Paths {

    private static final int MAX = 200;

    private Paths() {}

    static Completions complete(String typed, int start, int cursor) {
        int slash = Math.max(typed.lastIndexOf('/'), typed.lastIndexOf('\\'));
        String folder = typed.substring(0, slash + 1);
        String prefix = typed.substring(slash + 1);
        List<Completion> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(prefix) && (!name.startsWith(".") || prefix.startsWith("."))) {
                    found.add(new Completion(name + (Files.isDirectory(file) ? "/" : ""), "path", ""));
                }
            }
        } catch (IOException | InvalidPathException e) {
            return new Completions(List.of(), cursor, cursor);
        }
        found.sort(Comparator.comparing(Completion::text));
        return new Completions(found.subList(0, Math.min(MAX, found.size())), start + slash + 1, cursor);
    }
}
