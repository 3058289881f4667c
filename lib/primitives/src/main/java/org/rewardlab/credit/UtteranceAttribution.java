package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * The score of a whole dialogue shared out among its utterances, by a judge's word on each. Yu et al. 2025 (Sotopia-RL).
 *
 * <p>Limits: scaled attributions that are all full, and discounting with gamma 1, are {@link Method#UNIFORM}.
 *
 * <pre>{@code
 * new UtteranceAttribution(UtteranceAttribution.Method.SCALED).rewards(new double[] {3, 0, -1, 1.5}, 10)
 * // => double[4] { 10.0, 0.0, -1.0, 5.0 }
 * new UtteranceAttribution(UtteranceAttribution.Method.NORMALIZED).rewards(new double[] {3, 1, 0}, 8)
 * // => double[3] { 6.0, 2.0, 0.0 }
 * new UtteranceAttribution(UtteranceAttribution.Method.DISCOUNTED, 3, 0.5).rewards(new double[3], 8)
 * // => double[3] { 2.0, 4.0, 8.0 }
 * new UtteranceAttribution(UtteranceAttribution.Method.PROGRESS).rewards(new double[] {2, 5, 10}, 10)
 * // => double[3] { 2.0, 3.0, 5.0 }
 * }</pre>
 *
 * @param method how attributions and score become rewards
 * @param scale the largest attribution; read by {@link Method#SCALED}
 * @param gamma decay for each utterance before the last, in [0, 1]; read by {@link Method#DISCOUNTED}
 */
public record UtteranceAttribution(Method method, double scale, double gamma) implements CreditAssignment {

    /** With a the attributions, G the score of the dialogue and K its utterances. */
    public enum Method {
        /** {@code a / scale G}; an attribution of -1 marks an invalid utterance and is paid as -1. */
        SCALED,
        /** {@code a / sum(a) G}; 0 for all where the sum is 0. */
        NORMALIZED,
        /** {@code gamma^(K-1-k) G}. */
        DISCOUNTED,
        /** {@code G} for all. */
        UNIFORM,
        /** {@code (a_k - a_(k-1)) / 10 G}, a the goal's progress, 0 to 10, after each utterance: rewards add up to its last. */
        PROGRESS
    }

    private static final double INVALID = -1;
    private static final double FULL_PROGRESS = 10;

    public UtteranceAttribution {
        if (method == Method.SCALED) {
            Check.positive("scale", scale);
        }
        if (method == Method.DISCOUNTED) {
            Check.within("gamma", gamma, 0, 1);
        }
    }

    /** With scale 3 and gamma 0.9. */
    public UtteranceAttribution(Method method) {
        this(method, 3, 0.9);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return scored() ? Set.of(Rollouts.Part.STEP_SCORES) : Set.of();
    }

    /**
     * {@inheritDoc} An utterance's reward stands on its last counted token. Reads mask, turns, outcomes (or the row sums of rewards) as scores,
     * and stepScores as attributions unless the method has no use for them.
     */
    @Override
    public NDArray assign(Rollouts rollouts) {
        rollouts.checkValues();
        Steps steps = Steps.of(rollouts).requireAny();
        double[] scores = Groups.outcomes(rollouts);
        double[][] attributions = scored() ? steps.scores(rollouts, "attributions") : steps.at(rollouts.rewards());
        double[][] rewards = new double[scores.length][];
        for (int b = 0; b < rewards.length; b++) {
            rewards[b] = rewards(attributions[b], scores[b]);
        }
        return steps.place(rewards);
    }

    /**
     * The rewards of one dialogue's utterances.
     *
     * @param attributions one for each utterance; where the method does not read them, their number counts
     * @param episodeScore of the dialogue, 0 to 10 as a rule
     * @throws IllegalArgumentException for no utterance, numbers that are not finite; if scaled, attributions outside [0, scale]
     *     other than -1; if normalized, negative ones
     */
    public double[] rewards(double[] attributions, double episodeScore) {
        if (attributions.length == 0) {
            throw Check.failure("attributions", "at least one utterance", "none");
        }
        Check.finite("episodeScore", episodeScore);
        if (scored()) {
            for (double attribution : attributions) {
                check(attribution);
            }
        }
        double sum = Arrays.stream(attributions).sum();
        double[] rewards = new double[attributions.length];
        for (int k = 0; k < rewards.length; k++) {
            double a = attributions[k];
            rewards[k] = switch (method) {
                case SCALED -> a == INVALID ? INVALID : a / scale * episodeScore;
                case NORMALIZED -> sum == 0 ? 0 : a / sum * episodeScore;
                case DISCOUNTED -> Math.pow(gamma, rewards.length - 1 - k) * episodeScore;
                case UNIFORM -> episodeScore;
                case PROGRESS -> (a - (k == 0 ? 0 : attributions[k - 1])) / FULL_PROGRESS * episodeScore;
            };
        }
        return rewards;
    }

    private boolean scored() {
        return method != Method.DISCOUNTED && method != Method.UNIFORM;
    }

    private void check(double attribution) {
        Check.finite("attributions", attribution);
        if (method == Method.SCALED && attribution != INVALID) {
            Check.within("attributions", attribution, 0, scale);
        }
        if (method == Method.NORMALIZED) {
            Check.notNegative("attributions", attribution);
        }
    }
}
