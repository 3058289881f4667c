package org.rewardlab.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.SystemStreams;
import org.rewardlab.kernel.protocol.KernelServer;
import org.rewardlab.kernel.session.Environment;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.wire.ConnectionFile;

/** The kernel as a process: {@code java org.rewardlab.kernel.Main connection-file}. */
public final class Main {

    private Main() {}

    /** Starts the kernel that the connection file describes, and returns while it runs. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            SystemStreams.processErr().println("usage: java org.rewardlab.kernel.Main connection-file");
            System.exit(2);
        }
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            ConnectionFile file = ConnectionFile.read(Path.of(arguments[0]));
            AtomicReference<@Nullable KernelServer> running = new AtomicReference<>();
            ProcessEnd end = new ProcessEnd(running);
            KernelServer server = new KernelServer(file, () -> Session.startAnyway(Environment::settings), end::begin);
            running.set(server);
            Signals.onInterrupt(server::interrupt);
            ParentWatch.start(end::begin);
            server.start();
            end.await();
        } catch (IOException | IllegalArgumentException e) {
            SystemStreams.processErr().println("the kernel cannot start: " + e.getMessage());
            System.exit(2);
        }
    }
}
