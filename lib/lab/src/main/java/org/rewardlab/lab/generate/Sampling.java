package org.rewardlab.lab.generate;

import java.io.Serializable;
import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * How the next token is drawn.
 *
 * <p>In this order: the repetition penalty changes logits, the temperature divides them, then tokens are dropped whose
 * probability is below {@code minP} times the highest, that are not among the {@code topK} likeliest, or that the likeliest
 * ones before them already make up {@code topP} of the mass.
 *
 * @param maxNewTokens longest completion, end token included
 * @param temperature 0 takes the likeliest token
 * @param topK 0 keeps all
 * @param topP in (0, 1]; 1 keeps all
 * @param minP in [0, 1); 0 keeps all
 * @param repetitionPenalty logits of tokens seen before, prompt included, are divided by it if positive and multiplied if
 *     negative; 1 for none. Keskar et al. 2019
 * @param stopTokens ids that end a completion; the one that does is its last token
 * @param padToken what stands after the end
 */
public record Sampling(
        int maxNewTokens,
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        List<Integer> stopTokens,
        int padToken)
        implements Serializable {

    public Sampling {
        Check.atLeast("maxNewTokens", maxNewTokens, 1);
        Check.notNegative("temperature", temperature);
        Check.atLeast("topK", topK, 0);
        if (!(topP > 0 && topP <= 1)) {
            throw Check.failure("topP", "a number in (0, 1]", topP);
        }
        Check.withinHalfOpen("minP", minP, 0, 1);
        Check.positive("repetitionPenalty", repetitionPenalty);
        stopTokens = List.copyOf(stopTokens);
        Check.atLeast("padToken", padToken, 0);
    }

    /** Plain sampling at temperature 1, with no end token. */
    public static Sampling of(int maxNewTokens) {
        return new Sampling(maxNewTokens, 1, 0, 1, 0, 1, List.of(), 0);
    }

    /** The likeliest token each time. */
    public static Sampling greedy(int maxNewTokens) {
        return of(maxNewTokens).temperature(0);
    }

    /** The same with another temperature. */
    public Sampling temperature(double value) {
        return new Sampling(maxNewTokens, value, topK, topP, minP, repetitionPenalty, stopTokens, padToken);
    }

    /** The same with only the likeliest tokens. */
    public Sampling topK(int value) {
        return new Sampling(maxNewTokens, temperature, value, topP, minP, repetitionPenalty, stopTokens, padToken);
    }

    /** The same with the smallest set of likeliest tokens that has this mass. */
    public Sampling topP(double value) {
        return new Sampling(maxNewTokens, temperature, topK, value, minP, repetitionPenalty, stopTokens, padToken);
    }

    /** The same with tokens at least this share as likely as the likeliest. */
    public Sampling minP(double value) {
        return new Sampling(maxNewTokens, temperature, topK, topP, value, repetitionPenalty, stopTokens, padToken);
    }

    /** The same with a penalty on tokens seen before. */
    public Sampling repetitionPenalty(double value) {
        return new Sampling(maxNewTokens, temperature, topK, topP, minP, value, stopTokens, padToken);
    }

    /** The same, ending at any of these tokens. */
    public Sampling stopAt(Integer... tokens) {
        return new Sampling(maxNewTokens, temperature, topK, topP, minP, repetitionPenalty, List.of(tokens), padToken);
    }

    /** The same with another token after the end. */
    public Sampling pad(int token) {
        return new Sampling(maxNewTokens, temperature, topK, topP, minP, repetitionPenalty, stopTokens, token);
    }
}
