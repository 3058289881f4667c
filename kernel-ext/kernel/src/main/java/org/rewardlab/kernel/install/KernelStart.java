package org.rewardlab.kernel.install;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the kernel's JVM is started: a value, so that modules above this one add what they need as data.
 *
 * @param javaHome the JDK's folder
 * @param feature the JDK's feature release, such as 17
 * @param classPath jars and folders, absolute
 * @param mainClass the kernel's main class; it gets the connection file as its only argument
 * @param systemProperties further system properties
 * @param environment further environment variables, written into the kernelspec
 */
public record KernelStart(
        Path javaHome,
        int feature,
        List<Path> classPath,
        String mainClass,
        Map<String, String> systemProperties,
        Map<String, String> environment) {
    private static final int NATIVE_ACCESS_FROM = 22;
    private static final int STREAM_ENCODING_FROM = 19;

    public KernelStart {
        classPath = List.copyOf(classPath);
        systemProperties = new TreeMap<>(systemProperties);
        environment = new TreeMap<>(environment);
        if (classPath.isEmpty()) {
            throw new InstallException("classPath is empty: expected the kernel's jars");
        }
        for (Path entry : classPath) {
            if (!entry.isAbsolute() || entry.toString().contains(File.pathSeparator)) {
                throw new InstallException("classPath: expected absolute paths without '" + File.pathSeparator
                        + "', got " + entry + "; move the folder");
            }
        }
        if (!Files.isDirectory(javaHome)) {
            throw new InstallException("javaHome: there is no folder " + javaHome);
        }
    }

    /** The JDK and the class path that run this very program. */
    public static KernelStart ofThisProgram(String mainClass) {
        List<Path> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath().normalize();
            if (!entry.isEmpty() && Files.exists(path)) {
                classPath.add(path);
            }
        }
        return new KernelStart(
                Path.of(System.getProperty("java.home", "")),
                Runtime.version().feature(),
                classPath,
                mainClass,
                Map.of(),
                Map.of());
    }

    /** The same start with more system properties and environment variables. */
    public KernelStart with(Map<String, String> moreProperties, Map<String, String> moreEnvironment) {
        Map<String, String> properties = new LinkedHashMap<>(systemProperties);
        properties.putAll(moreProperties);
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.putAll(moreEnvironment);
        return new KernelStart(javaHome, feature, classPath, mainClass, properties, variables);
    }

    /** The {@code java} program. */
    public Path java() {
        Path bin = javaHome.resolve("bin");
        Path windows = bin.resolve("java.exe");
        return Files.exists(windows) ? windows : bin.resolve("java");
    }

    /**
     * What the JVM is told before the main class: memory, encodings, properties and the class path. Tensors live outside of
     * the heap, so that the collector with the smallest footprint serves cells as fast as the JVM's own choice; whoever
     * wants that one says {@code -XX:-UseSerialGC -XX:+UseG1GC} in {@code REWARDLAB_JAVA_OPTS}.
     */
    public List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-XX:MaxRAMPercentage=40",
                "-XX:+UseCountedLoopSafepoints",
                "-XX:LoopStripMiningIter=1000",
                "-XX:-OmitStackTraceInFastThrow",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8"));
        String encoding = feature >= STREAM_ENCODING_FROM ? "" : "sun.";
        options.add("-D" + encoding + "stdout.encoding=UTF-8");
        options.add("-D" + encoding + "stderr.encoding=UTF-8");
        if (feature >= NATIVE_ACCESS_FROM) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        systemProperties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        options.add("-cp");
        options.add(String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        return options;
    }
}
