package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.json;

import com.google.gson.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.kernel.protocol.TestClient.Answer;
import org.rewardlab.kernel.protocol.TestClient.Channel;
import org.rewardlab.kernel.protocol.TestClient.Incoming;

class KernelProcessTest {

    private static final String[] SMALL = {"-Xmx400m", "-XX:+UseSerialGC"};

    @Test
    void sixtyLargeResultsFitAndAShutdownEndsEvenAStubbornProcess() throws Exception {
        try (KernelProcess kernel = new KernelProcess(SMALL);
                TestClient client = new TestClient(kernel.connection())) {
            for (int i = 0; i < 60; i++) {
                Answer answer = client.execute("new byte[20_000_000]");
                assertThat(answer.reply().text("status")).as("result %s", i).isEqualTo("ok");
            }
            for (int i = 0; i < 30; i++) {
                Answer answer = client.execute("var same = new byte[20_000_000];");
                assertThat(answer.reply().text("status")).as("variable %s", i).isEqualTo("ok");
            }
            Answer full =
                    client.execute("var all = new ArrayList<byte[]>(); while (true) all.add(new byte[10_000_000]);");
            assertThat(full.first("error").text("ename")).isEqualTo("java.lang.OutOfMemoryError");
            assertThat(client.execute("all = null; 1 + 1").reply().text("status"))
                    .isEqualTo("ok");
            client.execute("new Thread(() -> { while (true) { } }).start();");
            client.controlRequest("shutdown_request", new JsonObject());
            assertThat(kernel.endsWithin(5_000)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"SHELL", "CONTROL"})
    void aShutdownIsAnsweredAndEndsTheProcessWhileACellLoopsForEver(Channel channel) throws Exception {
        try (KernelProcess kernel = new KernelProcess(SMALL);
                TestClient client = new TestClient(kernel.connection())) {
            client.awaitSubscription();
            client.execute("for (int i = 0; i < 2; i++) new Thread(() -> { while (true) { } }).start();");
            String loop = client.startExecute(
                    "System.out.println(1); while (true) { try { while (true) { } } catch (Throwable t) { } }",
                    new JsonObject());
            awaitText(client, loop);
            long start = System.nanoTime();
            Incoming reply = channel == Channel.SHELL
                    ? client.await(client.start("shutdown_request", json("restart", true)))
                            .reply()
                    : client.controlRequest("shutdown_request", json("restart", true));
            assertThat(reply.type()).isEqualTo("shutdown_reply");
            assertThat(reply.text("status")).isEqualTo("ok");
            assertThat(reply.content().get("restart").getAsBoolean()).isTrue();
            long left = 2_000 - (System.nanoTime() - start) / 1_000_000;
            assertThat(kernel.endsWithin(Math.max(1, left))).isTrue();
        }
    }

    /** Waits until the cell has printed. */
    private static void awaitText(TestClient client, String cell) {
        while (true) {
            Incoming message = Objects.requireNonNull(client.nextBroadcast(60_000), "nothing is printed");
            if (message.type().equals("stream") && message.parentId().equals(cell)) {
                return;
            }
        }
    }

    @Test
    void aSignalInterruptsTheCell() throws Exception {
        try (KernelProcess kernel = new KernelProcess(SMALL);
                TestClient client = new TestClient(kernel.connection())) {
            client.execute("int kept = 7;");
            String loop = client.startExecute("System.out.println(1); while (true) { }", new JsonObject());
            Thread.sleep(1_500);
            new ProcessBuilder("kill", "-INT", String.valueOf(kernel.handle().pid()))
                    .start()
                    .waitFor();
            assertThat(client.await(loop).reply().text("ename")).isEqualTo("java.lang.InterruptedException");
            assertThat(client.execute("kept").reply().text("status")).isEqualTo("ok");
        }
    }

    @Test
    void theKernelEndsWhenItsParentIsGone() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        try (KernelProcess kernel = KernelProcess.childOf(parent.pid(), SMALL);
                TestClient client = new TestClient(kernel.connection())) {
            assertThat(client.execute("1").reply().text("status")).isEqualTo("ok");
            parent.destroyForcibly().waitFor();
            assertThat(kernel.endsWithin(20_000)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
