package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Code that turns what an agent saw and did into a few interpretable factors of its reward. Qu et al. 2024 (LaRe), section 4: there a
 * language model writes it; here anyone may.
 *
 * <p>In a team the same encoder is applied to each agent, and agents are laid along the steps.
 */
@FunctionalInterface
public interface LatentRewardEncoder extends Serializable {

    /**
     * The factors of N steps.
     *
     * @param observation (N,O)
     * @param action (N,A)
     * @return D arrays, each (N,1)
     */
    List<NDArray> encode(NDArray observation, NDArray action);

    /** All factors of several candidates, in order. */
    static LatentRewardEncoder union(List<LatentRewardEncoder> candidates) {
        List<LatentRewardEncoder> parts = List.copyOf(candidates);
        return (observation, action) -> {
            List<NDArray> all = new ArrayList<>();
            parts.forEach(part -> all.addAll(part.encode(observation, action)));
            return all;
        };
    }
}
