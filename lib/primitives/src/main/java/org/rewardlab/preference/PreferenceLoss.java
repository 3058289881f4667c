package org.rewardlab.preference;

import org.rewardlab.tensor.Loss;

/**
 * A loss on pairs of a preferred and another response, given their log-probabilities under policy and reference.
 *
 * <p>The loss is the mean over the batch; metrics go by the names {@code rewards/chosen}, {@code rewards/rejected},
 * {@code rewards/accuracies}, {@code rewards/margins}, {@code logps/chosen}, {@code logps/rejected}, where a reward is the
 * implicit one, {@code beta * (logps - refLogps)}, a constant for differentiation.
 */
@FunctionalInterface
public interface PreferenceLoss extends Loss<PairLogps> {

    /** Direct preference optimization. */
    static PreferenceLoss dpo(double beta) {
        return new Dpo(beta);
    }

    /** DPO with a share of labels taken to be wrong. */
    static PreferenceLoss dpo(double beta, double labelSmoothing) {
        return new Dpo(beta, labelSmoothing);
    }
}
