package org.rewardlab.reward;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * The logistic loss on score differences as it is often written, {@code mean of log(1 + exp(rejected - chosen))}.
 * Burges et al. 2005 (RankNet).
 *
 * <p>The same number as {@link BradleyTerry} without margin and centering, which computes it: written out, the
 * exponential overflows for differences that a reward model reaches. Rejects pairs with a margin, of which it knows
 * nothing.
 *
 * <pre>{@code
 * var pairs = new RewardPairs(nd.create(new float[] {2, 0}), nd.create(new float[] {1, 2000}));
 * new LogExp().loss(pairs).losses()
 * // => ND: (2) cpu() float32 [3.13261688e-01, 2.00000000e+03]
 * }</pre>
 */
public record LogExp() implements RewardModelLoss<RewardPairs> {

    private static final BradleyTerry SAME = new BradleyTerry();

    @Override
    public LossOutput loss(RewardPairs pairs) {
        return SAME.loss(withoutMargin(pairs));
    }

    @Override
    public LossGradients lossAndGradients(RewardPairs pairs) {
        return SAME.lossAndGradients(withoutMargin(pairs));
    }

    private static RewardPairs withoutMargin(RewardPairs pairs) {
        var margin = pairs.margin();
        if (margin != null) {
            throw Check.failure("margin", "none, for this loss has no margin", "shape " + margin.getShape());
        }
        return pairs;
    }
}
