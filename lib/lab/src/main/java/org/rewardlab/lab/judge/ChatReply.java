package org.rewardlab.lab.judge;

import java.util.List;
import java.util.Map;

/**
 * What a language model answered.
 *
 * @param text of the answer
 * @param tokens the answer token by token with log-probabilities; empty where none were asked for
 * @param promptTokens how many tokens were read
 * @param completionTokens how many were written
 * @param cached whether the answer was known already and cost nothing
 */
public record ChatReply(
        String text, List<TokenChoice> tokens, long promptTokens, long completionTokens, boolean cached) {
    public ChatReply {
        tokens = List.copyOf(tokens);
    }

    /**
     * A token of an answer.
     *
     * @param token as text
     * @param logp its log-probability
     * @param alternatives log-probabilities of likely tokens in its place, itself among them
     */
    public record TokenChoice(String token, double logp, Map<String, Double> alternatives) {
        public TokenChoice {
            alternatives = Map.copyOf(alternatives);
        }
    }
}
