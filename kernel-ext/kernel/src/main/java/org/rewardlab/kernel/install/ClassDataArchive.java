package org.rewardlab.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The prepared classes that let the kernel's JVM start faster; a missing or stale archive costs speed and nothing else. It
 * is a dynamic archive on every JDK: the ahead-of-time cache of JDK 25 before 25.0.4 does not notice a changed jar
 * (JDK-8377932) and would run the old classes.
 */
final class ClassDataArchive {
    private static final long LONGEST_SECONDS = 180;

    private final KernelStart start;
    private final Path folder;

    ClassDataArchive(KernelStart start, Path folder) {
        this.start = start;
        this.folder = folder;
    }

    /** The archive's file; its name tells which JDK can read it. */
    Path file() {
        return folder.resolve("classes-" + start.feature() + ".jsa");
    }

    /** What makes a JVM use the archive where it fits, and stay silent where it does not. */
    List<String> useOptions() {
        return List.of("-XX:SharedArchiveFile=" + file(), "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /**
     * Makes the archive with one dry start of {@code mainClass}, which has to use what a session uses and then end.
     *
     * @return what went wrong, empty when the archive is there
     */
    String make(String mainClass) {
        Path aside = folder.resolve(".making-" + file().getFileName());
        List<String> command = new ArrayList<>();
        command.add(start.java().toString());
        command.add("-XX:ArchiveClassesAtExit=" + aside);
        command.addAll(start.options());
        command.add(mainClass);
        Path log = folder.resolve(".making.log");
        try {
            Files.deleteIfExists(aside);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .start();
            try {
                if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    return "the dry start did not end within " + LONGEST_SECONDS + " s";
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0 || !Files.exists(aside)) {
                return "the dry start ended with " + process.exitValue() + lastLine(log);
            }
            Files.move(aside, file(), StandardCopyOption.REPLACE_EXISTING);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            delete(aside);
            delete(log);
        }
    }

    private static java.io.File nothing() {
        return new java.io.File(java.io.File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1).strip();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
