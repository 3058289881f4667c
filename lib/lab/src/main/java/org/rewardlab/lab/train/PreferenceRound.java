package org.rewardlab.lab.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one round of a {@link PreferenceLoop} sampled, preferred and measured.
 *
 * @param number of the round, from 1
 * @param choices the pairs that were learnt from
 * @param metrics {@code score} and {@code score_std} of the candidates, {@code pairs}, {@code prompts_without_pair}, and means over the
 *     updates of what the loss measures
 */
public record PreferenceRound(int number, List<Choice> choices, Map<String, Double> metrics) {

    /**
     * A pair with its scores.
     *
     * @param prompt that both answer
     * @param chosen the preferred response
     * @param rejected the other one
     * @param chosenScore what the labels said of the first
     * @param rejectedScore and of the second
     */
    public record Choice(
            String prompt, Candidate chosen, Candidate rejected, double chosenScore, double rejectedScore) {}

    public PreferenceRound {
        choices = List.copyOf(choices);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The metric of that name; NaN if the round has none. */
    public double metric(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }
}
