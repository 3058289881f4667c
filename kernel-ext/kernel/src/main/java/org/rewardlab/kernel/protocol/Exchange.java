package org.rewardlab.kernel.protocol;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.wire.Connection;
import org.rewardlab.kernel.wire.WireMessage;

/** A request and the ways to answer it: everything sent here carries the request's header as parent. */
final class Exchange {

    /** The version of the messaging protocol that this kernel speaks. */
    static final String PROTOCOL = "5.3";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String KERNEL_SESSION = UUID.randomUUID().toString();

    private final WireMessage request;
    private final Connection connection;
    private final Consumer<WireMessage> replies;
    private final long receivedNanos = System.nanoTime();
    private volatile boolean aborted;

    Exchange(WireMessage request, Connection connection, Consumer<WireMessage> replies) {
        this.request = request;
        this.connection = connection;
        this.replies = replies;
    }

    WireMessage request() {
        return request;
    }

    /** Marks a request that is not to be served, because one before it failed. */
    void abort() {
        aborted = true;
    }

    boolean isAborted() {
        return aborted;
    }

    long millisWaited() {
        return (System.nanoTime() - receivedNanos) / 1_000_000;
    }

    void busy() {
        status("busy");
    }

    void idle() {
        status("idle");
    }

    private void status(String state) {
        JsonObject content = new JsonObject();
        content.addProperty("execution_state", state);
        publish("status", content);
    }

    /** Tells all clients. */
    void publish(String type, JsonObject content) {
        publish(connection, request.header(), type, content, new JsonObject(), List.of());
    }

    static void publish(
            Connection connection,
            JsonObject parent,
            String type,
            JsonObject content,
            JsonObject metadata,
            List<byte[]> buffers) {
        List<byte[]> topic = List.of(("kernel." + type).getBytes(StandardCharsets.UTF_8));
        connection.broadcast(new WireMessage(topic, header(type), parent, metadata, content, buffers));
    }

    /** Answers the client with success. */
    void reply(String type, JsonObject content) {
        if (!content.has("status")) {
            content.addProperty("status", "ok");
        }
        replies.accept(new WireMessage(
                request.identities(), header(type), request.header(), new JsonObject(), content, List.of()));
    }

    /** Answers the client with a failure. */
    void replyError(String type, ErrorReport report) {
        JsonObject content = error(report);
        content.addProperty("status", "error");
        reply(type, content);
    }

    /** Asks this request's client for input. */
    void requestInput(String prompt, boolean password) {
        JsonObject content = new JsonObject();
        content.addProperty("prompt", prompt);
        content.addProperty("password", password);
        connection.stdin(new WireMessage(
                request.identities(), header("input_request"), request.header(), new JsonObject(), content, List.of()));
    }

    static JsonObject error(ErrorReport report) {
        JsonObject content = new JsonObject();
        content.addProperty("ename", report.ename());
        content.addProperty("evalue", report.evalue());
        content.add("traceback", Json.array(report.traceback()));
        return content;
    }

    static JsonObject header(String type) {
        JsonObject header = new JsonObject();
        header.addProperty("msg_id", UUID.randomUUID().toString());
        header.addProperty("session", KERNEL_SESSION);
        header.addProperty("username", "kernel");
        header.addProperty("date", DATE.format(OffsetDateTime.now(ZoneOffset.UTC)));
        header.addProperty("msg_type", type);
        header.addProperty("version", PROTOCOL);
        return header;
    }
}
