package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs, and beside each the response that the previous policy itself gave to the prompt, whatever its rank; if that is the
 * chosen or the rejected one, both derivatives act on one sequence.
 *
 * @param pairs log-probabilities, summed over tokens, under policy and reference
 * @param responseLogps of the policy's previous response under the policy (B), differentiable
 * @param refResponseLogps of the same under the reference (B), constant
 */
public record ExploredPairs(PairLogps pairs, NDArray responseLogps, NDArray refResponseLogps)
        implements LossInput<ExploredPairs> {

    @Override
    public List<Named> differentiable() {
        List<Named> named = new ArrayList<>(pairs.differentiable());
        named.add(new Named("responseLogps", responseLogps));
        return named;
    }

    @Override
    public ExploredPairs withDifferentiable(List<NDArray> arrays) {
        int last = arrays.size() - 1;
        return new ExploredPairs(pairs.withDifferentiable(arrays.subList(0, last)), arrays.get(last), refResponseLogps);
    }

    /** Chosen and rejected under the policy, then under the reference, and the response under both: checked. */
    NDArray[] checked() {
        NDArray[] logps = pairs.withReference();
        Check.sameShape("responseLogps", responseLogps, "chosenLogps", logps[0]);
        Check.sameShape("refResponseLogps", refResponseLogps, "chosenLogps", logps[0]);
        ValueCheck.of()
                .finite("responseLogps", responseLogps)
                .finite("refResponseLogps", refResponseLogps)
                .run();
        return new NDArray[] {logps[0], logps[1], logps[2], logps[3], responseLogps, refResponseLogps};
    }
}
