package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.ValueCheck;

/**
 * One response of the policy and one of the reference to each prompt, both scored by both, and which of the two a judge
 * preferred. Token log-probabilities are zero outside the response.
 *
 * @param policyOnModel of the policy's response under the policy (B,T), differentiable
 * @param policyOnReference of the reference's response under the policy (B,T'), differentiable
 * @param refOnModel of the policy's response under the reference (B,T)
 * @param refOnReference of the reference's response under the reference (B,T')
 * @param modelIsChosen 1 where the policy's response was preferred (B)
 */
public record OnlinePairs(
        NDArray policyOnModel,
        NDArray policyOnReference,
        NDArray refOnModel,
        NDArray refOnReference,
        NDArray modelIsChosen)
        implements LossInput<OnlinePairs> {

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("policyOnModel", policyOnModel), new Named("policyOnReference", policyOnReference));
    }

    @Override
    public OnlinePairs withDifferentiable(List<NDArray> arrays) {
        return new OnlinePairs(arrays.get(0), arrays.get(1), refOnModel, refOnReference, modelIsChosen);
    }

    /** Rejects shapes that differ, an empty batch, numbers that are not finite and flags other than 0 and 1. */
    void check() {
        Check.floating("policyOnModel", policyOnModel);
        Check.matrix("policyOnModel", policyOnModel);
        Check.matrix("policyOnReference", policyOnReference);
        long rows = policyOnModel.getShape().get(0);
        Check.shape(
                "policyOnReference",
                policyOnReference,
                rows,
                policyOnReference.getShape().get(1));
        Check.sameShape("refOnModel", refOnModel, "policyOnModel", policyOnModel);
        Check.sameShape("refOnReference", refOnReference, "policyOnReference", policyOnReference);
        Check.shape("modelIsChosen", modelIsChosen, rows);
        ValueCheck.of()
                .finite("policyOnModel", policyOnModel)
                .finite("policyOnReference", policyOnReference)
                .finite("refOnModel", refOnModel)
                .finite("refOnReference", refOnReference)
                .mask("modelIsChosen", modelIsChosen)
                .run();
    }
}
