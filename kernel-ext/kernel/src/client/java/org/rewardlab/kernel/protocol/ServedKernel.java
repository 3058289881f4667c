package org.rewardlab.kernel.protocol;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.protocol.TestClient.Answer;
import org.rewardlab.kernel.protocol.TestClient.Incoming;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionSettings;
import org.rewardlab.kernel.wire.ConnectionFile;

/** A kernel in this process, with a client that is connected to it. */
public final class ServedKernel implements AutoCloseable {

    private final AtomicInteger exits = new AtomicInteger();
    private final ConnectionFile file;
    private final KernelServer server;
    private final TestClient client;

    public ServedKernel() throws IOException {
        this(() -> Session.start(SessionSettings.defaults()));
    }

    /** A kernel whose session is started in that way. */
    public ServedKernel(Supplier<Session> starter) throws IOException {
        this(starter, TestClient.freePorts(), null);
    }

    /** A kernel on that connection, which its clients reach by another one, or by the same where that is null. */
    public ServedKernel(Supplier<Session> starter, ConnectionFile listens, @Nullable ConnectionFile reached)
            throws IOException {
        file = reached == null ? listens : reached;
        server = new KernelServer(listens, starter, exits::incrementAndGet);
        server.start();
        client = new TestClient(file);
        client.awaitSubscription();
    }

    public TestClient client() {
        return client;
    }

    /** One more client of the same kernel, for its caller to close. */
    public TestClient another() {
        TestClient second = new TestClient(file);
        second.awaitSubscription();
        return second;
    }

    /** How often the kernel has ended its process, which here it does not. */
    public int exits() {
        return exits.get();
    }

    /** An object with one member. */
    public static JsonObject json(String name, Object value) {
        JsonObject json = new JsonObject();
        if (value instanceof Boolean flag) {
            json.addProperty(name, flag);
        } else if (value instanceof Number number) {
            json.addProperty(name, number);
        } else if (value instanceof JsonObject inner) {
            json.add(name, inner);
        } else {
            json.addProperty(name, String.valueOf(value));
        }
        return json;
    }

    public static String status(Answer answer) {
        return answer.reply().text("status");
    }

    public static JsonObject data(Incoming message) {
        return message.content().getAsJsonObject("data");
    }

    /** A message of a comm, sent without waiting; its id. */
    public String sendComm(String comm, JsonObject data) {
        JsonObject content = json("comm_id", comm);
        content.add("data", data);
        return client.start("comm_msg", content);
    }

    /** What a message of a comm brings about. */
    public Answer tellComm(String comm, JsonObject data) {
        return published(sendComm(comm, data));
    }

    /** What was published for a message that has no reply. */
    public Answer published(String id) {
        Incoming none = new Incoming("", new JsonObject(), new JsonObject(), new JsonObject(), new JsonObject(), java.util.List.of());
        return new Answer(none, client.published(id));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
