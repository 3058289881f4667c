package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Rewards for several dimensions made one: each brought to [0, 1] over a data set, then a weighted mean. Yu et al. 2025
 * (Sotopia-RL).
 *
 * <p>{@code outScale sum_d w_d (r_d - min_d) / (max_d - min_d) / sum_d w_d}; a dimension that does not vary counts 0. A
 * positive affine change of a dimension changes nothing.
 *
 * @param weights of the dimensions, at least 0, not all 0
 * @param outScale the reward of what is best in every dimension
 */
public record DimensionMix(List<Double> weights, double outScale) implements Serializable {

    public DimensionMix {
        weights = List.copyOf(weights);
        double sum = 0;
        for (double weight : weights) {
            sum += Check.notNegative("weights", weight);
        }
        if (sum == 0) {
            throw Check.failure("weights", "a weight above 0", weights);
        }
        Check.finite("outScale", outScale);
    }

    /** Equal weights, up to 10. */
    public static DimensionMix equal(int dimensions) {
        Check.atLeast("dimensions", dimensions, 1);
        return new DimensionMix(Collections.nCopies(dimensions, 1.0), 10);
    }

    /**
     * What a data set says of each dimension, kept to bring new data to the same measure.
     *
     * @param mix the weights and the scale
     * @param lows the least reward of each dimension
     * @param highs the largest
     */
    public record Fitted(DimensionMix mix, List<Double> lows, List<Double> highs) implements Serializable {

        public Fitted {
            lows = List.copyOf(lows);
            highs = List.copyOf(highs);
            if (lows.size() != mix.weights.size() || highs.size() != mix.weights.size()) {
                throw Check.failure("lows", "bounds for " + mix.weights.size() + " dimensions", lows + " " + highs);
            }
        }

        /**
         * The one reward of each row; outside [0, outScale] for new data outside the bounds of the old.
         *
         * @param rewards (N,D)
         * @return (N) of their type
         * @throws IllegalArgumentException for another number of dimensions, no row, numbers that are not finite
         */
        public NDArray combine(NDArray rewards) {
            double[][] rows = mix.rows(rewards);
            double total = mix.weights.stream().mapToDouble(Double::doubleValue).sum();
            double[] combined = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                for (int d = 0; d < lows.size(); d++) {
                    double range = highs.get(d) - lows.get(d);
                    double normalized = range == 0 ? 0 : (rows[i][d] - lows.get(d)) / range;
                    combined[i] += mix.weights.get(d) * normalized;
                }
                combined[i] *= mix.outScale / total;
            }
            return Tensors.create(rewards.getManager(), combined, rewards.getDataType(), combined.length);
        }
    }

    /**
     * The bounds of a data set.
     *
     * @param rewards (N,D)
     * @throws IllegalArgumentException for another number of dimensions than weights, no row, numbers that are not finite
     */
    public Fitted fit(NDArray rewards) {
        double[][] rows = rows(rewards);
        Double[] lows = new Double[weights.size()];
        Double[] highs = new Double[weights.size()];
        for (int d = 0; d < lows.length; d++) {
            lows[d] = rows[0][d];
            highs[d] = rows[0][d];
            for (double[] row : rows) {
                lows[d] = Math.min(lows[d], row[d]);
                highs[d] = Math.max(highs[d], row[d]);
            }
        }
        return new Fitted(this, List.of(lows), List.of(highs));
    }

    /** {@link #fit} and {@link Fitted#combine} on one data set (N,D): in [0, outScale]. */
    public NDArray combine(NDArray rewards) {
        return fit(rewards).combine(rewards);
    }

    private double[][] rows(NDArray rewards) {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        if (rewards.getShape().get(1) != weights.size()) {
            throw Check.failure("rewards", weights.size() + " dimensions", "shape " + rewards.getShape());
        }
        double[][] rows = Tensors.toRows(rewards);
        for (double[] row : rows) {
            for (double number : row) {
                Check.finite("rewards", number);
            }
        }
        return rows;
    }
}
