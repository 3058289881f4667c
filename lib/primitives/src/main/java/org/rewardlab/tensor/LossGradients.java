package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * A loss and its derivatives.
 *
 * @param output the loss, constant
 * @param gradients for each differentiable input, by name, the derivative of the loss, of the input's shape
 */
public record LossGradients(LossOutput output, Map<String, NDArray> gradients) {

    public LossGradients {
        gradients = Map.copyOf(gradients);
    }

    /** The derivative with respect to the input of that name. */
    public NDArray of(String name) {
        NDArray gradient = gradients.get(name);
        if (gradient == null) {
            throw Check.failure("name", "one of " + gradients.keySet(), name);
        }
        return gradient;
    }
}
