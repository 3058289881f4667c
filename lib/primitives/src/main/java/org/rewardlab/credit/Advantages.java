package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;

/**
 * How much better each token was than expected, as a constant for differentiation.
 *
 * <pre>{@code
 * Advantages.spread(nd.create(new float[] {0.5f, -0.5f}), nd.create(new float[][] {{1, 1}, {1, 0}}))
 * // => ND: (2, 2) cpu() float32 [[0.5, 0.5], [-0.5, 0.]]
 * }</pre>
 *
 * @param advantages (B,T)
 * @param returns what a critic should have predicted (B,T); absent where an estimator defines none
 */
public record Advantages(NDArray advantages, @Nullable NDArray returns) {

    private static final Script SPREAD = Script.of("""
            def spread(self, rows: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), torch.unsqueeze(rows, -1), torch.zeros_like(torch.unsqueeze(rows, -1)))
            """);

    /** The returns, for those who train a critic; rejects an estimator that gives none. */
    public NDArray requireReturns() {
        return Check.present("returns", returns, "the value loss");
    }

    /**
     * One number a row on all its counted tokens, 0 elsewhere.
     *
     * @param rows (B), finite
     * @param mask (B,T) of 0 and 1
     * @return (B,T) of the type of the rows
     */
    public static NDArray spread(NDArray rows, NDArray mask) {
        Check.vector("rows", rows);
        Check.floating("rows", rows);
        Check.matrix("mask", mask);
        Check.shape("rows", rows, mask.getShape().get(0));
        try (GradientMode mode = GradientMode.paused()) {
            return SPREAD.call(rows, mask);
        }
    }
}
