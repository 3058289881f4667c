package org.rewardlab.kernel.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.rewardlab.kernel.output.SystemStreams;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * One two-way socket and the thread that owns it. The thread blocks until a message comes from outside, or from within: what
 * other threads send reaches it through an in-process pipe, as a socket may be used by one thread only.
 */
final class Channel {

    private final String name;
    private final Framing framing;
    private final ZMQ.Socket outside;
    private final ZMQ.Socket pipeOut;
    private final ZMQ.Socket pipeIn;
    private final ZMQ.Context context;
    private final Thread thread;
    private boolean closed;

    Channel(String name, ZMQ.Context context, Framing framing, Consumer<WireMessage> receiver) {
        this.name = name;
        this.framing = framing;
        this.context = context;
        outside = context.socket(SocketType.ROUTER);
        outside.setLinger(500);
        outside.setRouterHandover(true);
        outside.setHWM(0);
        String pipe = "inproc://" + name + "-" + System.identityHashCode(this);
        pipeIn = context.socket(SocketType.PAIR);
        pipeIn.setHWM(0);
        pipeIn.bind(pipe);
        pipeOut = context.socket(SocketType.PAIR);
        pipeOut.setHWM(0);
        pipeOut.setLinger(500);
        pipeOut.connect(pipe);
        thread = new Thread(null, () -> loop(receiver), "wire-" + name, 0, false);
        thread.setDaemon(true);
    }

    /** Binds the socket; returns where it listens. */
    String bind(String address) {
        outside.bind(address);
        return outside.getLastEndpoint();
    }

    void start() {
        thread.start();
    }

    /** Sends a message, from any thread. */
    synchronized void send(WireMessage message) {
        if (!closed) {
            sendAll(pipeOut, framing.encode(message));
        }
    }

    /** Sends what is still to be sent, then closes the sockets on their own thread. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            pipeOut.send(new byte[0]);
            pipeOut.close();
        }
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(Consumer<WireMessage> receiver) {
        try (ZMQ.Poller poller = context.poller(2)) {
            int fromOutside = poller.register(outside, ZMQ.Poller.POLLIN);
            int fromWithin = poller.register(pipeIn, ZMQ.Poller.POLLIN);
            while (true) {
                poller.poll(-1);
                if (poller.pollin(fromWithin)) {
                    List<byte[]> frames = receive(pipeIn);
                    if (frames.size() == 1) {
                        return;
                    }
                    sendAll(outside, frames);
                }
                if (poller.pollin(fromOutside)) {
                    take(receive(outside), receiver);
                }
            }
        } catch (RuntimeException e) {
            log(name + " channel ended: " + e);
        } finally {
            pipeIn.close();
            outside.close();
        }
    }

    private void take(List<byte[]> frames, Consumer<WireMessage> receiver) {
        try {
            receiver.accept(framing.decode(frames));
        } catch (Framing.Unreadable e) {
            log(name + " channel dropped a message: " + e.getMessage());
        } catch (Throwable e) {
            log(name + " channel failed on a message: " + e);
        }
    }

    static List<byte[]> receive(ZMQ.Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        do {
            byte[] frame = socket.recv();
            if (frame == null) {
                return frames;
            }
            frames.add(frame);
        } while (socket.hasReceiveMore());
        return frames;
    }

    static void sendAll(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    static void log(String text) {
        SystemStreams.processErr().println("[kernel] " + text);
    }
}
