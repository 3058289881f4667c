package org.rewardlab.lab.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real server on this machine that answers as it is told, one prepared misdeed at a time and then well. */
final class MisbehavingServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One answer: a status, a body, a pause before it, and the header that asks for patience. */
    record Answer(int status, String body, long pause, String retryAfter) {
        static Answer of(int status, String body) {
            return new Answer(status, body, 0, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Answer> prepared = new ArrayDeque<>();
    final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    final List<Long> times = new CopyOnWriteArrayList<>();
    private volatile Function<JsonNode, String> says = request -> "hello";

    MisbehavingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    MisbehavingServer first(Answer... answers) {
        prepared.addAll(List.of(answers));
        return this;
    }

    /** What it says when it behaves, by the text of the last message. */
    MisbehavingServer says(Function<String, String> text) {
        says = request -> text.apply(request.path("messages")
                .path(request.path("messages").size() - 1)
                .path("content")
                .asText());
        return this;
    }

    static String completion(String text) {
        return JSON.createObjectNode()
                .set(
                        "choices",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .set(
                                                "message",
                                                JSON.createObjectNode()
                                                        .put("role", "assistant")
                                                        .put("content", text))))
                .toString()
                .replaceFirst("}$", ",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}");
    }

    private void handle(HttpExchange exchange) throws IOException {
        times.add(System.nanoTime());
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        Answer answer;
        synchronized (prepared) {
            answer = prepared.isEmpty() ? Answer.of(200, completion(says.apply(request))) : prepared.removeFirst();
        }
        try {
            Thread.sleep(answer.pause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
