package org.rewardlab.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * Whether a sentence says again what was said before: the overlap of its words with each earlier sentence. Shi et al. 2021
 * (Refine and Imitate), section 3.2 and the released detector.
 *
 * <p>Stop words are removed from both sentences, unless nothing would be left of either: then they are compared as they are.
 * The ratio is {@code |A and B| / |A or B|} on sets of tokens, 0 for two empty ones. A sentence repeats another if the ratio
 * reaches the threshold and what is left of the candidate has at least {@code minTokens} tokens, duplicates counted.
 *
 * <pre>{@code
 * var earlier = List.of(new long[] {1, 2, 3, 5}, new long[] {7, 8, 9});
 * new JaccardRepetition().detect(new long[] {1, 2, 3, 4}, earlier) // 3 of 5 words
 * // => RepetitionMatch[repetition=true, ratios=[0.6, 0.0]]
 * new JaccardRepetition().detect(new long[] {1, 2, 3, 4}, earlier, Set.of(1L, 2L))
 * // => RepetitionMatch[repetition=false, ratios=[0.3333333333333333, 0.0]]
 * JaccardRepetition.ratio(List.of(1L, 2L, 3L, 4L), List.of(1L, 2L, 3L, 5L))
 * // => 0.6
 * }</pre>
 *
 * @param threshold from which ratio on a sentence repeats another, in [0, 1]; 0 for every one
 * @param minTokens how long a candidate must be to count as a repetition, at least 0
 */
public record JaccardRepetition(double threshold, int minTokens) implements Serializable {

    public JaccardRepetition {
        Check.within("threshold", threshold, 0, 1);
        Check.atLeast("minTokens", minTokens, 0);
    }

    /** Half of the words, for sentences of three tokens or more. */
    public JaccardRepetition() {
        this(0.5, 3);
    }

    /**
     * Compares a sentence with earlier ones.
     *
     * @param candidate token ids
     * @param contexts the earlier sentences; none is no repetition
     * @param stopWords ids that are not looked at
     */
    public RepetitionMatch detect(long[] candidate, List<long[]> contexts, Set<Long> stopWords) {
        List<Long> content = without(candidate, stopWords);
        double[] ratios = new double[contexts.size()];
        boolean found = false;
        for (int i = 0; i < ratios.length; i++) {
            List<Long> mine = content;
            List<Long> theirs = without(contexts.get(i), stopWords);
            if (mine.isEmpty() && theirs.isEmpty()) {
                mine = without(candidate, Set.of());
                theirs = without(contexts.get(i), Set.of());
            }
            ratios[i] = ratio(mine, theirs);
            found |= mine.size() >= minTokens && ratios[i] >= threshold;
        }
        return RepetitionMatch.of(found, ratios);
    }

    /** Compares a sentence with earlier ones, every token counting. */
    public RepetitionMatch detect(long[] candidate, List<long[]> contexts) {
        return detect(candidate, contexts, Set.of());
    }

    /** {@code |A and B| / |A or B|} of two lists taken as sets, 0 if both are empty. */
    public static double ratio(List<Long> first, List<Long> second) {
        Set<Long> union = new HashSet<>(first);
        union.addAll(second);
        Set<Long> common = new HashSet<>(first);
        common.retainAll(new HashSet<>(second));
        return union.isEmpty() ? 0 : common.size() / (double) union.size();
    }

    private static List<Long> without(long[] tokens, Set<Long> stopWords) {
        List<Long> kept = new ArrayList<>(tokens.length);
        for (long token : tokens) {
            if (!stopWords.contains(token)) {
                kept.add(token);
            }
        }
        return kept;
    }
}
