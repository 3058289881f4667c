package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.protocol.TestClient.Answer;

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
