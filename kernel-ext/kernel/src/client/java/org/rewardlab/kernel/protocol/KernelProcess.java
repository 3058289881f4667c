package org.rewardlab.kernel.protocol;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.rewardlab.kernel.Main;
import org.rewardlab.kernel.wire.ConnectionFile;

/** A kernel in a process of its own, with the class path of this one. */
public final class KernelProcess implements AutoCloseable {

    private final Process process;
    private final ConnectionFile connection;
    private final Path file;

    /** Starts a kernel with more options of the virtual machine. */
    public KernelProcess(String... options) throws IOException {
        this(ProcessHandle.current().pid(), options);
    }

    /** Starts a kernel that takes another process for its parent. */
    public static KernelProcess childOf(long parent, String... options) throws IOException {
        return new KernelProcess(parent, options);
    }

    /** Starts a kernel with exactly these options, its class path among them. */
    public static KernelProcess withClassPathAmong(List<String> options) throws IOException {
        return new KernelProcess(ProcessHandle.current().pid(), options);
    }

    private KernelProcess(long parent, String... options) throws IOException {
        this(parent, withOwnClassPath(options));
    }

    private static List<String> withOwnClassPath(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return all;
    }

    private KernelProcess(long parent, List<String> options) throws IOException {
        connection = TestClient.freePorts();
        file = Files.createTempFile("connection", ".json");
        Files.writeString(file, json(connection).toString());
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(Main.class.getName(), file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("REWARDLAB_HISTORY", "off");
        builder.environment().put("JPY_PARENT_PID", String.valueOf(parent));
        process = builder.start();
    }

    private static JsonObject json(ConnectionFile connection) {
        JsonObject json = new JsonObject();
        json.addProperty("transport", connection.transport());
        json.addProperty("ip", connection.ip());
        json.addProperty("shell_port", connection.shellPort());
        json.addProperty("control_port", connection.controlPort());
        json.addProperty("stdin_port", connection.stdinPort());
        json.addProperty("iopub_port", connection.iopubPort());
        json.addProperty("hb_port", connection.heartbeatPort());
        json.addProperty("signature_scheme", connection.scheme());
        json.addProperty("key", connection.key());
        return json;
    }

    public ConnectionFile connection() {
        return connection;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Whether the process ends within that time. */
    public boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(file);
    }
}
