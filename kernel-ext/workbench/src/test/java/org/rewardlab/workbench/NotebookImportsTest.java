package org.rewardlab.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NotebookImportsTest {

    /** What IJava imports, and so this kernel. */
    private static final List<String> OF_THE_KERNEL = List.of(
            "java.util",
            "java.io",
            "java.math",
            "java.net",
            "java.util.concurrent",
            "java.util.prefs",
            "java.util.regex",
            "java.time");

    @Test
    void noShortNameMeansTwoThings() {
        Set<String> single = new TreeSet<>();
        Map<String, Set<String>> packagesOf = new TreeMap<>();
        List<String> stars = new ArrayList<>(OF_THE_KERNEL);
        for (String line : NotebookImports.LINES) {
            String name = line.replaceAll("import (static )?|;", "");
            if (name.endsWith(".*") && !line.contains("static")) {
                stars.add(name.substring(0, name.length() - 2));
            } else if (!line.contains("static")) {
                single.add(name.substring(name.lastIndexOf('.') + 1));
            }
        }
        for (String star : stars) {
            List<String> classes = publicClasses(star);
            assertThat(classes).as("public classes of %s", star).isNotEmpty();
            classes.forEach(name ->
                    packagesOf.computeIfAbsent(name, n -> new TreeSet<>()).add(star));
        }
        packagesOf.values().removeIf(packages -> packages.size() < 2);
        packagesOf.keySet().removeAll(single);
        assertThat(packagesOf).isEmpty();
    }

    private static List<String> publicClasses(String name) {
        String folder = name.replace('.', '/');
        List<String> found = new ArrayList<>();
        try {
            if (name.startsWith("java.")) {
                FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
                String module = name.startsWith("java.util.prefs") ? "java.prefs" : "java.base";
                list(runtime.getPath("modules", module, folder), name, found);
            }
            for (URL url : Collections.list(
                    NotebookImportsTest.class.getClassLoader().getResources(folder))) {
                if (url.getProtocol().equals("file")) {
                    list(Path.of(url.toURI()), name, found);
                } else if (url.getProtocol().equals("jar")) {
                    String jar = url.toString().substring("jar:".length(), url.toString().indexOf('!'));
                    try (FileSystem zip = FileSystems.newFileSystem(Path.of(URI.create(jar)))) {
                        list(zip.getPath(folder), name, found);
                    }
                }
            }
        } catch (IOException | java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static void list(Path folder, String packageName, List<String> found) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("$") && !file.contains("-info"))
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .filter(simple -> isPublic(packageName + "." + simple))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, NotebookImportsTest.class.getClassLoader())
                    .getModifiers());
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
