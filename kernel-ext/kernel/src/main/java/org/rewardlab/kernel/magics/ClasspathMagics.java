package org.rewardlab.kernel.magics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.rewardlab.kernel.session.Session;

/** {@code %jars} and {@code %classpath}: what globs find is added to the class path, and returned. */
final class ClasspathMagics {

    private ClasspathMagics() {}

    static void register(Session session) {
        Predicate<Path> isJar = path ->
                Files.isRegularFile(path) && String.valueOf(path.getFileName()).endsWith(".jar");
        LineMagic<List<String>, Session> jars = (kernel, globs) -> add(kernel, globs, isJar);
        LineMagic<List<String>, Session> all =
                (kernel, globs) -> add(kernel, globs, path -> isJar.test(path) || Files.isDirectory(path));
        for (String name : List.of("jars", "addJars")) {
            session.getMagicsRegistry().registerLineMagic(name, jars);
        }
        for (String name : List.of("classpath", "addClasspath")) {
            session.getMagicsRegistry().registerLineMagic(name, all);
        }
    }

    private static List<String> add(Session session, List<String> globs, Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        for (String glob : globs) {
            List<Path> matches = Globs.expand(session.folders().current(), glob).stream()
                    .filter(wanted)
                    .toList();
            if (matches.isEmpty()) {
                System.err.println("[nothing fits " + glob + "]");
            }
            found.addAll(matches);
        }
        session.addToClasspath(found);
        return new ArrayList<>(found.stream().map(Path::toString).toList());
    }
}
