package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * A small negative reward for tokens whose hidden state lies unusually far from where good ones lie. Zhang et al. 2025 (RLFR).
 *
 * <p>Per row, over counted tokens: scores to [0, 1] by their least and largest (all equal, or a single one: 0), then to the power, then
 * what does not exceed the threshold becomes 0, then all but the topK largest (of equal ones the earlier) where at least
 * topK are left; the reward is {@code -coefficient} times what remains. Nothing changes when scores are multiplied by a
 * positive number or moved within a row.
 *
 * <pre>{@code
 * var scores = nd.create(new float[][] {{1, 2, 4, 5}});
 * var mask = nd.ones(new Shape(1, 4));
 * new FlowRewards().normalized(scores, mask)
 * // => ND: (1, 4) cpu() float32 [[0., 0.25, 0.75, 1.]]
 * new FlowRewards().rewards(scores, mask)
 * // => ND: (1, 4) cpu() float32 [[0., 0., -0.0075, -0.01]]
 * new FlowRewards(0.01, true, 0, 2, 1).rewards(scores, mask)       // one token at either end
 * // => ND: (1, 4) cpu() float32 [[0.01, 0., 0., -0.01]]
 * }</pre>
 *
 * @param coefficient of the reward
 * @param bilateral whether scores go to [-1, 1] instead, threshold on the absolute value, topK / 2 kept at either end
 * @param threshold not applied at 0 or below
 * @param topK how many tokens keep their reward; not applied at 0 or below
 * @param power that the absolute value is raised to, above 0
 */
public record FlowRewards(double coefficient, boolean bilateral, double threshold, int topK, double power)
        implements CreditAssignment {

    public FlowRewards {
        Check.finite("coefficient", coefficient);
        Check.finite("threshold", threshold);
        Check.positive("power", power);
    }

    /** Coefficient 0.01, threshold 0.6, the 15 largest. */
    public FlowRewards() {
        this(0.01, false, 0.6, 15, 1);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.STEP_SCORES);
    }

    /** {@inheritDoc} Reads mask and stepScores, on every counted token, such as a velocity deviation. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        return rewards(Check.present("stepScores", rollouts.stepScores(), "flow rewards"), rollouts.mask());
    }

    /**
     * The rewards of tokens.
     *
     * @param scores (B,T)
     * @param mask (B,T); rows may be empty
     * @return (B,T), 0 outside the mask, constant
     * @throws IllegalArgumentException for other shapes, a mask of other numbers, counted scores that are not finite
     */
    public NDArray rewards(NDArray scores, NDArray mask) {
        double[][] rows = normalizedRows(scores, mask);
        for (double[] row : rows) {
            filter(row);
            for (int t = 0; t < row.length; t++) {
                row[t] = row[t] == 0 ? 0 : -coefficient * row[t];
            }
        }
        return Tensors.fromRows(scores.getManager(), rows, scores.getDataType());
    }

    /** The scores brought to [0, 1], or [-1, 1], and to the power, before anything is left out (B,T). */
    public NDArray normalized(NDArray scores, NDArray mask) {
        return Tensors.fromRows(scores.getManager(), normalizedRows(scores, mask), scores.getDataType());
    }

    private double[][] normalizedRows(NDArray scores, NDArray mask) {
        Check.matrix("scores", scores);
        Check.floating("scores", scores);
        Check.sameShape("mask", mask, "scores", scores);
        ValueCheck.of().mask("mask", mask).run();
        double[][] rows = Tensors.toRows(scores);
        double[][] counted = Tensors.toRows(mask);
        for (int b = 0; b < rows.length; b++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < rows[b].length; t++) {
                if (counted[b][t] != 0) {
                    low = Math.min(low, Check.finite("scores", rows[b][t]));
                    high = Math.max(high, rows[b][t]);
                }
            }
            for (int t = 0; t < rows[b].length; t++) {
                rows[b][t] = counted[b][t] == 0 || high == low ? 0 : normalized(rows[b][t], low, high);
            }
        }
        return rows;
    }

    private double normalized(double score, double low, double high) {
        double z = (score - low) / (high - low);
        double signed = bilateral ? 2 * z - 1 : z;
        return Math.signum(signed) * Math.pow(Math.abs(signed), power);
    }

    private void filter(double[] row) {
        int left = 0;
        for (int t = 0; t < row.length; t++) {
            if (threshold > 0 && !(Math.abs(row[t]) > threshold)) {
                row[t] = 0;
            }
            left += row[t] == 0 ? 0 : 1;
        }
        if (topK <= 0 || left < topK) {
            return;
        }
        Integer[] order = new Integer[row.length];
        Arrays.setAll(order, t -> t);
        boolean[] kept = new boolean[row.length];
        Arrays.sort(order, Comparator.comparing(t -> -row[t]));
        for (int i = 0; i < (bilateral ? topK / 2 : topK); i++) {
            kept[order[i]] = true;
        }
        if (bilateral) {
            Arrays.sort(order, Comparator.<Integer>naturalOrder());
            Arrays.sort(order, Comparator.comparing(t -> row[t]));
            for (int i = 0; i < topK / 2; i++) {
                kept[order[i]] = true;
            }
        }
        for (int t = 0; t < row.length; t++) {
            row[t] = kept[t] ? row[t] : 0;
        }
    }
}
