package org.rewardlab.preference;

import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossInput;

/**
 * A loss on responses that the policy has just sampled, judged against those of another.
 *
 * <p>Online DPO needs no loss of its own: it is {@link Dpo} or {@link Ipo} on the better and the worse of two samples,
 * of which the first counts as the better when their scores are equal.
 *
 * @param <I> what it reads
 */
@FunctionalInterface
public interface OnlinePreferenceLoss<I extends LossInput<I>> extends Loss<I> {

    /** Exploratory preference optimization with the logistic loss. */
    static OnlinePreferenceLoss<OnlinePairs> xpo(double beta, double alpha) {
        return new Xpo(beta, alpha);
    }

    /** Nash learning with a geometric mixture of policy and reference as the opponent. */
    static OnlinePreferenceLoss<JudgedSamples> nashMd(double beta) {
        return new NashMd(beta);
    }

    /** Regression of the log-ratio on the optimal advantage. */
    static OnlinePreferenceLoss<ValuedSamples> a2po(double beta2) {
        return new A2po(beta2);
    }

    /** Regression of log-ratio differences on differences of win rates. */
    static OnlinePreferenceLoss<RewardedPairs> dno(double eta) {
        return new Dno(eta);
    }
}
