package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Which tokens of a sampled response count.
 *
 * <pre>{@code
 * ResponseMask.untilEnd(nd.create(new long[] {5, 2, 0, 5, 6, 7}, new Shape(2, 3)), 2)
 * // => ND: (2, 3) cpu() float32 [[1., 1., 0.], [1., 1., 1.]]
 * }</pre>
 */
public final class ResponseMask {

    private ResponseMask() {}

    /**
     * 1 up to and including the first end token, 0 after it; all 1 where none appears.
     *
     * <p>Derive masks from this and never from {@code id != pad}: where padding and end share an id, the end token
     * would be lost, and a model that never learns to stop is what follows.
     *
     * @param responseIds (B,T) int32 or int64
     * @param endIds one or more ids that end a response
     * @return (B,T) of 0 and 1, float32
     * @throws IllegalArgumentException for another rank, an empty batch, or no end id
     */
    public static NDArray untilEnd(NDArray responseIds, long... endIds) {
        Check.matrix("responseIds", responseIds);
        if (responseIds.getDataType().isFloating()) {
            throw Check.failure("responseIds", "integers", responseIds.getDataType());
        }
        if (endIds.length == 0) {
            throw Check.failure("endIds", "at least one id", "none");
        }
        int tokens = (int) responseIds.getShape().get(1);
        double[] ids = Tensors.toDoubles(responseIds);
        double[] mask = new double[ids.length];
        for (int row = 0; row < ids.length; row += tokens) {
            boolean ended = false;
            for (int i = row; i < row + tokens && !ended; i++) {
                mask[i] = 1;
                ended = contains(endIds, (long) ids[i]);
            }
        }
        return Tensors.create(
                responseIds.getManager(),
                mask,
                DataType.FLOAT32,
                responseIds.getShape().getShape());
    }

    private static boolean contains(long[] endIds, long id) {
        for (long end : endIds) {
            if (end == id) {
                return true;
            }
        }
        return false;
    }
}
