package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionSettings;

class StartTest {

    @Test
    void anInterruptBeforeTheSessionIsThereGivesUpTheCellsThatWait() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ServedKernel kernel = new ServedKernel(() -> gated(gate))) {
            TestClient client = kernel.client();
            String loop = client.startExecute("while (true) { }", new JsonObject());
            client.request("kernel_info_request", new JsonObject()); // behind the cell on the same channel
            client.controlRequest("interrupt_request", new JsonObject());
            gate.countDown();
            assertThat(client.await(loop).reply().text("status")).isEqualTo("aborted");
            assertThat(client.execute("1 + 1").reply().text("status")).isEqualTo("ok");
        }
    }

    @Test
    void theHistoryIsToldBeforeTheSessionIsThere() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ServedKernel kernel = new ServedKernel(() -> gated(gate))) {
            assertThat(kernel.client()
                            .request("history_request", new JsonObject())
                            .reply()
                            .type())
                    .isEqualTo("history_reply");
            gate.countDown();
        }
    }

    private static Session gated(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Session.start(SessionSettings.defaults());
    }
}
