package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.Serializable;
import java.util.List;
import org.rewardlab.credit.Groups;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Which prompts teach: those that are answered right neither almost never nor almost always. Cui et al. 2025 (PRIME), section
 * 3.2 (online prompt filtering).
 *
 * <p>A prompt is kept if the mean outcome of its group lies in [low, high], bounds included up to rounding (1e-9, in float32
 * 1e-6). Look at raw outcomes,
 * never at shaped rewards.
 *
 * <pre>{@code
 * var outcomes = nd.create(new float[] {1, 1, 1, 1, 0, 1, 0, 0});
 * var groups = nd.create(new long[] {7, 7, 7, 7, 3, 3, 3, 3});
 * var kept = new AccuracyFilter().filter(outcomes, groups);
 * kept.accuracy()
 * // => ND: (2) cpu() float32 [1., 0.25]
 * kept.keep() // who answers the first prompt knows it already
 * // => ND: (2) cpu() float32 [0., 1.]
 * kept.keptRows()
 * // => ND: (8) cpu() float32 [0., 0., 0., 0., 1., 1., 1., 1.]
 * }</pre>
 *
 * @param low lower bound, in [0, 1]
 * @param high upper bound, at least low, at most 1
 */
public record AccuracyFilter(double low, double high) implements Serializable {

    public AccuracyFilter {
        Check.within("low", low, 0, 1);
        Check.within("high", high, low, 1);
    }

    /** Between 0.2 and 0.8. */
    public AccuracyFilter() {
        this(0.2, 0.8);
    }

    /**
     * What the filter says of each prompt, in order of first appearance.
     *
     * @param keep 1 for prompts that are kept (P), 0 for those dropped
     * @param accuracy mean outcome of each prompt (P)
     * @param keptRows 1 for the responses to prompts that are kept (B)
     */
    public record Kept(NDArray keep, NDArray accuracy, NDArray keptRows) {}

    /**
     * Looks at the outcomes of a batch.
     *
     * @param outcomes of each response (B), finite
     * @param groups equal numbers mark answers to one prompt (B)
     */
    public Kept filter(NDArray outcomes, NDArray groups) {
        Check.vector("outcomes", outcomes);
        Check.floating("outcomes", outcomes);
        Check.sameShape("groups", groups, "outcomes", outcomes);
        ValueCheck.of().finite("outcomes", outcomes).run();
        double[] outcome = Tensors.toDoubles(outcomes);
        double tolerance = outcomes.getDataType() == DataType.FLOAT64 ? 1e-9 : 1e-6;
        List<int[]> prompts = Groups.of(groups);
        double[] keep = new double[prompts.size()];
        double[] accuracy = new double[keep.length];
        double[] rows = new double[outcome.length];
        for (int p = 0; p < keep.length; p++) {
            for (int b : prompts.get(p)) {
                accuracy[p] += outcome[b] / prompts.get(p).length;
            }
            keep[p] = accuracy[p] >= low - tolerance && accuracy[p] <= high + tolerance ? 1 : 0;
            for (int b : prompts.get(p)) {
                rows[b] = keep[p];
            }
        }
        return new Kept(vector(outcomes, keep), vector(outcomes, accuracy), vector(outcomes, rows));
    }

    private static NDArray vector(NDArray like, double[] numbers) {
        return Tensors.create(like.getManager(), numbers, like.getDataType(), numbers.length);
    }
}
