package org.rewardlab.kernel.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The five sockets of a kernel. Knows nothing of what the messages mean. */
public final class Connection implements AutoCloseable {

    private final ConnectionFile file;
    private final ZMQ.Context context = ZMQ.context(1);
    private final Framing framing;
    private final Channel shell;
    private final Channel control;
    private final Channel stdin;
    private final ZMQ.Socket broadcast;
    private final ZMQ.Socket heartbeat;
    private final Thread heart;
    private final List<UnixRelay> relays = new ArrayList<>();
    private boolean closed;

    /**
     * Sockets that are not bound yet. Each receiver is called on its channel's thread.
     *
     * @param file where to listen
     * @param shellReceiver takes requests on the shell channel
     * @param controlReceiver takes requests on the control channel
     * @param stdinReceiver takes the user's input
     */
    public Connection(
            ConnectionFile file,
            Consumer<WireMessage> shellReceiver,
            Consumer<WireMessage> controlReceiver,
            Consumer<WireMessage> stdinReceiver) {
        this.file = file;
        framing = new Framing(new Signer(file.scheme(), file.key()));
        shell = new Channel("shell", context, framing, shellReceiver);
        control = new Channel("control", context, framing, controlReceiver);
        stdin = new Channel("stdin", context, framing, stdinReceiver);
        broadcast = context.socket(SocketType.PUB);
        broadcast.setHWM(0);
        broadcast.setLinger(500);
        heartbeat = context.socket(SocketType.ROUTER);
        heartbeat.setLinger(0);
        heart = new Thread(null, this::beat, "wire-heartbeat", 0, false);
        heart.setDaemon(true);
    }

    /** Binds all sockets; what comes in waits until {@link #receive()}. */
    public void bind() throws IOException {
        try {
            bind(file.iopubPort(), address -> bound(broadcast, address));
            bind(file.heartbeatPort(), address -> bound(heartbeat, address));
            bind(file.stdinPort(), stdin::bind);
            bind(file.controlPort(), control::bind);
            bind(file.shellPort(), shell::bind);
        } catch (ZMQException e) {
            throw new IOException("cannot listen at " + file.transport() + " " + file.ip() + ": " + e.getMessage(), e);
        }
    }

    /** Starts to receive. What a client must hear first is broadcast before. */
    public void receive() {
        heart.start();
        stdin.start();
        control.start();
        shell.start();
    }

    private static String bound(ZMQ.Socket socket, String address) {
        socket.bind(address);
        return socket.getLastEndpoint();
    }

    private void bind(int port, UnaryOperator<String> binder) throws IOException {
        boolean ipc = file.transport().equals("ipc");
        String endpoint = binder.apply(ipc ? "tcp://127.0.0.1:*" : "tcp://" + file.ip() + ":" + port);
        if (ipc) {
            int local = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
            relays.add(UnixRelay.open(file.ip() + "-" + port, local));
        }
    }

    /** Replies on the shell channel. */
    public void shell(WireMessage message) {
        shell.send(message);
    }

    /** Replies on the control channel. */
    public void control(WireMessage message) {
        control.send(message);
    }

    /** Asks the client for input. */
    public void stdin(WireMessage message) {
        stdin.send(message);
    }

    /** Tells all clients; from any thread. */
    public void broadcast(WireMessage message) {
        List<byte[]> frames = framing.encode(message);
        synchronized (broadcast) {
            if (!closed) {
                Channel.sendAll(broadcast, frames);
            }
        }
    }

    private void beat() {
        try {
            while (true) {
                Channel.sendAll(heartbeat, Channel.receive(heartbeat));
            }
        } catch (RuntimeException e) {
            heartbeat.close();
        }
    }

    /** Sends what is still to be sent, for half a second at most, and closes everything. */
    @Override
    public void close() {
        shell.close();
        control.close();
        stdin.close();
        synchronized (broadcast) {
            if (closed) {
                return;
            }
            closed = true;
            broadcast.close();
        }
        relays.forEach(UnixRelay::close);
        context.term();
    }
}
