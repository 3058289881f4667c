package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * The score of a dialogue given to its key utterances and, discounted, to those that led to them. Yu et al. 2025 (Sotopia-RL),
 * ablations.
 *
 * <p>{@code c_i = sum of gamma^(t-i) over key utterances t >= i}, divided by its largest, times the score: the largest reward
 * is the score; after the last key utterance, and without any, 0.
 *
 * <pre>{@code
 * new KeyUtterances(0.5).rewards(new double[] {0, 1, 0, 1, 0}, 10)
 * // => double[5] { 5.0, 10.0, 4.0, 8.0, 0.0 }
 * new KeyUtterances(0).rewards(new double[] {0, 1, 0, 1, 0}, 10)
 * // => double[5] { 0.0, 10.0, 0.0, 10.0, 0.0 }
 * }</pre>
 *
 * @param gamma decay for each utterance, in [0, 1]
 */
public record KeyUtterances(double gamma) implements CreditAssignment {

    public KeyUtterances {
        Check.within("gamma", gamma, 0, 1);
    }

    /** With gamma 0.9. */
    public KeyUtterances() {
        this(0.9);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.STEP_SCORES);
    }

    /**
     * {@inheritDoc} An utterance's reward stands on its last counted token. Reads mask, turns, outcomes (or the row sums of rewards) as scores,
     * and stepScores, 1 for a key utterance and 0 for any other.
     */
    @Override
    public NDArray assign(Rollouts rollouts) {
        rollouts.checkValues();
        Steps steps = Steps.of(rollouts).requireAny();
        double[] scores = Groups.outcomes(rollouts);
        double[][] rewards = steps.scores(rollouts, "key utterances");
        for (int b = 0; b < rewards.length; b++) {
            rewards[b] = rewards(rewards[b], scores[b]);
        }
        return steps.place(rewards);
    }

    /**
     * The rewards of one dialogue's utterances.
     *
     * @param isKey 1 for a key utterance, 0 for any other
     * @throws IllegalArgumentException for no utterance, other numbers, a score that is not finite
     */
    public double[] rewards(double[] isKey, double episodeScore) {
        if (isKey.length == 0) {
            throw Check.failure("isKey", "at least one utterance", "none");
        }
        Check.finite("episodeScore", episodeScore);
        double[] credit = new double[isKey.length];
        double next = 0;
        double largest = 0;
        for (int k = credit.length - 1; k >= 0; k--) {
            if (isKey[k] != 0 && isKey[k] != 1) {
                throw Check.failure("isKey", "0 or 1", isKey[k]);
            }
            next = isKey[k] + gamma * next;
            credit[k] = next;
            largest = Math.max(largest, next);
        }
        for (int k = 0; k < credit.length; k++) {
            credit[k] = largest == 0 ? 0 : credit[k] / largest * episodeScore;
        }
        return credit;
    }
}
