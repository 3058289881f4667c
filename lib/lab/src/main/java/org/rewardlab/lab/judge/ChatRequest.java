package org.rewardlab.lab.judge;

import java.util.List;
import org.rewardlab.lab.data.Message;
import org.rewardlab.tensor.Check;

/**
 * What a language model is asked.
 *
 * @param messages the dialogue, at least one turn
 * @param temperature of sampling, at least 0
 * @param maxTokens most tokens of the answer, at least 1
 * @param seed of sampling, where the model honours one
 * @param topLogprobs how many likely tokens are reported beside each token, 0 to 20; 0 asks for none
 */
public record ChatRequest(List<Message> messages, double temperature, int maxTokens, long seed, int topLogprobs) {

    public ChatRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw Check.failure("messages", "at least one message", "none");
        }
        Check.notNegative("temperature", temperature);
        Check.atLeast("maxTokens", maxTokens, 1);
        Check.within("topLogprobs", topLogprobs, 0, 20);
    }

    /** One question, answered greedily in at most 512 tokens. */
    public static ChatRequest of(String system, String user) {
        return new ChatRequest(List.of(new Message("system", system), new Message("user", user)), 0, 512, 0, 0);
    }

    /** The same with another seed. */
    public ChatRequest withSeed(long other) {
        return new ChatRequest(messages, temperature, maxTokens, other, topLogprobs);
    }

    /** The same with the log-probabilities of likely tokens. */
    public ChatRequest withTopLogprobs(int count) {
        return new ChatRequest(messages, temperature, maxTokens, seed, count);
    }
}
