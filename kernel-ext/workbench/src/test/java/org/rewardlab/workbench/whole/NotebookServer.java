package org.rewardlab.workbench.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Jupyter notebook server of its own, on a free port of the loopback address, with the kernel from a private prefix. */
final class NotebookServer implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/\\?token=[0-9a-f]+");

    private final Process process;
    private final String address;

    NotebookServer(String jupyter, Path prefix, Path folder, Path log) {
        this(jupyter, prefix, folder, log, List.of());
    }

    /** A server with more options on its command line. */
    NotebookServer(String jupyter, Path prefix, Path folder, Path log, List<String> options) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    jupyter,
                    "notebook",
                    "--debug",
                    "--no-browser",
                    "--allow-root",
                    "--ip=127.0.0.1",
                    "--port=" + freePort(), // with 0, notebook 6 prints 0
                    "--notebook-dir=" + folder));
            command.addAll(options);
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment()
                    .put("JUPYTER_PATH", prefix.resolve("share/jupyter").toString());
            builder.environment().put("JUPYTER_CONFIG_DIR", prefix.toString());
            builder.environment()
                    .put("JUPYTER_RUNTIME_DIR", prefix.resolve("runtime").toString());
            builder.environment().put("REWARDLAB_SCALE", "smoke");
            process = builder.start();
            address = await(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String await(Path log) throws IOException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (Instant.now().isBefore(end) && process.isAlive()) {
            Matcher matcher = ADDRESS.matcher(Files.readString(log));
            if (matcher.find()) {
                return matcher.group();
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("the notebook server did not start:\n" + Files.readString(log));
    }

    /** The address of something on the server, token included. */
    String at(String path) {
        int query = address.indexOf('?');
        return address.substring(0, query) + path + address.substring(query);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
