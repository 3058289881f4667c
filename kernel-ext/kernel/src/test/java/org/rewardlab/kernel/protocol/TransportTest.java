package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.json;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionSettings;
import org.rewardlab.kernel.wire.ConnectionFile;

/** Connections other than signed ones over TCP. */
class TransportTest {

    @TempDir
    private Path folder;

    @Test
    void withAnEmptyKeyNothingIsSigned() throws Exception {
        ConnectionFile free = TestClient.freePorts();
        ConnectionFile file = new ConnectionFile(
                "tcp",
                free.ip(),
                free.shellPort(),
                free.controlPort(),
                free.stdinPort(),
                free.iopubPort(),
                free.heartbeatPort(),
                "hmac-sha256",
                "");
        serves(file, file);
    }

    @Test
    void unixSocketsCarryAllChannels() throws Exception {
        ConnectionFile free = TestClient.freePorts();
        String ip = folder.resolve("k").toString();
        ConnectionFile ipc = new ConnectionFile("ipc", ip, 1, 2, 3, 4, 5, free.scheme(), free.key());
        int[] ports = {free.shellPort(), free.controlPort(), free.stdinPort(), free.iopubPort(), free.heartbeatPort()};
        for (int i = 0; i < ports.length; i++) {
            bridge(ports[i], Path.of(ip + "-" + (i + 1)));
        }
        serves(ipc, free);
    }

    /** The client's library has no Unix sockets: it connects to a port from which bytes are carried to the socket. */
    private static void bridge(int port, Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        daemon(() -> {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel kernel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                daemon(() -> copy(client, kernel));
                daemon(() -> copy(kernel, client));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the other side is gone, and so is this one
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void copy(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (from.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            buffer.clear();
        }
        to.close();
    }

    private static void serves(ConnectionFile kernels, ConnectionFile clients) throws IOException {
        try (ServedKernel kernel =
                new ServedKernel(() -> Session.start(SessionSettings.defaults()), kernels, clients)) {
            TestClient client = kernel.client();
            assertThat(client.execute("System.out.println(6 * 7);").text("stdout"))
                    .isEqualTo("42\n");
            assertThat(client.controlRequest("kernel_info_request", new JsonObject())
                            .text("status"))
                    .isEqualTo("ok");
            String cell = client.startExecute("new Scanner(System.in).nextLine()", json("allow_stdin", true));
            assertThat(client.inputRequest().type()).isEqualTo("input_request");
            client.answerInput("yes");
            assertThat(client.await(cell).reply().text("status")).isEqualTo("ok");
            assertThat(client.beats()).isTrue();
        }
    }
}
