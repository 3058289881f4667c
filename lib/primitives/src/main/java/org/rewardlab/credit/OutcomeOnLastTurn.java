package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Each turn earns what it taught, the last one the outcome. Wang et al. 2025 (IGPO), section 3.2.
 *
 * <p>Positions are turns: {@code rewards} (B,K) are gains, {@code mask} the turns there are. An outcome may be any finite number, such as
 * the F1 of an answer, or -2 for one that is malformed.
 *
 * <pre>{@code
 * var gains = nd.create(new float[][] {{0.5f, 0.25f, 0.25f}, {0.5f, 0.25f, 0}});
 * var rollouts = Rollouts.of(gains, nd.create(new float[][] {{1, 1, 1}, {1, 1, 0}}))
 *         .withOutcomes(nd.create(new float[] {1, -2}));
 * new OutcomeOnLastTurn().assign(rollouts)
 * // => ND: (2, 3) cpu() float32 [[0.5, 0.25, 1.], [0.5, -2., 0.]]
 * new OutcomeOnLastTurn(1, OutcomeOnLastTurn.LastTurn.SUM).assign(rollouts)
 * // => ND: (2, 3) cpu() float32 [[0.5, 0.25, 1.25], [0.5, -1.75, 0.]]
 * }</pre>
 *
 * @param alpha weight of the outcome, finite
 * @param lastTurn what the last turn earns
 */
public record OutcomeOnLastTurn(double alpha, LastTurn lastTurn) implements CreditAssignment {

    /** What the last turn earns. */
    public enum LastTurn {
        /** The outcome alone. */
        OUTCOME,
        /** The outcome and its own gain. */
        SUM
    }

    public OutcomeOnLastTurn {
        Check.finite("alpha", alpha);
    }

    /** The outcome alone, at weight 1. */
    public OutcomeOnLastTurn() {
        this(1, LastTurn.OUTCOME);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.OUTCOMES);
    }

    /** {@inheritDoc} Reads rewards, mask and outcomes; rejects a row without turn. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        NDArray outcomes = Check.present("outcomes", rollouts.outcomes(), "outcomes on the last turn");
        ValueCheck.of()
                .mask("mask", rollouts.mask())
                .finite("rewards", rollouts.rewards(), rollouts.mask())
                .finite("outcomes", outcomes)
                .run();
        Groups.requireCounted(rollouts.mask());
        double[][] rewards = Tensors.toRows(rollouts.rewards());
        double[][] counted = Tensors.toRows(rollouts.mask());
        double[] outcome = Tensors.toDoubles(outcomes);
        for (int b = 0; b < rewards.length; b++) {
            boolean last = true;
            for (int k = rewards[b].length - 1; k >= 0; k--) {
                if (counted[b][k] == 0) {
                    rewards[b][k] = 0;
                } else if (last) {
                    rewards[b][k] = alpha * outcome[b] + (lastTurn == LastTurn.SUM ? rewards[b][k] : 0);
                    last = false;
                }
            }
        }
        return Tensors.fromRows(
                rollouts.rewards().getManager(), rewards, rollouts.rewards().getDataType());
    }
}
