package org.rewardlab.reward;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * A penalty for saying the same thing again. Yeo et al. 2025, "Demystifying long chain-of-thought reasoning", appendix.
 *
 * <p>{@code (1 - distinct n-grams / n-grams) * maxPenalty}; 0 for a completion shorter than an n-gram.
 *
 * <pre>{@code
 * new RepetitionPenalty(2, -1).reward(new long[] {5, 6, 5, 6, 5})    // 2 distinct bigrams of 4
 * // => -0.5
 * }</pre>
 *
 * @param ngramSize tokens of an n-gram, at least 1
 * @param maxPenalty what repeating one n-gram for ever tends to, at most 0
 */
public record RepetitionPenalty(int ngramSize, double maxPenalty) implements Serializable {

    public RepetitionPenalty {
        Check.atLeast("ngramSize", ngramSize, 1);
        Check.finite("maxPenalty", maxPenalty);
        if (maxPenalty > 0) {
            throw Check.failure("maxPenalty", "a number of at most 0", maxPenalty);
        }
    }

    /** Of 3-grams, down to -1. */
    public RepetitionPenalty() {
        this(3, -1);
    }

    /**
     * The reward of each completion, in order.
     *
     * @param completions token ids, of any lengths, with or without tokens
     * @throws IllegalArgumentException for no completion at all
     */
    public double[] rewards(List<long[]> completions) {
        if (completions.isEmpty()) {
            throw Check.failure("completions", "at least one completion", "none");
        }
        return completions.stream().mapToDouble(this::reward).toArray();
    }

    /** The reward of one completion. */
    public double reward(long[] completion) {
        int total = completion.length - ngramSize + 1;
        if (total <= 0) {
            return 0;
        }
        Set<List<Long>> distinct = new HashSet<>();
        for (int i = 0; i < total; i++) {
            List<Long> ngram = new ArrayList<>(ngramSize);
            for (int j = i; j < i + ngramSize; j++) {
                ngram.add(completion[j]);
            }
            distinct.add(ngram);
        }
        int repeated = total - distinct.size();
        return repeated == 0 ? 0 : repeated / (double) total * maxPenalty;
    }
}
