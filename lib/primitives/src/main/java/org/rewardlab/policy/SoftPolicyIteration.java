package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.ValueCheck;

/**
 * The policy that earns most while staying near another one, in closed form. Rosset et al. 2024 (DNO), soft policy
 * iteration; exponentiated gradient, multiplicative weights. One step is a {@link TiltedPolicy}.
 *
 * <pre>{@code
 * var probs = nd.create(new float[] {0.5f, 0.5f, 0});
 * var reward = nd.create(new float[] {1, 0, 9}); // the last one is never said
 * SoftPolicyIteration.step(probs, reward, 1)
 * // => ND: (3) cpu() float32 [0.7311, 0.2689, 0.]
 * SoftPolicyIteration.step(probs, reward, 0.25)
 * // => ND: (3) cpu() float32 [0.982, 0.018, 0.]
 * }</pre>
 */
public final class SoftPolicyIteration {

    private SoftPolicyIteration() {}

    /**
     * {@code probs exp(reward / eta)}, normalised: the maximum of {@code E[reward] - eta KL(new || probs)}.
     *
     * <p>Computed from logarithms. What had probability 0 keeps it; equal rewards change nothing. A constant for
     * differentiation.
     *
     * @param probs a distribution up to its scale (N), not negative, not all 0
     * @param reward (N)
     * @param eta above 0; small is greedy
     * @return the next policy (N), summing to 1
     * @throws IllegalArgumentException for shapes that differ, no response, negative probabilities or none above 0, numbers
     *     that are not finite
     */
    public static NDArray step(NDArray probs, NDArray reward, double eta) {
        Check.vector("probs", probs);
        Check.floating("probs", probs);
        Check.sameShape("reward", reward, "probs", probs);
        Check.positive("eta", eta);
        ValueCheck.of().finite("reward", reward).run();
        TiltedPolicy tilted = TiltedPolicy.of(probs, reward, eta);
        tilted.kl().close();
        return tilted.probabilities();
    }
}
