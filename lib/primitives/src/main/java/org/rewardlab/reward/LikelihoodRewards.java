package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a language model thinks of responses by how likely it finds them: the rewards by which a model ranks its own samples. Wang
 * et al. 2024 (CREAM), section 4.
 *
 * <pre>{@code
 * var logps = nd.create(new float[][] {{-1, -3}, {-3, 0}});
 * var refLogps = nd.create(new float[][] {{-2, -3}, {-1, 0}});
 * var mask = nd.create(new float[][] {{1, 1}, {1, 0}});
 * LikelihoodRewards.implicit(logps, refLogps, mask)
 * // => ND: (2) cpu() float32 [1., -2.]
 * LikelihoodRewards.meanLogp(logps, mask)
 * // => ND: (2) cpu() float32 [-2., -3.]
 * }</pre>
 */
public final class LikelihoodRewards {

    private LikelihoodRewards() {}

    /**
     * The implicit reward without its factor, {@code sum_t (logps - refLogps)} over counted tokens: enough to rank by.
     *
     * @param logps of the tokens under the model that judges (B,T)
     * @param refLogps under its reference (B,T)
     * @param mask (B,T)
     * @return (B), constant; 0 for a row without counted tokens
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN on counted tokens
     */
    public static NDArray implicit(NDArray logps, NDArray refLogps, NDArray mask) {
        check(logps, mask);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        ValueCheck.of().noNaN("refLogps", refLogps, mask).run();
        try (GradientMode mode = GradientMode.paused();
                NDArray model = Masked.sumRows(logps, mask);
                NDArray reference = Masked.sumRows(refLogps, mask)) {
            return model.sub(reference);
        }
    }

    /**
     * The mean log-probability of the counted tokens, for a model that has no reference.
     *
     * @param logps of the tokens under the model that judges (B,T)
     * @param mask (B,T), at least one counted token in each row
     * @return (B), constant
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN on counted tokens, an empty row
     */
    public static NDArray meanLogp(NDArray logps, NDArray mask) {
        check(logps, mask);
        double[][] counted = Tensors.toRows(mask);
        for (int b = 0; b < counted.length; b++) {
            if (Arrays.stream(counted[b]).sum() == 0) {
                throw Check.failure("mask", "a counted token in each row", "none in row " + b);
            }
        }
        try (GradientMode mode = GradientMode.paused()) {
            return Masked.meanRows(logps, mask, 0);
        }
    }

    private static void check(NDArray logps, NDArray mask) {
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        ValueCheck.of().mask("mask", mask).noNaN("logps", logps, mask).run();
    }
}
