package org.rewardlab.kernel.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Carries bytes between a Unix domain socket, which clients with the ipc transport use, and a port on loopback. */
final class UnixRelay implements AutoCloseable {

    private final Path path;
    private final ServerSocketChannel server;
    private final int port;

    private UnixRelay(Path path, ServerSocketChannel server, int port) {
        this.path = path;
        this.server = server;
        this.port = port;
    }

    static UnixRelay open(String file, int port) throws IOException {
        Path path = Path.of(file);
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        UnixRelay relay = new UnixRelay(path, server, port);
        relay.thread("accept", relay::accept);
        return relay;
    }

    private void accept() throws IOException {
        while (server.isOpen()) {
            SocketChannel client = server.accept();
            SocketChannel local = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            thread("in", () -> copy(client, local));
            thread("out", () -> copy(local, client));
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) throws IOException {
        try (from;
                to) {
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    /** Work that ends when its channels are closed. */
    private interface Work {
        void run() throws IOException;
    }

    private void thread(String name, Work work) {
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        if (server.isOpen() && !(e instanceof java.nio.channels.ClosedChannelException)) {
                            Channel.log("ipc relay " + name + ": " + e);
                        }
                    }
                },
                "wire-ipc-" + name,
                0,
                false);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            Channel.log("ipc relay: " + e);
        }
    }
}
