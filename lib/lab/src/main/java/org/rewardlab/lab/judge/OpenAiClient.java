package org.rewardlab.lab.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A model behind any endpoint that speaks OpenAI's chat completions.
 *
 * <p>Overload, failures of the server, slowness and malformed answers are tried again with growing pauses; refusals (a bad key,
 * a bad request) are not. Answers may be kept on disk under the hash of the request, and a budget of tokens bounds the cost.
 * May be shared by threads.
 *
 * <pre>{@code
 * OpenAiClient judge = new OpenAiClient(OpenAiOptions.of("http://localhost:8000/v1", "qwen2.5-7b").withCache(folder));
 * String text = judge.reply(ChatRequest.of("You are a strict judge.", "Is 7 prime?")).text();
 * judge.usage();      // 1 answers (0 from the cache), 1 attempts, 0 of them retries; 42 of 1,000,000 tokens spent (0.0 %)
 * }</pre>
 */
public final class OpenAiClient implements ChatModel {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<Integer> AGAIN = Set.of(408, 409, 425, 429, 500, 502, 503, 504, 529);
    private static final long LONGEST_PAUSE = 60_000;

    private final OpenAiOptions options;
    private final HttpClient http;
    private final @Nullable ReplyCache cache;
    private final Object lock = new Object();
    private ChatUsage usage;
    private long nextSlot = System.nanoTime();

    public OpenAiClient(OpenAiOptions options) {
        this.options = options;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.timeout())
                .build();
        this.cache = options.cache() == null ? null : new ReplyCache(options.cache());
        this.usage = new ChatUsage(0, 0, 0, 0, 0, 0, options.tokenBudget());
    }

    /** What has been spent so far. */
    public ChatUsage usage() {
        synchronized (lock) {
            return usage;
        }
    }

    /**
     * The answer to a dialogue.
     *
     * @throws ChatException if the endpoint refuses, keeps failing, or the budget is spent
     */
    @Override
    public ChatReply reply(ChatRequest request) {
        String body = WireFormat.request(options.model(), request);
        URI address = URI.create(options.baseUrl() + "/chat/completions");
        String key = ReplyCache.key(address.toString(), body);
        JsonNode known = cache == null ? null : cache.get(key);
        ChatReply kept = known == null ? null : WireFormat.reply(known, true);
        if (kept != null) {
            spend(kept, true);
            return kept;
        }
        JsonNode answer = ask(address, body);
        ChatReply reply = WireFormat.reply(answer, false);
        if (reply == null) {
            throw new IllegalStateException("answer: expected one that was checked, got " + answer);
        }
        if (cache != null) {
            cache.put(key, answer);
        }
        spend(reply, false);
        return reply;
    }

    private void spend(ChatReply reply, boolean known) {
        synchronized (lock) {
            usage = new ChatUsage(
                    usage.answers() + 1,
                    usage.fromCache() + (known ? 1 : 0),
                    usage.attempts(),
                    usage.retries(),
                    usage.promptTokens() + (known ? 0 : reply.promptTokens()),
                    usage.completionTokens() + (known ? 0 : reply.completionTokens()),
                    usage.tokenBudget());
        }
    }

    private JsonNode ask(URI address, String body) {
        String problem = "";
        for (int attempt = 0; attempt <= options.retries(); attempt++) {
            begin(attempt);
            long pause = pause(attempt);
            try {
                HttpResponse<String> response =
                        http.send(request(address, body), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                int status = response.statusCode();
                if (status == 200) {
                    JsonNode answer = parsed(response.body());
                    if (answer != null && WireFormat.reply(answer, false) != null) {
                        return answer;
                    }
                    problem = "an answer that is not a chat completion: " + shortened(response.body());
                } else if (AGAIN.contains(status)) {
                    problem = "status " + status + ": " + shortened(response.body());
                    pause = Math.max(pause, wanted(response));
                } else {
                    throw new ChatException(
                            address + ": refused with status " + status + ": " + shortened(response.body()));
                }
            } catch (IOException failure) {
                problem = failure.getClass().getSimpleName() + " " + failure.getMessage();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new ChatException(address + ": interrupted", stopped);
            }
            if (attempt < options.retries()) {
                sleep(pause);
            }
        }
        throw new ChatException(address + ": expected an answer, got none in " + (options.retries() + 1)
                + " attempts, at last " + problem);
    }

    private HttpRequest request(URI address, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(options.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        String secret = options.keyVariable().isEmpty() ? null : System.getenv(options.keyVariable());
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        return request.build();
    }

    /** Counts an attempt and waits for its turn. */
    private void begin(int attempt) {
        long wait;
        synchronized (lock) {
            if (usage.tokens() >= usage.tokenBudget()) {
                throw new ChatException("tokenBudget: expected tokens left, got " + usage);
            }
            long now = System.nanoTime();
            long start = Math.max(now, nextSlot);
            nextSlot = start + (long) (1e9 / options.requestsPerSecond());
            wait = start - now;
            usage = new ChatUsage(
                    usage.answers(),
                    usage.fromCache(),
                    usage.attempts() + 1,
                    usage.retries() + (attempt > 0 ? 1 : 0),
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.tokenBudget());
        }
        sleep(TimeUnit.NANOSECONDS.toMillis(wait));
    }

    /** Doubled each time, with up to a quarter more, so that clients that failed together do not return together. */
    private long pause(int attempt) {
        long base = Math.min(LONGEST_PAUSE, options.backoff().toMillis() << Math.min(attempt, 20));
        return base + (long) (0.25 * base * ThreadLocalRandom.current().nextDouble());
    }

    /** The pause that the server asks for, in milliseconds. */
    private static long wanted(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("0");
        try {
            return Math.min(LONGEST_PAUSE, Math.max(0, (long) (1000 * Double.parseDouble(seconds))));
        } catch (NumberFormatException date) {
            return 0;
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(Duration.ofMillis(Math.max(0, millis)).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ChatException("interrupted while waiting for a turn", stopped);
        }
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            return null;
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    @Override
    public String toString() {
        return "OpenAiClient(" + options.model() + " at " + options.baseUrl() + ": " + usage() + ")";
    }
}
