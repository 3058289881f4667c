package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Numbers;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** Rows that answer one prompt, and what group estimators share: one score a row, one number on all its tokens. */
public final class Groups {

    private static final Script ROW_SUMS = Script.of("""
            def sums(self, values: Tensor) -> Tensor:
              return torch.sum(values, [-1])
            """);

    private static final Script COUNTS = Script.of("""
            def counts(self, mask: Tensor) -> Tensor:
              return torch.sum(torch.to(torch.ne(mask, 0), 4), [-1])
            """);

    private Groups() {}

    /** The rows of each group, in order of first appearance. */
    static List<int[]> of(Rollouts rollouts, String neededBy) {
        return of(Check.present("groups", rollouts.groups(), neededBy));
    }

    /**
     * Group numbers (B), int64, for rows of which every {@code size} in a row answer one prompt.
     *
     * @param rows an array with B rows, in whose manager the numbers are made
     * @throws IllegalArgumentException if the size is below 1 or does not divide B
     */
    public static NDArray blocks(NDArray rows, int size) {
        Check.atLeast("groupSize", size, 1);
        long[] ids = new long[(int) rows.getShape().get(0)];
        if (ids.length % size != 0) {
            throw Check.failure("groupSize", "a divisor of the number of rows " + ids.length, size);
        }
        for (int b = 0; b < ids.length; b++) {
            ids[b] = b / size;
        }
        return Tensors.create(rows.getManager(), ids, ids.length);
    }

    /**
     * The rows of each group, in order of first appearance.
     *
     * @param groups equal numbers mark one group (B), integers
     */
    public static List<int[]> of(NDArray groups) {
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

    /** The score of each row: the sum of its token rewards, over the whole row; rejects what is not a finite number. */
    static double[] scores(Rollouts rollouts) {
        double[] scores = rowSums(rollouts.rewards());
        for (int b = 0; b < scores.length; b++) {
            if (!Double.isFinite(scores[b])) {
                throw Check.failure(
                        "rewards", "finite numbers over the whole row", "a sum of " + scores[b] + " in row " + b);
            }
        }
        return scores;
    }

    /** How each row ended: its outcome, or its score where none is told apart; rejects what is not a finite number. */
    static double[] outcomes(Rollouts rollouts) {
        if (rollouts.outcomes() == null) {
            return scores(rollouts);
        }
        double[] outcomes = Tensors.toDoubles(rollouts.outcomes());
        for (double outcome : outcomes) {
            Check.finite("outcomes", outcome);
        }
        return outcomes;
    }

    private static double[] rowSums(NDArray matrix) {
        if (Recurrence.onDevice(matrix)) {
            try (NDArray sums = ROW_SUMS.call(matrix)) {
                return Tensors.toDoubles(sums);
            }
        }
        double[] sums = new double[(int) matrix.getShape().get(0)];
        int tokens = (int) matrix.getShape().get(1);
        double[] row = new double[tokens];
        try (Numbers numbers = Numbers.of(matrix)) {
            for (int b = 0; b < sums.length; b++) {
                numbers.read(b * tokens, row, tokens);
                for (double value : row) {
                    sums[b] += value;
                }
            }
        }
        return sums;
    }

    /** How many tokens each row counts. */
    static double[] lengths(NDArray mask) {
        try (NDArray counts = COUNTS.call(mask)) {
            return Tensors.toDoubles(counts);
        }
    }

    /** Rejects a row that counts no token. */
    static void requireCounted(NDArray mask) {
        double[] lengths = lengths(mask);
        for (int b = 0; b < lengths.length; b++) {
            if (lengths[b] == 0) {
                throw Check.failure("mask", "a counted token in each row", "none in row " + b);
            }
        }
    }

    /** The mean score of some rows; exact where all are equal. */
    static double mean(double[] scores, int[] rows) {
        double origin = scores[rows[0]];
        double sum = 0;
        for (int b : rows) {
            sum += scores[b] - origin;
        }
        return origin + sum / rows.length;
    }

    /** The standard deviation of some rows' scores, with divisor n-1; exactly 0 where all are equal. */
    static double std(double[] scores, int[] rows) {
        return std(scores, rows, 1);
    }

    /** The same with divisor n - ddof. */
    static double std(double[] scores, int[] rows, int ddof) {
        double mean = mean(scores, rows);
        double squares = 0;
        for (int b : rows) {
            squares += (scores[b] - mean) * (scores[b] - mean);
        }
        return Math.sqrt(squares / (rows.length - ddof));
    }

    /** One number a row on its counted tokens (B,T), 0 elsewhere. */
    static NDArray spread(double[] scores, Rollouts rollouts) {
        NDArray rewards = rollouts.rewards();
        try (NDArray rows = Tensors.create(rewards.getManager(), scores, rewards.getDataType(), scores.length)) {
            return Advantages.spread(rows, rollouts.mask());
        }
    }
}
