package org.rewardlab.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.protocol.TestClient;

class ConnectionTest {

    @Test
    void whatComesBeforeTheKernelReceivesWaitsAndIsNotLost() throws Exception {
        ConnectionFile ports = TestClient.freePorts();
        BlockingQueue<String> received = new ArrayBlockingQueue<>(8);
        Connection connection =
                new Connection(ports, message -> received.add(message.type()), message -> {}, message -> {});
        connection.bind();
        try (TestClient client = new TestClient(ports)) {
            client.start("kernel_info_request", new JsonObject());
            assertThat(received.poll(300, TimeUnit.MILLISECONDS)).isNull();
            connection.receive();
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("kernel_info_request");
        } finally {
            connection.close();
        }
    }
}
