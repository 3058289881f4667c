package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.rewardlab.credit.Groups;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a process reward model says of the steps of trajectories, and how those ended.
 *
 * @param stepRewards of each step (B,K), differentiable
 * @param stepMask 1 on the steps there are (B,K)
 * @param outcomes how each trajectory ended (B), finite
 * @param groups equal numbers mark trajectories from one start (B), integers
 */
public record StepTrajectories(NDArray stepRewards, NDArray stepMask, NDArray outcomes, NDArray groups)
        implements LossInput<StepTrajectories> {

    /** Trajectories of which every {@code groupSize} in a row have one start. */
    public static StepTrajectories ofGroups(NDArray stepRewards, NDArray stepMask, NDArray outcomes, int groupSize) {
        return new StepTrajectories(stepRewards, stepMask, outcomes, Groups.blocks(stepRewards, groupSize));
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("stepRewards", stepRewards));
    }

    @Override
    public StepTrajectories withDifferentiable(List<NDArray> arrays) {
        return new StepTrajectories(arrays.get(0), stepMask, outcomes, groups);
    }

    /** Rejects shapes that differ, an empty batch, a trajectory without step, and numbers that are not finite. */
    void check() {
        Check.matrix("stepRewards", stepRewards);
        Check.floating("stepRewards", stepRewards);
        Check.sameShape("stepMask", stepMask, "stepRewards", stepRewards);
        Check.shape("outcomes", outcomes, stepRewards.getShape().get(0));
        Check.shape("groups", groups, stepRewards.getShape().get(0));
        ValueCheck.of()
                .mask("stepMask", stepMask)
                .finite("stepRewards", stepRewards, stepMask)
                .finite("outcomes", outcomes)
                .run();
        double[][] mask = Tensors.toRows(stepMask);
        for (int b = 0; b < mask.length; b++) {
            double steps = 0;
            for (double flag : mask[b]) {
                steps += flag;
            }
            if (steps == 0) {
                throw Check.failure("stepMask", "at least one step in each row", "none in row " + b);
            }
        }
    }

    /** 1 where the row's trajectory succeeded and the column's, from the same start, did not (B,B). */
    NDArray pairs(double threshold) {
        double[] outcome = Tensors.toDoubles(outcomes);
        double[][] pairs = new double[outcome.length][outcome.length];
        for (int[] rows : Groups.of(groups)) {
            for (int i : rows) {
                for (int j : rows) {
                    pairs[i][j] = outcome[i] > threshold && outcome[j] <= threshold ? 1 : 0;
                }
            }
        }
        DataType type = stepRewards.getDataType();
        return Tensors.fromRows(stepRewards.getManager(), pairs, type);
    }
}
