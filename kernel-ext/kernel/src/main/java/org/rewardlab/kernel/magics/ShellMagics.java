package org.rewardlab.kernel.magics;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.Session;

/** {@code !command}, {@code %%bash} and {@code %env}: commands of the system, their output as it comes. */
final class ShellMagics {

    private final Map<String, String> environment = new TreeMap<>();

    private ShellMagics() {}

    static void register(Session session) {
        ShellMagics magics = new ShellMagics();
        LineMagic<Object, Session> line = (kernel, arguments) -> magics.line(kernel, arguments.get(0));
        CellMagic<Object, Session> cell = (kernel, arguments, body) -> magics.cell(kernel, arguments, body);
        LineMagic<Object, Session> env = (kernel, arguments) -> magics.env(String.join(" ", arguments));
        LineMagic<Object, Session> cd = (kernel, arguments) -> cd(kernel, String.join(" ", arguments));
        session.getMagicsRegistry()
                .registerLineMagic("!", line)
                .registerLineMagic("env", env)
                .registerLineMagic("cd", cd)
                .registerCellMagic("bash", cell)
                .registerCellMagic("sh", cell);
    }

    private @Nullable Object line(Session session, String command) throws IOException, InterruptedException {
        int status = run(session, List.of(shell(), isWindows() ? "/c" : "-c", command));
        if (status != 0) {
            System.err.println("[exit status " + status + "]");
        }
        return null;
    }

    private @Nullable Object cell(Session session, List<String> arguments, String body)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", body, "bash"));
        command.addAll(arguments);
        int status = run(session, command);
        if (status != 0) {
            throw new IllegalStateException("the commands ended with exit status " + status);
        }
        return null;
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    private static String shell() {
        return isWindows() ? "cmd" : "sh";
    }

    private int run(Session session, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(session.folders().current().toAbsolutePath().toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            Thread out = pump(process.getInputStream(), System.out);
            Thread err = pump(process.getErrorStream(), System.err);
            int status = process.waitFor();
            out.join();
            err.join();
            return status;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static Thread pump(InputStream from, PrintStream to) {
        Thread thread = new Thread(() -> {
            byte[] buffer = new byte[8192];
            try (from) {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    to.write(buffer, 0, n);
                    to.flush();
                }
            } catch (IOException e) {
                to.println("[" + e.getMessage() + "]");
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Says where the notebook works; a Java process stays in its folder, and half of a move would be a trap. */
    private static @Nullable Object cd(Session session, String folder) {
        if (!folder.isBlank()) {
            throw new IllegalArgumentException("%cd: a Java process cannot leave its folder, "
                    + session.folders().current().toAbsolutePath() + "; a command can: !cd " + folder + " && ls");
        }
        System.out.println(session.folders().current().toAbsolutePath());
        return null;
    }

    /** Lists, shows or sets; what is set holds for the commands of this session. */
    private @Nullable Object env(String text) {
        Map<String, String> all = new TreeMap<>(System.getenv());
        all.putAll(environment);
        int equals = text.indexOf('=');
        if (text.isBlank()) {
            Words.table(
                    List.of("name", "value"),
                    all.entrySet().stream()
                            .map(e -> List.of(e.getKey(), e.getValue()))
                            .toList());
            return null;
        }
        if (equals > 0) {
            environment.put(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
            return null;
        }
        System.out.println(all.getOrDefault(text.strip(), ""));
        return all.get(text.strip());
    }
}
