package org.rewardlab.kernel.maven;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The artifacts that are on the class path of the process already, by the descriptions in their jars. */
final class OwnArtifacts {

    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[\\w.+-]*)\\.jar");

    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, Nameless> nameless = new HashMap<>();

    /** A jar that does not say where it comes from, as those that Gradle makes: its version, and what is in it. */
    private record Nameless(String version, Set<String> folders) {}

    OwnArtifacts(String classPath) {
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar") && new File(entry).isFile()) {
                read(entry);
            }
        }
    }

    private void read(String jar) {
        Set<String> folders = new HashSet<>();
        boolean described = false;
        try (JarFile file = new JarFile(jar)) {
            Enumeration<JarEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                addFolders(entry.getName(), folders);
                if (entry.getName().startsWith("META-INF/maven/")
                        && entry.getName().endsWith("/pom.properties")) {
                    described = true;
                    try (InputStream in = file.getInputStream(entry)) {
                        Properties properties = new Properties();
                        properties.load(in);
                        add(properties.getProperty("groupId"), properties.getProperty("artifactId"), properties);
                    }
                }
            }
        } catch (IOException e) {
            // A jar that cannot be read describes nothing, and the virtual machine will say so when it needs it.
            versions.remove(jar);
        }
        String path = jar.replace('\\', '/');
        int repository = path.indexOf("/repository/");
        if (repository >= 0) {
            fromRepositoryPath(
                    path.substring(repository + "/repository/".length()).split("/"));
        } else if (!described) {
            Matcher name = FILE.matcher(path.substring(path.lastIndexOf('/') + 1));
            if (name.matches()) {
                nameless.put(name.group(1), new Nameless(name.group(2), folders));
            }
        }
    }

    private static void addFolders(String entry, Set<String> folders) {
        int end = entry.lastIndexOf('/');
        while (end > 0 && folders.add(entry.substring(0, end))) {
            end = entry.lastIndexOf('/', end - 1);
        }
    }

    private void add(@Nullable String group, @Nullable String artifact, Properties properties) {
        if (group != null && artifact != null) {
            versions.put(group + ":" + artifact, properties.getProperty("version", "?"));
        }
    }

    /** Jars without a description are known by their place in a local repository. */
    private void fromRepositoryPath(String[] parts) {
        if (parts.length >= 4) {
            int n = parts.length;
            String group = String.join(".", java.util.Arrays.asList(parts).subList(0, n - 3));
            versions.putIfAbsent(group + ":" + parts[n - 3], parts[n - 2]);
        }
    }

    /** The version on the class path, or null; a jar that names no group is of one whose packages it holds. */
    @Nullable
    String version(String group, String artifact) {
        String version = versions.get(group + ":" + artifact);
        Nameless named = nameless.get(artifact);
        return version == null && named != null && named.folders().contains(group.replace('.', '/'))
                ? named.version()
                : version;
    }
}
