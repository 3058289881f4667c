package org.rewardlab.text;

import java.util.Arrays;
import java.util.List;

/**
 * What a repetition detector found.
 *
 * <pre>{@code
 * new RepetitionMatch(true, List.of(0.25, 0.75)).maxRatio()
 * // => 0.75
 * new JaccardRepetition().detect(new long[] {1, 2, 3}, List.of()).maxRatio()
 * // => 0.0
 * }</pre>
 *
 * @param repetition whether the sentence repeats any of the earlier ones
 * @param ratios how near it is to each of them, in order
 */
public record RepetitionMatch(boolean repetition, List<Double> ratios) {

    public RepetitionMatch {
        ratios = List.copyOf(ratios);
    }

    static RepetitionMatch of(boolean repetition, double[] ratios) {
        return new RepetitionMatch(repetition, Arrays.stream(ratios).boxed().toList());
    }

    /** The largest ratio, 0 with no earlier sentence. */
    public double maxRatio() {
        return ratios.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
