package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.json;
import static org.rewardlab.kernel.protocol.ServedKernel.status;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.protocol.TestClient.Answer;
import org.rewardlab.kernel.protocol.TestClient.Incoming;

class CommTest extends WithKernel {

    private static final String ECHO = """
            import org.dflib.jjava.jupyter.kernel.comm.*;
            import org.dflib.jjava.jupyter.messages.Message;
            import org.dflib.jjava.jupyter.messages.comm.*;
            import com.google.gson.JsonObject;
            class Echo extends Comm {
                Echo(CommManager m, String id, String target) { super(m, id, target); }
                protected void onMessage(Message<CommMsgCommand> message) {
                    JsonObject data = message.getContent().getData();
                    System.out.println("got " + data.get(data.has("n") ? "n" : "state"));
                    while (data.has("forever")) { }
                    if (data.has("fail")) throw new IllegalStateException("no");
                    send(data, null, message.getBlobs());
                }
                protected void onClose(Message<CommCloseCommand> message, boolean sending) { System.out.println("closed"); }
            }
            """;
    private static final String OPEN =
            "Comm comm = kernel().getCommManager().openComm(\"echo\", (m, id, target, open) -> new Echo(m, id, target));";

    @BeforeAll
    static void prepare() {
        assertThat(status(client.execute(ECHO))).isEqualTo("ok");
    }

    private static String opened() {
        return client.execute(OPEN).first("comm_open").text("comm_id");
    }

    @Test
    void aCommOfTheKernelTalksBothWays() {
        Answer opened = client.execute(OPEN);
        String id = opened.first("comm_open").text("comm_id");
        Answer echoed = kernel.tellComm(id, json("n", 5));
        assertThat(echoed.types()).containsExactly("status", "stream", "comm_msg", "status");
        assertThat(echoed.text("stdout")).isEqualTo("got 5\n");
        assertThat(client.request("comm_info_request", json("target_name", "echo"))
                        .reply()
                        .content()
                        .toString())
                .contains(id);
        assertThat(client.execute("comm.close();").types()).contains("comm_close", "stream");
    }

    @Test
    void aCommForAnUnknownTargetIsClosed() {
        JsonObject open = json("comm_id", "c1");
        open.addProperty("target_name", "nobody");
        open.add("data", new JsonObject());
        String id = client.start("comm_open", open);
        assertThat(client.published(id)).extracting(Incoming::type).contains("comm_close");
        assertThat(client.request("comm_info_request", new JsonObject())
                        .reply()
                        .content()
                        .getAsJsonObject("comms")
                        .keySet())
                .doesNotContain("c1");
    }

    @Test
    void aFrontEndOpensACommOfARegisteredTarget() {
        client.execute(
                "kernel().getCommManager().registerTarget(\"theirs\", (m, id, target, open) -> new Echo(m, id, target));");
        JsonObject open = json("comm_id", "c2");
        open.addProperty("target_name", "theirs");
        open.add("data", new JsonObject());
        assertThat(kernel.published(client.start("comm_open", open)).types()).containsExactly("status", "status");
        assertThat(kernel.tellComm("c2", json("n", 1)).text("stdout")).isEqualTo("got 1\n");
        JsonObject close = json("comm_id", "c2");
        close.add("data", new JsonObject());
        assertThat(kernel.published(client.start("comm_close", close)).text("stdout"))
                .isEqualTo("closed\n");
        assertThat(kernel.tellComm("c2", json("n", 2)).types()).containsExactly("status", "status");
    }

    @Test
    void ofTheUpdatesThatCameWhileACellRanTheLastOneOfEachStateIsServed() {
        String id = opened();
        String cell = client.startExecute("Thread.sleep(700);", new JsonObject());
        String last = "";
        for (int i = 0; i < 20; i++) {
            last = kernel.sendComm(id, update("value", i));
        }
        String other = kernel.sendComm(id, update("max", 9));
        assertThat(status(client.await(cell))).isEqualTo("ok");
        assertThat(kernel.published(last).text("stdout")).isEqualTo("got {\"value\":19}\n");
        assertThat(kernel.published(other).text("stdout")).isEqualTo("got {\"max\":9}\n");
    }

    @Test
    void messagesThatAreNoUpdatesAreAllServed() {
        String id = opened();
        String cell = client.startExecute("Thread.sleep(300);", new JsonObject());
        String first = kernel.sendComm(id, json("n", 1));
        String second = kernel.sendComm(id, json("n", 2));
        client.await(cell);
        assertThat(kernel.published(first).text("stdout")).isEqualTo("got 1\n");
        assertThat(kernel.published(second).text("stdout")).isEqualTo("got 2\n");
    }

    private static JsonObject update(String name, int value) {
        JsonObject data = json("method", "update");
        data.add("state", json(name, value));
        return data;
    }

    @Test
    void aCommThatFailsOrNeverEndsLeavesTheKernelAlive() throws Exception {
        String id = opened();
        JsonObject failing = json("n", 1);
        failing.addProperty("fail", true);
        assertThat(kernel.tellComm(id, failing).first("error").text("ename"))
                .isEqualTo("java.lang.IllegalStateException");
        JsonObject endless = json("n", 2);
        endless.addProperty("forever", true);
        String running = kernel.sendComm(id, endless);
        Thread.sleep(500);
        client.controlRequest("interrupt_request", new JsonObject());
        assertThat(kernel.published(running).first("error").text("ename")).isEqualTo("java.lang.InterruptedException");
        assertThat(kernel.tellComm(id, json("n", 3)).text("stdout")).isEqualTo("got 3\n");
    }
}
