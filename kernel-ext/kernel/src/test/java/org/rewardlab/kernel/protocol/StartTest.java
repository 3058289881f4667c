package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionSettings;
import org.rewardlab.kernel.wire.ConnectionFile;

class StartTest {

    @Test
    void anInterruptBeforeTheSessionIsThereGivesUpTheCellsThatWait() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ConnectionFile file = TestClient.freePorts();
        try (KernelServer server = new KernelServer(file, () -> gated(gate), () -> {});
                TestClient client = new TestClient(file)) {
            server.start();
            client.awaitSubscription();
            String loop = client.startExecute("while (true) { }", new JsonObject());
            client.request("kernel_info_request", new JsonObject()); // behind the cell on the same channel
            client.controlRequest("interrupt_request", new JsonObject());
            gate.countDown();
            assertThat(client.await(loop).reply().text("status")).isEqualTo("aborted");
            assertThat(client.execute("1 + 1").reply().text("status")).isEqualTo("ok");
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
