package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * What several reward functions say of the same responses; the responses to one prompt stand in consecutive rows.
 *
 * @param rewards (N,K), NaN where a function does not apply to a response
 * @param weights of the functions (K)
 * @param oldLogps log-probability of each token under the policy that sampled (N,T), for estimators with a KL penalty
 * @param refLogps under the reference (N,T), for the same
 * @param mask 1 on response tokens (N,T), for the same
 */
public record RewardTable(
        NDArray rewards,
        NDArray weights,
        @Nullable NDArray oldLogps,
        @Nullable NDArray refLogps,
        @Nullable NDArray mask) {

    public RewardTable {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.shape("weights", weights, rewards.getShape().get(1));
        for (double reward : Tensors.toDoubles(rewards)) {
            if (Double.isInfinite(reward)) {
                throw Check.failure("rewards", "finite numbers, or NaN where a function does not apply", reward);
            }
        }
        for (double weight : Tensors.toDoubles(weights)) {
            Check.finite("weights", weight);
        }
    }

    /** Rewards and weights alone. */
    public RewardTable(NDArray rewards, NDArray weights) {
        this(rewards, weights, null, null, null);
    }

    /** How many groups of a given size there are; rejects a number of rows that does not divide. */
    int groups(int size) {
        int rows = (int) rewards.getShape().get(0);
        if (rows % size != 0) {
            throw Check.failure("rewards", "a number of rows that " + size + " divides", rows);
        }
        return rows / size;
    }

    /** The weighted sum of the functions that apply to each row; NaN for a row that none applies to. */
    double[] weightedSums() {
        return weightedSums(Tensors.toRows(rewards));
    }

    /** The same of other numbers in the table's place. */
    double[] weightedSums(double[][] table) {
        double[] weight = Tensors.toDoubles(weights);
        double[] sums = new double[table.length];
        for (int i = 0; i < sums.length; i++) {
            boolean any = false;
            for (int k = 0; k < weight.length; k++) {
                if (!Double.isNaN(table[i][k])) {
                    sums[i] += weight[k] * table[i][k];
                    any = true;
                }
            }
            sums[i] = any ? sums[i] : Double.NaN;
        }
        return sums;
    }

    /** One number a row (N), 0 in place of NaN. */
    NDArray column(double[] numbers) {
        double[] finite = new double[numbers.length];
        for (int i = 0; i < finite.length; i++) {
            finite[i] = Double.isNaN(numbers[i]) ? 0 : numbers[i];
        }
        return Tensors.create(rewards.getManager(), finite, rewards.getDataType(), finite.length);
    }
}
