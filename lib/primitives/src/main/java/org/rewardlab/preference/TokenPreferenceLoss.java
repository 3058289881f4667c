package org.rewardlab.preference;

import org.rewardlab.tensor.Loss;

/** A loss on pairs of responses that tells their tokens apart. */
@FunctionalInterface
public interface TokenPreferenceLoss extends Loss<TokenPairs> {}
