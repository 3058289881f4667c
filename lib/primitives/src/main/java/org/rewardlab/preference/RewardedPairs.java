package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs of responses to one prompt, each with a reward, and their summed log-probabilities.
 *
 * @param logps1 of the first responses under the policy (B), differentiable
 * @param logps2 of the second responses under the policy (B), differentiable
 * @param oldLogps1 of the first responses under the policy that sampled (B)
 * @param oldLogps2 of the second responses under the policy that sampled (B)
 * @param rewards1 of the first responses, such as win rates (B)
 * @param rewards2 of the second responses (B)
 */
public record RewardedPairs(
        NDArray logps1, NDArray logps2, NDArray oldLogps1, NDArray oldLogps2, NDArray rewards1, NDArray rewards2)
        implements LossInput<RewardedPairs> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps1", logps1), new Named("logps2", logps2));
    }

    @Override
    public RewardedPairs withDifferentiable(List<NDArray> arrays) {
        return new RewardedPairs(arrays.get(0), arrays.get(1), oldLogps1, oldLogps2, rewards1, rewards2);
    }

    /** Rejects anything but vectors of one length of at least 1, of finite numbers. */
    void check() {
        Check.floating("logps1", logps1);
        Check.vector("logps1", logps1);
        Check.sameShape("logps2", logps2, "logps1", logps1);
        Check.sameShape("oldLogps1", oldLogps1, "logps1", logps1);
        Check.sameShape("oldLogps2", oldLogps2, "logps1", logps1);
        Check.sameShape("rewards1", rewards1, "logps1", logps1);
        Check.sameShape("rewards2", rewards2, "logps1", logps1);
        ValueCheck.of()
                .finite("logps1", logps1)
                .finite("logps2", logps2)
                .finite("oldLogps1", oldLogps1)
                .finite("oldLogps2", oldLogps2)
                .finite("rewards1", rewards1)
                .finite("rewards2", rewards2)
                .run();
    }
}
