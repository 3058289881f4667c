package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.tensor.Scope;

/**
 * The reference of a run. A copy of the policy belongs to the run and is freed with it; with checkpoints its numbers are
 * written down once, because a run that goes on is given a policy that has moved.
 *
 * @param model null where there is none
 * @param live whether it is asked at each step
 * @param own whether it is a copy of the run's own
 */
record FrozenReference(@Nullable CausalLm model, boolean live, boolean own) implements AutoCloseable {

    static FrozenReference of(CausalLm policy, PreferenceTraining.ReferenceUse use, @Nullable Checkpoints checkpoints) {
        if (!use.used() || use.model() != null) {
            return new FrozenReference(use.model(), use.live(), false);
        }
        return new FrozenReference(copy(policy, checkpoints), use.live(), true);
    }

    /** The policy as it was when the run began. */
    static CausalLm copy(CausalLm policy, @Nullable Checkpoints checkpoints) {
        CausalLm copy = policy.copy();
        if (checkpoints != null) {
            try (NDManager manager = NDManager.newBaseManager();
                    Scope scope = Scope.open()) {
                Map<String, NDArray> named = Weights.numbered("reference", copy.parameters());
                Map<String, NDArray> first = checkpoints.once("reference", named, manager);
                named.forEach((name, array) -> Weights.overwrite(name, array, first));
            }
        }
        return copy;
    }

    /** Log-probabilities of all responses, computed at once; null where there is no reference or it is asked live. */
    double @Nullable [] sums(List<int[]> prompts, List<int[]> responses, int padId) {
        return model == null || live ? null : SequenceSums.of(model, prompts, responses, padId);
    }

    @Override
    public void close() {
        if (own && model != null) {
            model.close();
        }
    }
}
