package org.rewardlab.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.wire.ConnectionFile;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A client of the protocol, written apart from the kernel's own code; used by one thread. */
public final class TestClient implements AutoCloseable {

    private static final String KEY = "a-key-of-the-tests";
    private static final Gson GSON = new Gson();

    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket control = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket stdin = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
    private final ZMQ.Socket heartbeat = context.createSocket(SocketType.REQ);
    private final ConnectionFile file;

    /** A message that came in. */
    public record Incoming(
            String type,
            JsonObject header,
            JsonObject parent,
            JsonObject metadata,
            JsonObject content,
            List<byte[]> buffers) {

        public String parentId() {
            return parent.has("msg_id") ? parent.get("msg_id").getAsString() : "";
        }

        public String text(String name) {
            return content.get(name).getAsString();
        }
    }

    /** What one request brought back. */
    public record Answer(Incoming reply, List<Incoming> published) {

        public List<String> types() {
            return published.stream().map(Incoming::type).toList();
        }

        public Incoming first(String type) {
            return published.stream()
                    .filter(m -> m.type().equals(type))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + type + " among " + types()));
        }

        /** All messages of a type. */
        public List<Incoming> all(String type) {
            return published.stream().filter(m -> m.type().equals(type)).toList();
        }

        public String text(String stream) {
            StringBuilder text = new StringBuilder();
            for (Incoming message : published) {
                if (message.type().equals("stream") && message.text("name").equals(stream)) {
                    text.append(message.text("text"));
                }
            }
            return text.toString();
        }
    }

    public TestClient(ConnectionFile file) {
        this.file = file;
        byte[] identity = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        for (ZMQ.Socket socket : List.of(shell, control, stdin)) {
            socket.setIdentity(identity);
            socket.setHWM(0);
        }
        iopub.setHWM(0);
        iopub.subscribe(new byte[0]);
        shell.connect(address(file.shellPort()));
        control.connect(address(file.controlPort()));
        stdin.connect(address(file.stdinPort()));
        iopub.connect(address(file.iopubPort()));
        heartbeat.connect(address(file.heartbeatPort()));
    }

    /** The sockets on which a client sends requests. */
    public enum Channel {
        SHELL,
        CONTROL,
        STDIN
    }

    private String address(int port) {
        return "tcp://" + file.ip() + ":" + port;
    }

    /** A connection on free ports of loopback. */
    public static ConnectionFile freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        int[] ports = new int[5];
        for (int i = 0; i < ports.length; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            ports[i] = socket.getLocalPort();
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        return new ConnectionFile(
                "tcp", "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], "hmac-sha256", KEY);
    }

    /** Waits until broadcasts arrive. */
    public void awaitSubscription() {
        for (int i = 0; i < 100; i++) {
            String id = send(shell, "kernel_info_request", new JsonObject());
            Incoming status = receive(iopub, 200);
            receiveReply(shell, id);
            if (status != null) {
                drain();
                return;
            }
        }
        throw new AssertionError("nothing is broadcast");
    }

    /** Throws away what has been broadcast so far. */
    public void drain() {
        Incoming message;
        do {
            message = receive(iopub, 50);
        } while (message != null);
    }

    public boolean beats() {
        heartbeat.send("ping");
        heartbeat.setReceiveTimeOut(5_000);
        return "ping".equals(heartbeat.recvStr());
    }

    public Answer execute(String code) {
        return execute(code, new JsonObject());
    }

    public Answer execute(String code, JsonObject more) {
        return await(startExecute(code, more));
    }

    public String startExecute(String code, JsonObject more) {
        JsonObject content = more.deepCopy();
        content.addProperty("code", code);
        if (!content.has("silent")) {
            content.addProperty("silent", false);
        }
        return send(shell, "execute_request", content);
    }

    public Answer request(String type, JsonObject content) {
        return await(send(shell, type, content));
    }

    /** Sends without waiting; returns the message's id. */
    public String start(String type, JsonObject content) {
        return send(shell, type, content);
    }

    public Incoming controlRequest(String type, JsonObject content) {
        return receiveReply(control, send(control, type, content));
    }

    /** The reply to a request and all that was published for it, up to idle. */
    public Answer await(String id) {
        return new Answer(receiveReply(shell, id), published(id));
    }

    /** What is published for a request up to idle; messages for others are dropped. */
    public List<Incoming> published(String id) {
        List<Incoming> messages = new ArrayList<>();
        while (true) {
            Incoming message = receive(iopub, 60_000);
            if (message == null) {
                throw new AssertionError("no idle for " + id + " after " + messages);
            }
            if (message.parentId().equals(id)) {
                messages.add(message);
                if (message.type().equals("status")
                        && message.text("execution_state").equals("idle")) {
                    return messages;
                }
            }
        }
    }

    /** The next broadcast, whatever it belongs to. */
    public @Nullable Incoming nextBroadcast(int millis) {
        return receive(iopub, millis);
    }

    public Incoming inputRequest() {
        Incoming request = receive(stdin, 30_000);
        if (request == null) {
            throw new AssertionError("no input was asked for");
        }
        return request;
    }

    public void answerInput(String value) {
        JsonObject content = new JsonObject();
        content.addProperty("value", value);
        String unused = send(stdin, "input_reply", content);
    }

    public @Nullable Incoming shellReply(int millis) {
        return receive(shell, millis);
    }

    private Incoming receiveReply(ZMQ.Socket socket, String id) {
        while (true) {
            Incoming message = receive(socket, 60_000);
            if (message == null) {
                throw new AssertionError("no reply");
            }
            if (message.parentId().equals(id)) {
                return message;
            }
        }
    }

    private @Nullable Incoming receive(ZMQ.Socket socket, int millis) {
        socket.setReceiveTimeOut(millis);
        List<byte[]> frames = new ArrayList<>();
        do {
            byte[] frame = socket.recv();
            if (frame == null) {
                return null;
            }
            frames.add(frame);
        } while (socket.hasReceiveMore());
        int at = 0;
        while (!Arrays.equals(frames.get(at), "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII))) {
            at++;
        }
        List<byte[]> parts = frames.subList(at + 2, at + 6);
        if (!new String(frames.get(at + 1), StandardCharsets.US_ASCII).equals(signature(file.key(), parts))) {
            throw new AssertionError("a message of the kernel is badly signed");
        }
        JsonObject header = json(parts.get(0));
        return new Incoming(
                header.get("msg_type").getAsString(),
                header,
                json(parts.get(1)),
                json(parts.get(2)),
                json(parts.get(3)),
                List.copyOf(frames.subList(at + 6, frames.size())));
    }

    private static JsonObject json(byte[] bytes) {
        return GSON.fromJson(new String(bytes, StandardCharsets.UTF_8), JsonObject.class);
    }

    private String send(ZMQ.Socket socket, String type, JsonObject content) {
        String id = UUID.randomUUID().toString();
        JsonObject header = new JsonObject();
        header.addProperty("msg_id", id);
        header.addProperty("session", "tests");
        header.addProperty("username", "tester");
        header.addProperty("date", "2026-01-01T00:00:00.000000Z");
        header.addProperty("msg_type", type);
        header.addProperty("version", "5.3");
        List<byte[]> parts = List.of(
                header.toString().getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                content.toString().getBytes(StandardCharsets.UTF_8));
        sendFrames(socket, signature(file.key(), parts), parts);
        return id;
    }

    private static void sendFrames(ZMQ.Socket socket, String signature, List<byte[]> parts) {
        socket.sendMore("<IDS|MSG>");
        socket.sendMore(signature);
        for (int i = 0; i < parts.size(); i++) {
            socket.send(parts.get(i), i < parts.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    /** Sends frames as they are on the shell channel, to see what a kernel makes of nonsense. */
    public void sendRaw(String signature, String... parts) {
        sendRaw(Channel.SHELL, signature, parts);
    }

    /** The same on any channel. */
    public void sendRaw(Channel channel, String signature, String... parts) {
        sendFrames(
                channel == Channel.SHELL ? shell : channel == Channel.CONTROL ? control : stdin,
                signature,
                Arrays.stream(parts)
                        .map(p -> p.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    /** A signature with the tests' key. */
    public static String sign(String... parts) {
        return signature(
                KEY,
                Arrays.stream(parts)
                        .map(p -> p.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static String signature(String key, List<byte[]> parts) {
        if (key.isEmpty()) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
