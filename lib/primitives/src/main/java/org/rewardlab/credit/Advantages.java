package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/**
 * How much better each token was than expected, as a constant for differentiation.
 *
 * @param advantages (B,T)
 * @param returns what a critic should have predicted (B,T); absent where an estimator defines none
 */
public record Advantages(NDArray advantages, @Nullable NDArray returns) {

    /** The returns, for those who train a critic; rejects an estimator that gives none. */
    public NDArray requireReturns() {
        return Check.present("returns", returns, "the value loss");
    }
}
