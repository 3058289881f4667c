package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.LossInput;

/**
 * What a constrained policy loss reads of B sequences of T tokens under N component rewards.
 *
 * @param logps log-probability of each token under the policy in training (B,T), differentiable
 * @param oldLogps under the policy that sampled (B,T)
 * @param mask 1 on tokens that count (B,T)
 * @param constraintAdvantages of each component reward (B,T,N), constant
 * @param klAdvantages of the KL reward (B,T), constant
 * @param multipliers one for each component (N), constant
 */
public record ConstrainedBatch(
        NDArray logps,
        NDArray oldLogps,
        NDArray mask,
        NDArray constraintAdvantages,
        NDArray klAdvantages,
        NDArray multipliers)
        implements LossInput<ConstrainedBatch> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public ConstrainedBatch withDifferentiable(List<NDArray> arrays) {
        return new ConstrainedBatch(arrays.get(0), oldLogps, mask, constraintAdvantages, klAdvantages, multipliers);
    }
}
