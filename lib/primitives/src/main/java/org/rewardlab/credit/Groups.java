package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/** Rows that answer one prompt, and what group estimators share: one score a row, one number on all its tokens. */
final class Groups {

    private Groups() {}

    /** The rows of each group, in order of first appearance. */
    static List<int[]> of(Rollouts rollouts, String neededBy) {
        NDArray groups = Check.present("groups", rollouts.groups(), neededBy);
        if (groups.getDataType().isFloating()) {
            throw Check.failure("groups", "integers", groups.getDataType());
        }
        Map<Long, List<Integer>> rows = new LinkedHashMap<>();
        double[] ids = Tensors.toDoubles(groups);
        for (int b = 0; b < ids.length; b++) {
            rows.computeIfAbsent((long) ids[b], id -> new ArrayList<>()).add(b);
        }
        return rows.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** The score of each row: the sum of its token rewards, over the whole row. */
    static double[] scores(Rollouts rollouts) {
        double[][] rewards = Tensors.toRows(rollouts.rewards());
        double[] scores = new double[rewards.length];
        for (int b = 0; b < scores.length; b++) {
            for (double reward : rewards[b]) {
                scores[b] += reward;
            }
        }
        return scores;
    }

    /** Rejects a row that counts no token. */
    static void requireCounted(NDArray mask) {
        double[][] rows = Tensors.toRows(mask);
        for (int b = 0; b < rows.length; b++) {
            if (Arrays.stream(rows[b]).noneMatch(value -> value != 0)) {
                throw Check.failure("mask", "a counted token in each row", "none in row " + b);
            }
        }
    }

    /** One number a row on its counted tokens (B,T), 0 elsewhere. */
    static NDArray spread(double[] scores, Rollouts rollouts) {
        double[][] rows = Tensors.toRows(rollouts.mask());
        for (int b = 0; b < rows.length; b++) {
            for (int t = 0; t < rows[b].length; t++) {
                rows[b][t] = rows[b][t] == 0 ? 0 : scores[b];
            }
        }
        NDArray rewards = rollouts.rewards();
        return Tensors.fromRows(rewards.getManager(), rows, rewards.getDataType());
    }
}
