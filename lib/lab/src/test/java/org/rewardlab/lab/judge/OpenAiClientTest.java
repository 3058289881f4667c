package org.rewardlab.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.lab.judge.MisbehavingServer.Answer;

class OpenAiClientTest {

    private static final ChatRequest QUESTION = ChatRequest.of("Be brief.", "Is 7 prime?");

    @TempDir
    Path folder;

    private MisbehavingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MisbehavingServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OpenAiOptions options() {
        return OpenAiOptions.of(server.url(), "judge-1")
                .withRate(1000)
                .withPatience(Duration.ofSeconds(5), 4, Duration.ofMillis(20));
    }

    @Test
    void asksInTheFormOfTheInterface() {
        ChatReply reply = new OpenAiClient(options()).reply(QUESTION.withSeed(3).withTopLogprobs(5));
        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.promptTokens()).isEqualTo(10);
        assertThat(server.requests)
                .singleElement()
                .hasToString("{\"model\":\"judge-1\",\"messages\":[{\"role\":\"system\",\"content\":"
                        + "\"Be brief.\"},{\"role\":\"user\",\"content\":\"Is 7 prime?\"}],\"temperature\":0.0,\"max_tokens\":512,\"seed\":3,"
                        + "\"logprobs\":true,\"top_logprobs\":5}");
    }

    @Test
    void triesAgainAfterOverloadFailuresSlownessAndMalformedAnswers() {
        server.first(
                Answer.of(500, "oops"),
                new Answer(429, "{}", 0, "0.05"),
                Answer.of(200, "{\"choices\": [{\"mess"),
                Answer.of(200, "{\"choices\": []}"));
        OpenAiClient client = new OpenAiClient(options());
        assertThat(client.reply(QUESTION).text()).isEqualTo("hello");
        assertThat(client.usage()).isEqualTo(new ChatUsage(1, 0, 5, 4, 10, 5, 1_000_000));
        assertThat(client.usage())
                .hasToString(
                        "1 answers (0 from the cache), 5 attempts, 4 of them retries; 15 of 1,000,000 tokens spent (0.0 %)");
        server.first(new Answer(200, MisbehavingServer.completion("late"), 2000, ""));
        OpenAiClient hasty = new OpenAiClient(options().withPatience(Duration.ofMillis(300), 1, Duration.ofMillis(1)));
        assertThat(hasty.reply(QUESTION).text()).isEqualTo("hello");
        assertThat(hasty.usage().retries()).isEqualTo(1);
    }

    @Test
    void pausesGrowAndTheServersWishIsHeeded() {
        server.first(Answer.of(503, ""), Answer.of(503, ""), new Answer(429, "", 0, "0.5"));
        new OpenAiClient(options().withPatience(Duration.ofSeconds(5), 3, Duration.ofMillis(50))).reply(QUESTION);
        assertThat(millis(0)).isBetween(49L, 400L);
        assertThat(millis(1)).isBetween(99L, 500L);
        assertThat(millis(2)).isGreaterThanOrEqualTo(499);
    }

    private long millis(int i) {
        return (server.times.get(i + 1) - server.times.get(i)) / 1_000_000;
    }

    @Test
    void givesUpWithWhatTheServerSaidLast() {
        Answer broken = Answer.of(502, "bad gateway");
        server.first(broken, broken, broken);
        OpenAiClient client = new OpenAiClient(options().withPatience(Duration.ofSeconds(5), 2, Duration.ofMillis(1)));
        assertThatThrownBy(() -> client.reply(QUESTION))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("expected an answer, got none in 3 attempts, at last status 502: bad gateway");
    }

    @Test
    void refusalsAreNotRepeated() {
        server.first(Answer.of(401, "no such key"));
        OpenAiClient client = new OpenAiClient(options());
        assertThatThrownBy(() -> client.reply(QUESTION))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("refused with status 401: no such key");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void nobodyAtTheAddressIsSaidSo() {
        String gone = server.url();
        server.close();
        OpenAiClient client = new OpenAiClient(
                OpenAiOptions.of(gone, "m").withPatience(Duration.ofSeconds(1), 1, Duration.ofMillis(1)));
        assertThatThrownBy(() -> client.reply(QUESTION))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("got none in 2 attempts");
    }

    @Test
    void answersAreKeptByWhatWasAsked() throws IOException {
        OpenAiOptions cached = options().withCache(folder);
        assertThat(new OpenAiClient(cached).reply(QUESTION).cached()).isFalse();
        OpenAiClient second = new OpenAiClient(cached);
        assertThat(second.reply(QUESTION).cached()).isTrue();
        assertThat(second.reply(QUESTION).text()).isEqualTo("hello");
        assertThat(second.usage()).isEqualTo(new ChatUsage(2, 2, 0, 0, 0, 0, 1_000_000));
        assertThat(second.reply(QUESTION.withSeed(9)).cached()).isFalse();
        assertThat(server.requests).hasSize(2);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).endsWith(".json");
                Files.writeString(file, "{\"choices\": ");
            }
        }
        assertThat(new OpenAiClient(cached).reply(QUESTION).cached()).isFalse();
    }

    @Test
    void theBudgetBoundsWhatIsSpent() {
        OpenAiClient client = new OpenAiClient(options().withBudget(20));
        client.reply(QUESTION);
        client.reply(QUESTION);
        assertThatThrownBy(() -> client.reply(QUESTION))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("tokenBudget: expected tokens left, got 2 answers")
                .hasMessageContaining("30 of 20 tokens spent");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void thePaceIsKeptBetweenThreads() throws InterruptedException {
        OpenAiClient client = new OpenAiClient(options().withRate(20));
        Thread[] threads = new Thread[6];
        for (int i = 0; i < threads.length; i++) {
            int seed = i;
            threads[i] = new Thread(() -> client.reply(QUESTION.withSeed(seed)));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long span = server.times.stream().mapToLong(Long::longValue).max().orElseThrow()
                - server.times.stream().mapToLong(Long::longValue).min().orElseThrow();
        assertThat(span / 1_000_000).isGreaterThanOrEqualTo(200);
        assertThat(client.usage().answers()).isEqualTo(6);
    }

    @Test
    void logProbabilitiesArrive() {
        server.first(Answer.of(200, """
                {"choices": [{"message": {"content": "7"}, "logprobs": {"content": [{"token": "7", "logprob": -0.5, "top_logprobs":
                [{"token": "7", "logprob": -0.5}, {"token": "8", "logprob": -1.0}, {"token": "x", "logprob": -3.0}]}]}}]}"""));
        ChatReply reply = new OpenAiClient(options()).reply(QUESTION.withTopLogprobs(3));
        assertThat(reply.tokens()).singleElement().satisfies(token -> {
            assertThat(token.logp()).isEqualTo(-0.5);
            assertThat(token.alternatives()).isEqualTo(Map.of("7", -0.5, "8", -1.0, "x", -3.0));
        });
        server.first(Answer.of(200, """
                {"choices": [{"message": {"content": "7"}, "logprobs": {"content": [{"token": "7", "logprob": -0.5, "top_logprobs":
                [{"token": "7", "logprob": -0.5}, {"token": "8", "logprob": -1.0}, {"token": "x", "logprob": -3.0}]}]}}]}"""));
        Double expected = new LlmJudge(new OpenAiClient(options())).expectedRating("q", "a");
        assertThat(expected)
                .isCloseTo((7 * Math.exp(-0.5) + 8 * Math.exp(-1)) / (Math.exp(-0.5) + Math.exp(-1)), within(1e-12));
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> OpenAiOptions.of("file:/x", "m")).hasMessageStartingWith("baseUrl: expected");
        assertThatThrownBy(() -> OpenAiOptions.of(server.url(), " ")).hasMessageStartingWith("model: expected");
        assertThatThrownBy(() -> options().withRate(0)).hasMessageStartingWith("requestsPerSecond: expected");
        assertThatThrownBy(() -> options().withBudget(0)).hasMessageStartingWith("tokenBudget: expected");
        assertThatThrownBy(() -> QUESTION.withTopLogprobs(21)).hasMessageStartingWith("topLogprobs: expected");
    }
}
