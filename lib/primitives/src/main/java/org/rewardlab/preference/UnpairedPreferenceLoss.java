package org.rewardlab.preference;

import org.rewardlab.tensor.Loss;

/**
 * A loss on single responses that are known to be good or bad.
 *
 * <p>{@code losses} are in the order of the input, the loss is their mean. Metrics: {@code rewards/chosen}, {@code
 * rewards/rejected}, {@code rewards/margins}, {@code logps/chosen}, {@code logps/rejected} over the desirable and the
 * undesirable responses, NaN where the batch holds none of a kind, and {@code kl} or {@code delta}, the reward that is
 * neither.
 */
@FunctionalInterface
public interface UnpairedPreferenceLoss extends Loss<UnpairedLogps> {

    /** Kahneman-Tversky optimization. */
    static UnpairedPreferenceLoss kto(double beta) {
        return new Kto(beta);
    }

    /** Kahneman-Tversky optimization with weights for the two kinds. */
    static UnpairedPreferenceLoss kto(double beta, double desirableWeight, double undesirableWeight) {
        return new Kto(beta, desirableWeight, undesirableWeight);
    }

    /** Anchored preference optimization: KTO with the reference point 0. */
    static UnpairedPreferenceLoss apoZero(double beta) {
        return new ApoZeroUnpaired(beta, 1, 1);
    }

    /** Binary classifier optimization with the mean reward of each batch as its shift; see {@link Bco#at}. */
    static UnpairedPreferenceLoss bco(double beta) {
        return new Bco(beta);
    }
}
