package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * GRPO's outcome and rewards of single tokens in one reward-to-go. Zhang et al. 2025 (RLFR).
 *
 * <p>The outcome, {@code (o - mean) / (std + epsilon)} in its group with divisor n-1, is added to the reward of the last counted
 * token; the advantage of a token is the discounted sum of what is to come. Where the outcomes of a group are equal their part
 * is 0, and that of a group of one, too, and tokens still get theirs. Without token rewards and with gamma 1 it is {@link
 * GroupRelative}.
 *
 * <pre>{@code
 * var tokenRewards = nd.create(new float[][] {{0, 0}, {-0.5f, 0}, {0, 0}});
 * var rollouts = Rollouts.of(tokenRewards, nd.ones(new Shape(3, 2)))
 *         .withOutcomes(nd.create(new float[] {2, 1, 0}))          // 1, 0 and -1 in the group
 *         .withGroups(nd.create(new long[] {7, 7, 7}));
 * new OutcomePlusTokens().estimate(rollouts).advantages()
 * // => ND: (3, 2) cpu() float32 [[1., 1.], [-0.5, 0.], [-1., -1.]]
 * new OutcomePlusTokens(0.5, 1e-9).estimate(rollouts).advantages()
 * // => ND: (3, 2) cpu() float32 [[0.5, 1.], [-0.5, 0.], [-0.5, -1.]]
 * }</pre>
 *
 * @param gamma discount from token to token, in [0, 1]
 * @param epsilon added to the standard deviation
 */
public record OutcomePlusTokens(double gamma, double epsilon) implements AdvantageEstimator {

    public OutcomePlusTokens {
        Check.within("gamma", gamma, 0, 1);
        Check.notNegative("epsilon", epsilon);
    }

    /** Undiscounted, with epsilon 1e-9. */
    public OutcomePlusTokens() {
        this(1, 1e-9);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.GROUPS, Rollouts.Part.OUTCOMES);
    }

    /** {@inheritDoc} Reads outcomes, groups, mask and rewards, those of tokens; an empty row gets zeros. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        double[] outcomes = outcomes(rollouts);
        NDArray mask = rollouts.mask();
        double[][] rewards = Tensors.toRows(rollouts.rewards());
        double[][] counted = Tensors.toRows(mask);
        for (int b = 0; b < rewards.length; b++) {
            int last = -1;
            for (int t = 0; t < rewards[b].length; t++) {
                last = counted[b][t] != 0 ? t : last;
            }
            if (last >= 0) {
                rewards[b][last] += outcomes[b];
            }
        }
        NDArray like = rollouts.rewards();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray all = Tensors.fromRows(like.getManager(), rewards, like.getDataType());
            NDArray returns = Returns.discounted(all, mask, gamma);
            return new Advantages(scope.keep(Masked.zeroOutside(returns, mask)), null);
        }
    }

    /** The outcomes (B) as they stand in the rewards: normalised within their group. */
    public NDArray normalizedOutcomes(Rollouts rollouts) {
        double[] outcomes = outcomes(rollouts);
        NDArray like = rollouts.rewards();
        return Tensors.create(like.getManager(), outcomes, like.getDataType(), outcomes.length);
    }

    private double[] outcomes(Rollouts rollouts) {
        Check.present("outcomes", rollouts.outcomes(), "the outcome part");
        double[] outcomes = Groups.outcomes(rollouts);
        ForkRelative relative = new ForkRelative(true, epsilon, 1);
        Groups.of(rollouts, "group-relative outcomes").forEach(rows -> relative.normalize(outcomes, rows));
        return outcomes;
    }
}
