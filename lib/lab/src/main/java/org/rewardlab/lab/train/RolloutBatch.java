package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.RewardTable;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.Tensors;

/**
 * The completions of a step as arrays: sequences for the models, rollouts for credit and advantages.
 *
 * @param sequences prompts with completions
 * @param oldLogps under the policy that sampled (B,T)
 * @param refLogps under the reference (B,T)
 * @param rollouts the same with rewards, groups, values
 */
record RolloutBatch(SequenceBatch sequences, NDArray oldLogps, NDArray refLogps, Rollouts rollouts) {

    /** The outcome reward stands on the last token of each row; rows that no function scored have none, and do not count. */
    static RolloutBatch of(
            NDManager manager,
            DataType type,
            SequenceBatch all,
            NDArray old,
            NDArray ref,
            @Nullable NDArray values,
            Rollout rollout) {
        double[][] placed = Tensors.toRows(all.mask());
        double[] rewards = rollout.rewards();
        for (int b = 0; b < placed.length; b++) {
            Arrays.fill(placed[b], 0);
            placed[b][rollout.completions().get(b).length() - 1] = Double.isNaN(rewards[b]) ? 0 : rewards[b];
        }
        long[] groups = rollout.groups();
        Rollouts rollouts = Rollouts.of(Tensors.fromRows(manager, placed, type), all.mask())
                .withLogps(old)
                .withOldLogps(old)
                .withRefLogps(ref)
                .withGroups(Tensors.create(manager, groups, groups.length));
        return new RolloutBatch(all, old, ref, values == null ? rollouts : rollouts.withValues(values));
    }

    /** The rewards of all functions, each in a column; NaN where one does not apply. */
    RewardTable table(List<NamedReward> functions, Rollout rollout) {
        NDManager manager = oldLogps.getManager();
        DataType type = oldLogps.getDataType();
        double[][] rows = new double[rollout.named().size()][functions.size()];
        double[] weights = new double[functions.size()];
        for (int k = 0; k < weights.length; k++) {
            NamedReward function = functions.get(k);
            weights[k] = function.weight();
            for (int b = 0; b < rows.length; b++) {
                rows[b][k] = rollout.named().get(b).getOrDefault(function.name(), Double.NaN);
            }
        }
        return new RewardTable(
                Tensors.fromRows(manager, rows, type),
                Tensors.create(manager, weights, type, weights.length),
                oldLogps,
                refLogps,
                sequences.mask());
    }
}
