package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Which of several candidates is said: refining keeps those that passed the detectors, imitation ranks what is left. Shi et
 * al. 2021 (Refine and Imitate), section 3.4.
 *
 * <p>Only candidates that passed are eligible; if none passed, all are. Usual are 10 candidates a turn, up to 20.
 *
 * <pre>{@code
 * var candidates = new ResponseCandidates(
 *         nd.create(new float[] {0.2f, 0.8f, 0}),   // conflict
 *         nd.create(new float[] {1, 1, 0}),         // passed
 *         nd.create(new float[] {-3, -1, -2}));     // imitation
 * new ResponseSelection(ResponseSelection.Strategy.RANDOM).probabilities(candidates)
 * // => ND: (3) cpu() float32 [0.5, 0.5, 0.]
 * new ResponseSelection(ResponseSelection.Strategy.REPETITION_RATIO).probabilities(candidates)
 * // => ND: (3) cpu() float32 [0.8, 0.2, 0.]
 * new ResponseSelection(ResponseSelection.Strategy.FIRST).probabilities(candidates)
 * // => ND: (3) cpu() float32 [1., 0., 0.]
 * new ResponseSelection(ResponseSelection.Strategy.IMITATION).probabilities(candidates)
 * // => ND: (3) cpu() float32 [0., 1., 0.]
 * }</pre>
 *
 * @param strategy how an eligible candidate is chosen
 */
public record ResponseSelection(Strategy strategy) implements Serializable {

    /** How an eligible candidate is chosen. */
    public enum Strategy {
        /** All alike. */
        RANDOM,
        /** In proportion to 1 - conflict score; all alike if every score is 1. */
        REPETITION_RATIO,
        /** The first one. */
        FIRST,
        /** The one with the highest imitation score, the first of a tie. */
        IMITATION
    }

    /**
     * The probability of each candidate (N): they sum to 1.
     *
     * @throws IllegalArgumentException if imitation is asked for without its scores
     */
    public NDArray probabilities(ResponseCandidates candidates) {
        double[] conflict = Tensors.toDoubles(candidates.conflictScores());
        double[] passed = Tensors.toDoubles(candidates.passed());
        boolean any = Arrays.stream(passed).anyMatch(flag -> flag != 0);
        double[] weights = new double[passed.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = !any || passed[i] != 0 ? 1 : 0;
        }
        switch (strategy) {
            case RANDOM -> {}
            case REPETITION_RATIO -> weighByNovelty(weights, conflict);
            case FIRST -> keepOnly(weights, new double[weights.length]);
            case IMITATION ->
                keepOnly(
                        weights,
                        Tensors.toDoubles(Check.present(
                                "imitationScores", candidates.imitationScores(), "selection by imitation")));
        }
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        NDArray scores = candidates.conflictScores();
        return Tensors.create(scores.getManager(), weights, scores.getDataType(), weights.length);
    }

    private static void weighByNovelty(double[] weights, double[] conflict) {
        double[] novel = new double[weights.length];
        for (int i = 0; i < novel.length; i++) {
            novel[i] = weights[i] * (1 - conflict[i]);
        }
        if (Arrays.stream(novel).sum() > 0) {
            System.arraycopy(novel, 0, weights, 0, novel.length);
        }
    }

    /** Leaves 1 on the eligible candidate of highest score, the first of a tie. */
    private static void keepOnly(double[] weights, double[] scores) {
        int best = -1;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0 && (best < 0 || scores[i] > scores[best])) {
                best = i;
            }
        }
        Arrays.fill(weights, 0);
        weights[best] = 1;
    }
}
