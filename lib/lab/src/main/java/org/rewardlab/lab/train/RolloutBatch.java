package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Tensors;

/** The completions of a step as arrays: sequences for the models, rollouts for credit and advantages. */
record RolloutBatch(
        SequenceBatch sequences, NDArray oldLogps, @Nullable NDArray refLogps, Rollouts rollouts) {

    /**
     * @param rewards of each row, NaN for rows that no function scored: their tokens do not count
     * @param groups number of the prompt of each row
     */
    static RolloutBatch of(
            NDManager manager,
            CausalLm policy,
            @Nullable CausalLm reference,
            @Nullable NDArray values,
            SequenceBatch all,
            List<Completion> completions,
            double[] rewards,
            long[] groups,
            double temperature) {
        try (GradientMode mode = GradientMode.paused()) {
            NDArray old = policy.responseLogps(all, temperature);
            NDArray ref = reference == null ? null : reference.responseLogps(all, temperature);
            double[][] placed = Tensors.toRows(all.mask());
            for (int b = 0; b < placed.length; b++) {
                java.util.Arrays.fill(placed[b], 0);
                placed[b][completions.get(b).length() - 1] = Double.isNaN(rewards[b]) ? 0 : rewards[b];
            }
            Rollouts rollouts = Rollouts.of(Tensors.fromRows(manager, placed, policy.dataType()), all.mask())
                    .withLogps(old)
                    .withOldLogps(old)
                    .withGroups(Tensors.create(manager, groups, groups.length));
            if (ref != null) {
                rollouts = rollouts.withRefLogps(ref);
            }
            if (values != null) {
                rollouts = rollouts.withValues(values);
            }
            return new RolloutBatch(all, old, ref, rollouts);
        }
    }
}
