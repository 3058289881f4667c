package org.rewardlab.credit;

import java.util.Arrays;
import java.util.Set;
import org.rewardlab.tensor.Check;

/**
 * GRPO where every turn of a dialogue is a training sequence of its own: a dialogue's score counts as often as it has turns, so
 * long dialogues weigh more in the mean and the deviation. Wang et al. 2025 (RLVER).
 *
 * <p>{@code (s - mean) / (std + epsilon)} over the longer list, std with divisor n-1, so that advantages add up to 0 over all
 * turns. Equal scores give exactly 0. A group of a single turn has mean 0 and standard deviation 1. With one turn for each
 * dialogue it is {@link GroupRelative}.
 *
 * <pre>{@code
 * new TurnWeightedRelative(0).advantages(new double[] {1, 0}, new int[] {3, 1})    // of 1, 1, 1 and 0
 * // => double[2] { 0.5, -1.5 }
 * new TurnWeightedRelative(0).advantages(new double[] {1, 0}, new int[] {1, 1})
 * // => double[2] { 0.7071067811865475, -0.7071067811865475 }
 * }</pre>
 *
 * @param epsilon added to the standard deviation
 */
public record TurnWeightedRelative(double epsilon) implements AdvantageEstimator {

    public TurnWeightedRelative {
        Check.notNegative("epsilon", epsilon);
    }

    /** With epsilon 1e-6. */
    public TurnWeightedRelative() {
        this(GroupRelative.EPSILON);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS);
    }

    /**
     * {@inheritDoc} Reads groups, mask, turns and outcomes, or the row sums of rewards, as the dialogues' scores; rejects a dialogue without
     * counted tokens.
     */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        Steps steps = Steps.of(rollouts).requireAny();
        double[] scores = Groups.outcomes(rollouts);
        for (int[] rows : Groups.of(rollouts, "group-relative advantages")) {
            double[] group = Arrays.stream(rows).mapToDouble(b -> scores[b]).toArray();
            int[] turns = Arrays.stream(rows).map(steps::count).toArray();
            double[] advantages = advantages(group, turns);
            for (int i = 0; i < rows.length; i++) {
                scores[rows[i]] = advantages[i];
            }
        }
        return new Advantages(Groups.spread(scores, rollouts), null);
    }

    /**
     * The advantages of one group, each the same on all turns of its dialogue.
     *
     * @param scores of the dialogues
     * @param turns of the dialogues, each at least 1
     * @throws IllegalArgumentException for no dialogue, other lengths, a dialogue without turns, scores that are not finite
     */
    public double[] advantages(double[] scores, int[] turns) {
        if (scores.length == 0) {
            throw Check.failure("scores", "at least one dialogue", "none");
        }
        if (turns.length != scores.length) {
            throw Check.failure("turns", scores.length + " numbers", turns.length);
        }
        int total = 0;
        for (int d = 0; d < turns.length; d++) {
            Check.finite("scores", scores[d]);
            Check.atLeast("turns", turns[d], 1);
            total += turns[d];
        }
        double[] repeated = new double[total];
        int filled = 0;
        for (int d = 0; d < turns.length; d++) {
            Arrays.fill(repeated, filled, filled += turns[d], scores[d]);
        }
        int[] all = new int[total];
        Arrays.setAll(all, i -> i);
        double mean = total == 1 ? 0 : Groups.mean(repeated, all);
        double std = total == 1 ? 1 : Groups.std(repeated, all);
        double[] advantages = new double[turns.length];
        for (int d = 0; d < turns.length; d++) {
            advantages[d] = scores[d] == mean ? 0 : (scores[d] - mean) / (std + epsilon);
        }
        return advantages;
    }
}
