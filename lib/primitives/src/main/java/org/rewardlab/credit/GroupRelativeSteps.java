package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * GRPO with process supervision: step rewards normalised over all steps of all responses of a group, and each token
 * gets the sum over the steps that end at it or later. Shao et al. 2024, section 4.1.3.
 *
 * <p>{@code (x - mean) / (std + epsilon)} with divisor n-1; 0 in a group with one step in all. With one step per
 * response, ending at its last token, it is {@link GroupRelative}.
 *
 * <pre>{@code
 * var steps = new StepRewards(
 *         nd.create(new float[][] {{1, 0}, {0, Float.NaN}}),   // two steps, and one
 *         nd.create(new float[][] {{0, 2}, {1, -1}}),          // the tokens that they end at
 *         nd.create(new float[][] {{1, 1, 1}, {1, 1, 0}}),
 *         nd.create(new long[] {7, 7}));
 * new GroupRelativeSteps().estimate(steps).advantages()
 * // => ND: (2, 3) cpu() float32 [[0.5773, -0.5773, -0.5773], [-0.5773, -0.5773, 0.]]
 * }</pre>
 *
 * @param epsilon what is added to the standard deviation
 */
public record GroupRelativeSteps(double epsilon) {

    public GroupRelativeSteps {
        Check.notNegative("epsilon", epsilon);
    }

    /** With epsilon 1e-6. */
    public GroupRelativeSteps() {
        this(GroupRelative.EPSILON);
    }

    /** The advantages (B,T), 0 outside the mask. */
    public Advantages estimate(StepRewards steps) {
        double[][] rewards = Tensors.toRows(steps.rewards());
        for (int[] rows : Groups.of(steps.groups())) {
            normalize(rewards, rows);
        }
        double[][] ends = Tensors.toRows(steps.ends());
        int tokens = (int) steps.mask().getShape().get(1);
        double[][] sums = new double[rewards.length][tokens];
        for (int b = 0; b < sums.length; b++) {
            for (int s = 0; s < ends[b].length; s++) {
                if (!Double.isNaN(rewards[b][s])) {
                    sums[b][(int) ends[b][s]] += rewards[b][s];
                }
            }
            for (int t = tokens - 2; t >= 0; t--) {
                sums[b][t] += sums[b][t + 1];
            }
        }
        try (Scope scope = Scope.open()) {
            NDArray all = Tensors.fromRows(
                    steps.rewards().getManager(), sums, steps.rewards().getDataType());
            return new Advantages(scope.keep(Masked.zeroOutside(all, steps.mask())), null);
        }
    }

    private void normalize(double[][] rewards, int[] rows) {
        int columns = rewards[rows[0]].length;
        double[] all = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rewards[rows[i]], 0, all, i * columns, columns);
        }
        double mean = NanMoments.mean(all);
        double std = NanMoments.std(all);
        for (int b : rows) {
            for (int s = 0; s < columns; s++) {
                double centred = rewards[b][s] - mean; // NaN stays NaN: no such step
                rewards[b][s] = centred == 0 || Double.isNaN(std) ? 0 * centred : centred / (std + epsilon);
            }
        }
    }
}
