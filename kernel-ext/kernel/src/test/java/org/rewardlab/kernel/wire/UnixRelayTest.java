package org.rewardlab.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixRelayTest {

    @TempDir
    private Path folder;

    @Test
    void bytesGoBothWays() throws Exception {
        Path path = folder.resolve("kernel-1");
        try (ServerSocket behind = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                UnixRelay relay = UnixRelay.open(path.toString(), behind.getLocalPort());
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                Socket server = behind.accept()) {
            client.write(StandardCharsets.UTF_8.encode("ping"));
            assertThat(server.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
            server.getOutputStream().write("pong!".getBytes(StandardCharsets.UTF_8));
            ByteBuffer answer = ByteBuffer.allocate(5);
            while (answer.hasRemaining()) {
                client.read(answer);
            }
            assertThat(new String(answer.array(), StandardCharsets.UTF_8)).isEqualTo("pong!");
            assertThat(relay).isNotNull();
        }
        assertThat(Files.exists(path)).isFalse();
    }
}
