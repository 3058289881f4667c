package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicDataTest {

    @TempDir
    Path folder;

    private final byte[] bytes = "{\"prompt\": \"p\"}\n".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int breakAfter = Integer.MAX_VALUE;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/set.jsonl", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
        int to = (int) Math.min(bytes.length, (long) from + breakAfter);
        try {
            exchange.getResponseBody().write(bytes, from, to - from);
            exchange.getResponseBody().flush(); // later Java keeps what was written until then, and a client asks again
            exchange.close();
        } catch (IOException broken) {
            exchange.getResponseBody().flush();
        }
    }

    private PublicData data(String hash) throws IOException {
        Path catalog = folder.resolve("catalog.json");
        Files.writeString(
                catalog,
                "{\"public\": [{\"name\": \"set\", \"file\": \"set.jsonl\", \"address\": \"http://localhost:"
                        + server.getAddress().getPort() + "/set.jsonl\", \"sha256\": " + hash + "}]}");
        return new PublicData(catalog, folder.resolve("fetched"));
    }

    private String right() throws NoSuchAlgorithmException {
        return "\""
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)) + "\"";
    }

    @Test
    void fetchesOnceAndKeeps() throws IOException, NoSuchAlgorithmException {
        PublicData data = data(right());
        assertThat(Files.readAllBytes(data.fetch("set"))).isEqualTo(bytes);
        data.fetch("set");
        assertThat(ranges).containsExactly("null");
        Files.writeString(folder.resolve("fetched/set/set.jsonl"), "changed");
        assertThat(Files.readAllBytes(data.fetch("set"))).isEqualTo(bytes);
    }

    @Test
    void goesOnWhereATransferBrokeOff() throws IOException, NoSuchAlgorithmException {
        PublicData data = data(right());
        breakAfter = 3000;
        assertThatThrownBy(() -> data.fetch("set"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("could not be fetched");
        assertThat(folder.resolve("fetched/set/set.jsonl")).doesNotExist();
        breakAfter = Integer.MAX_VALUE;
        assertThat(Files.readAllBytes(data.fetch("set"))).isEqualTo(bytes);
        assertThat(ranges).hasSize(2);
        assertThat(ranges.get(1)).startsWith("bytes=");
    }

    @Test
    void aDamagedRestIsNotKept() throws IOException, NoSuchAlgorithmException {
        PublicData data = data(right());
        Files.createDirectories(folder.resolve("fetched/set"));
        byte[] wrong = Arrays.copyOf(bytes, 100);
        wrong[5]++;
        Files.write(folder.resolve("fetched/set/set.jsonl.part"), wrong);
        assertThatThrownBy(() -> data.fetch("set"))
                .hasMessageContaining("expected sha256")
                .hasMessageContaining("nothing was kept");
        assertThat(Files.readAllBytes(data.fetch("set"))).isEqualTo(bytes);
    }

    @Test
    void offlineItSaysWhatToDo() throws IOException, NoSuchAlgorithmException {
        PublicData data = data(right());
        server.stop(0);
        assertThatThrownBy(() -> data.fetch("set"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("Without a network: fetch http://localhost:")
                .hasMessageContaining("elsewhere and put it there; sha256 ");
    }

    @Test
    void whatCannotBeCheckedIsNotFetched() throws IOException {
        PublicData data = data("null");
        assertThatThrownBy(() -> data.fetch("set")).hasMessageContaining("has no sha256");
        assertThatThrownBy(() -> data.fetch("other")).hasMessage("name: expected one of [set], got other");
        assertThat(ranges).isEmpty();
        assertThat(PublicData.ofProject().names()).contains("hh-rlhf-harmless");
    }
}
