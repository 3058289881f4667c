package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Sampled trajectories, such as denoisings or responses, with the reward of what each ended in; those of one prompt are
 * compared with each other.
 *
 * @param logps of each of H steps under the policy (B,H), differentiable
 * @param refLogps under the frozen reference (B,H), constant
 * @param oldLogps under the policy that sampled (B,H), constant, for losses that hold the policy near it
 * @param rewards of each trajectory (B), finite
 * @param mask 1 on steps that count (B,H); a row without any has log-ratio 0
 * @param groups equal numbers mark trajectories of one prompt (B), any integers in any order
 */
public record ScoredTrajectories(
        NDArray logps, NDArray refLogps, @Nullable NDArray oldLogps, NDArray rewards, NDArray mask, NDArray groups)
        implements LossInput<ScoredTrajectories> {

    /** Without the policy that sampled. */
    public ScoredTrajectories(NDArray logps, NDArray refLogps, NDArray rewards, NDArray mask, NDArray groups) {
        this(logps, refLogps, null, rewards, mask, groups);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public ScoredTrajectories withDifferentiable(List<NDArray> arrays) {
        return new ScoredTrajectories(arrays.get(0), refLogps, oldLogps, rewards, mask, groups);
    }

    /** Rejects shapes that differ, an empty batch, NaN on counted steps, rewards that are not finite. */
    void check() {
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        Check.shape("rewards", rewards, logps.getShape().get(0));
        Check.shape("groups", groups, logps.getShape().get(0));
        if (groups.getDataType().isFloating()) {
            throw Check.failure("groups", "integers", groups.getDataType());
        }
        ValueCheck check = ValueCheck.of()
                .mask("mask", mask)
                .noNaN("logps", logps, mask)
                .noNaN("refLogps", refLogps, mask)
                .finite("rewards", rewards);
        if (oldLogps != null) {
            Check.sameShape("oldLogps", oldLogps, "logps", logps);
            check.noNaN("oldLogps", oldLogps, mask);
        }
        check.run();
    }

    /**
     * All pairs i &lt; j of one prompt, as two arrays of row numbers in order; rejects trajectories that are all alone.
     *
     * @return first and second rows (2,P), int64
     */
    NDArray pairs() {
        double[] ids = Tensors.toDoubles(groups);
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            for (int j = i + 1; j < ids.length; j++) {
                if (ids[i] == ids[j]) {
                    first.add((long) i);
                    second.add((long) j);
                }
            }
        }
        if (first.isEmpty()) {
            throw Check.failure("groups", "two trajectories of one prompt", "none in " + Arrays.toString(ids));
        }
        first.addAll(second);
        NDManager manager = logps.getManager();
        return Tensors.create(manager, first.stream().mapToLong(Long::longValue).toArray(), 2, second.size());
    }
}
