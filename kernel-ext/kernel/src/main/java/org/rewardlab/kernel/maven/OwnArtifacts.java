package org.rewardlab.kernel.maven;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The artifacts that are on the class path of the process already, by the descriptions in their jars. */
final class OwnArtifacts {

    private final Map<String, String> versions = new HashMap<>();

    OwnArtifacts(String classPath) {
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar") && new File(entry).isFile()) {
                read(entry);
            }
        }
    }

    private void read(String jar) {
        try (JarFile file = new JarFile(jar)) {
            Enumeration<JarEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith("META-INF/maven/")
                        && entry.getName().endsWith("/pom.properties")) {
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

    /** The version on the class path, or null. */
    @Nullable
    String version(String group, String artifact) {
        return versions.get(group + ":" + artifact);
    }
}
