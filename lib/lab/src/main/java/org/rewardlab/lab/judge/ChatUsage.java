package org.rewardlab.lab.judge;

import java.util.Locale;

/**
 * What a client has spent.
 *
 * @param answers given
 * @param fromCache how many of them were known already
 * @param attempts sent over the wire
 * @param retries how many of those repeated a failed one
 * @param promptTokens paid for reading
 * @param completionTokens paid for writing
 * @param tokenBudget most tokens that may be spent
 */
public record ChatUsage(
        long answers,
        long fromCache,
        long attempts,
        long retries,
        long promptTokens,
        long completionTokens,
        long tokenBudget) {

    /** Tokens spent, read and written together. */
    public long tokens() {
        return promptTokens + completionTokens;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d answers (%,d from the cache), %,d attempts, %,d of them retries; %,d of %,d tokens spent (%.1f %%)",
                answers,
                fromCache,
                attempts,
                retries,
                tokens(),
                tokenBudget,
                100.0 * tokens() / tokenBudget);
    }
}
