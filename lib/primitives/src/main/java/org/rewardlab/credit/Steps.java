package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * The steps of each row and where they end: counted tokens that follow each other in one turn are one step; without turns
 * every counted token is.
 */
final class Steps {

    private final NDArray like;
    private final int[][] ends;

    private Steps(NDArray like, int[][] ends) {
        this.like = like;
        this.ends = ends;
    }

    static Steps of(Rollouts rollouts) {
        double[][] mask = Tensors.toRows(rollouts.mask());
        NDArray turns = rollouts.turns();
        double[] @Nullable [] turn = turns == null ? null : Tensors.toRows(turns);
        int[][] ends = new int[mask.length][];
        for (int b = 0; b < ends.length; b++) {
            ends[b] = ends(mask[b], turn == null ? null : turn[b]);
        }
        return new Steps(rollouts.rewards(), ends);
    }

    private static int[] ends(double[] mask, double @Nullable [] turn) {
        List<Integer> ends = new ArrayList<>();
        int last = -1;
        for (int t = 0; t < mask.length; t++) {
            if (mask[t] != 0) {
                if (last >= 0 && (turn == null || turn[t] != turn[last])) {
                    ends.add(last);
                }
                last = t;
            }
        }
        if (last >= 0) {
            ends.add(last);
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    int rows() {
        return ends.length;
    }

    /** How many steps a row has. */
    int count(int row) {
        return ends[row].length;
    }

    /** The steps of each row; rejects a row without any. */
    Steps requireAny() {
        for (int b = 0; b < ends.length; b++) {
            if (ends[b].length == 0) {
                throw Check.failure("mask", "a counted token in each row", "none in row " + b);
            }
        }
        return this;
    }

    /** What stands at the ends of the steps, row by row. */
    double[][] at(NDArray array) {
        double[][] all = Tensors.toRows(array);
        double[][] values = new double[ends.length][];
        for (int b = 0; b < ends.length; b++) {
            values[b] = new double[ends[b].length];
            for (int k = 0; k < ends[b].length; k++) {
                values[b][k] = all[b][ends[b][k]];
            }
        }
        return values;
    }

    /** The judge's word on each step; rejects its absence and what is not finite. */
    double[][] scores(Rollouts rollouts, String neededBy) {
        double[][] scores = at(Check.present("stepScores", rollouts.stepScores(), neededBy));
        for (double[] row : scores) {
            for (double score : row) {
                Check.finite("stepScores", score);
            }
        }
        return scores;
    }

    /** A number for each step on its last token (B,T), 0 elsewhere. */
    NDArray place(double[][] values) {
        double[][] rows = new double[ends.length][(int) like.getShape().get(1)];
        for (int b = 0; b < ends.length; b++) {
            for (int k = 0; k < ends[b].length; k++) {
                rows[b][ends[b][k]] = values[b][k];
            }
        }
        return Tensors.fromRows(like.getManager(), rows, like.getDataType());
    }
}
