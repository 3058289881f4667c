package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/** Numbers of messages as Java numbers. */
final class MessageIds {

    private MessageIds() {}

    /** Rejects another rank than (B,T), an empty batch, and floating-point arrays. */
    static double[] of(NDArray messageIds) {
        Check.matrix("messageIds", messageIds);
        if (messageIds.getDataType().isFloating()) {
            throw Check.failure("messageIds", "integers", messageIds.getDataType());
        }
        return Tensors.toDoubles(messageIds);
    }
}
