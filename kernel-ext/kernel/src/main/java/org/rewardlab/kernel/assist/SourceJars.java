package org.rewardlab.kernel.assist;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The sources of a class path's jars, {@code x-sources.jar} beside {@code x.jar} or in a folder {@code sources} beside its
 * folder, by the names of their types.
 */
final class SourceJars {

    private final Supplier<List<String>> classPath;
    private final Set<String> indexed = new HashSet<>();
    private final Map<String, List<Place>> byType = new HashMap<>();

    /** Where a source lies. */
    private record Place(String jar, String entry) {}

    SourceJars(Supplier<List<String>> classPath) {
        this.classPath = classPath;
    }

    /** The sources of the types of that simple name. */
    synchronized List<String> sourcesOf(String type) {
        for (String jar : classPath.get()) {
            if (jar.endsWith(".jar") && indexed.add(jar)) {
                File sources = new File(jar.substring(0, jar.length() - ".jar".length()) + "-sources.jar");
                index(sources.getPath());
                index(new File(new File(sources.getParentFile(), "../sources"), sources.getName()).getPath());
            }
        }
        List<String> sources = new ArrayList<>();
        for (Place place : byType.getOrDefault(type, List.of())) {
            try (ZipFile jar = new ZipFile(place.jar())) {
                ZipEntry entry = jar.getEntry(place.entry());
                sources.add(new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                byType.remove(type);
                return sources;
            }
        }
        return sources;
    }

    private void index(String jar) {
        if (!new File(jar).isFile()) {
            return;
        }
        try (ZipFile file = new ZipFile(jar)) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".java")) {
                    String type = name.substring(name.lastIndexOf('/') + 1, name.length() - ".java".length());
                    byType.computeIfAbsent(type, t -> new ArrayList<>()).add(new Place(jar, name));
                }
            }
        } catch (IOException e) {
            indexed.add(jar);
        }
    }
}
