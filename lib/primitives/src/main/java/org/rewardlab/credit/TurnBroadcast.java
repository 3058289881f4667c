package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * The score of a whole dialogue paid at the end of each of its turns, as where every turn is a training sequence of its own.
 * Wang et al. 2025 (RLVER).
 *
 * <p>A row's rewards add up to its score times its turns. A turn without counted tokens gets nothing.
 */
public record TurnBroadcast() implements CreditAssignment {

    /** {@inheritDoc} Reads mask, turns and outcomes, or the row sums of rewards; each turn is paid on its last counted token. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        rollouts.checkValues();
        Steps steps = Steps.of(rollouts);
        double[] scores = Groups.outcomes(rollouts);
        double[][] rewards = new double[scores.length][];
        for (int b = 0; b < rewards.length; b++) {
            rewards[b] = new double[steps.count(b)];
            Arrays.fill(rewards[b], scores[b]);
        }
        return steps.place(rewards);
    }
}
