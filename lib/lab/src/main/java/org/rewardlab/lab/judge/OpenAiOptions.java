package org.rewardlab.lab.judge;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/**
 * How an endpoint is asked.
 *
 * @param baseUrl up to and without {@code /chat/completions}, such as {@code http://localhost:8000/v1}
 * @param model the name that the endpoint knows
 * @param keyVariable the environment variable that holds the key; empty for none
 * @param timeout of one attempt
 * @param retries after the first attempt
 * @param backoff before the first retry; doubled for each further one, at most one minute
 * @param requestsPerSecond most attempts a second
 * @param tokenBudget most tokens, read and written together, that answers may cost
 * @param cache the folder that keeps answers; null for none
 */
public record OpenAiOptions(
        URI baseUrl,
        String model,
        String keyVariable,
        Duration timeout,
        int retries,
        Duration backoff,
        double requestsPerSecond,
        long tokenBudget,
        @Nullable Path cache) {

    public OpenAiOptions {
        if (baseUrl.getHost() == null || !String.valueOf(baseUrl.getScheme()).startsWith("http")) {
            throw Check.failure("baseUrl", "an http address with a host", baseUrl);
        }
        if (model.isBlank()) {
            throw Check.failure("model", "a name", "\"" + model + "\"");
        }
        Check.atLeast("retries", retries, 0);
        Check.atLeast("timeout", timeout.toMillis(), 1);
        Check.atLeast("backoff", backoff.toMillis(), 0);
        Check.positive("requestsPerSecond", requestsPerSecond);
        Check.atLeast("tokenBudget", tokenBudget, 1);
    }

    /** A minute for each attempt, five retries from half a second on, ten requests a second, a million tokens, no cache. */
    public static OpenAiOptions of(String baseUrl, String model) {
        return new OpenAiOptions(
                URI.create(baseUrl.replaceAll("/+$", "")),
                model,
                "OPENAI_API_KEY",
                Duration.ofMinutes(1),
                5,
                Duration.ofMillis(500),
                10,
                1_000_000,
                null);
    }

    /** The same with answers kept in a folder. */
    public OpenAiOptions withCache(Path folder) {
        return new OpenAiOptions(
                baseUrl, model, keyVariable, timeout, retries, backoff, requestsPerSecond, tokenBudget, folder);
    }

    /** The same with another budget. */
    public OpenAiOptions withBudget(long tokens) {
        return new OpenAiOptions(
                baseUrl, model, keyVariable, timeout, retries, backoff, requestsPerSecond, tokens, cache);
    }

    /** The same with other patience. */
    public OpenAiOptions withPatience(Duration attempt, int times, Duration pause) {
        return new OpenAiOptions(
                baseUrl, model, keyVariable, attempt, times, pause, requestsPerSecond, tokenBudget, cache);
    }

    /** The same at another pace. */
    public OpenAiOptions withRate(double perSecond) {
        return new OpenAiOptions(baseUrl, model, keyVariable, timeout, retries, backoff, perSecond, tokenBudget, cache);
    }
}
