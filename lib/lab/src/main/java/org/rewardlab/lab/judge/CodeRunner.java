package org.rewardlab.lab.judge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rewardlab.tensor.Check;

/**
 * Runs code that a model wrote, in a process of its own with bounds on time, memory and output.
 *
 * <p>The process starts in an empty folder with an empty environment, and is ended with all that it started at the deadline or once it
 * has written too much. Memory and file size are bounded by the shell's {@code ulimit}, on systems that have one. This bounds mistakes; it is
 * no wall against malice: code can read what this user can read and reach the network. Run untrusted code in a container.
 *
 * @param command that runs a file, whose name is added: {@code python3 -I}
 * @param suffix of the file, such as {@code .py}
 * @param timeout of a run
 * @param memoryBytes most address space
 * @param outputBytes most bytes that are written, both streams together
 */
public record CodeRunner(List<String> command, String suffix, Duration timeout, long memoryBytes, int outputBytes) {

    public CodeRunner {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw Check.failure("command", "a program", "none");
        }
        if (!suffix.matches("\\.\\w+")) {
            throw Check.failure("suffix", "a point and letters", suffix);
        }
        Check.atLeast("timeout", timeout.toMillis(), 1);
        Check.atLeast("memoryBytes", memoryBytes, 1 << 20);
        Check.atLeast("outputBytes", outputBytes, 1);
    }

    /** Python 3 for five seconds with half a gigabyte and 64 kB of output. */
    public static CodeRunner python() {
        return new CodeRunner(List.of("python3", "-I", "-B"), ".py", Duration.ofSeconds(5), 512L << 20, 1 << 16);
    }

    /** How a run ended. */
    public enum End {
        /** With exit code 0. */
        PASSED,
        /** With another exit code: an exception, a failed assertion, no memory. */
        FAILED,
        /** Stopped at the deadline. */
        TIMED_OUT,
        /** Stopped because it wrote too much. */
        FLOODED
    }

    /**
     * What a run came to.
     *
     * @param end how it ended
     * @param output what it wrote, up to the bound
     */
    public record Outcome(End end, String output) {
        /** Whether it ended well. */
        public boolean passed() {
            return end == End.PASSED;
        }
    }

    /** Runs a program text. Rejects a machine on which the command does not start. */
    public Outcome run(String code) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("rewardlab-code");
            Path file = folder.resolve("program" + suffix);
            Files.writeString(file, code);
            return run(folder, file);
        } catch (IOException failure) {
            throw new UncheckedIOException("command: expected one that starts, got " + command, failure);
        } finally {
            if (folder != null) {
                delete(folder);
            }
        }
    }

    private Outcome run(Path folder, Path file) throws IOException {
        List<String> all = new ArrayList<>();
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            all.addAll(List.of("/bin/sh", "-c", limits() + " exec \"$@\"", "sh"));
        }
        all.addAll(command);
        all.add(file.toString());
        ProcessBuilder builder =
                new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("HOME", folder.toString());
        environment.put("OPENBLAS_NUM_THREADS", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        Reader reader = new Reader(process.getInputStream(), outputBytes, process);
        Thread thread = new Thread(reader, "code-output");
        thread.setDaemon(true);
        thread.start();
        try {
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            end(process);
            thread.join(1000);
            End end = reader.flooded
                    ? End.FLOODED
                    : !ended ? End.TIMED_OUT : process.exitValue() == 0 ? End.PASSED : End.FAILED;
            return new Outcome(end, reader.text());
        } catch (InterruptedException stopped) {
            end(process);
            Thread.currentThread().interrupt();
            return new Outcome(End.TIMED_OUT, reader.text());
        }
    }

    private String limits() {
        long seconds = Math.max(1, timeout.toSeconds() + 1);
        return "ulimit -v " + memoryBytes / 1024 + " 2>/dev/null; ulimit -t " + seconds
                + " 2>/dev/null; ulimit -f 20480 2>/dev/null;" + " ulimit -c 0 2>/dev/null;";
    }

    /** Ends a process and all that it has started. */
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            folder.toFile().deleteOnExit();
        }
    }

    /** Gathers output up to a bound and ends a process that writes more. */
    private static final class Reader implements Runnable {
        private final InputStream in;
        private final int most;
        private final Process process;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile boolean flooded;

        Reader(InputStream in, int most, Process process) {
            this.in = in;
            this.most = most;
            this.process = process;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (bytes) {
                        bytes.write(buffer, 0, Math.min(n, most - bytes.size()));
                        flooded |= n > 0 && bytes.size() == most;
                    }
                    if (flooded) {
                        end(process);
                        return;
                    }
                }
            } catch (IOException closed) {
                // The process is gone.
            }
        }

        String text() {
            synchronized (bytes) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
