package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/**
 * What a loss says of a batch.
 *
 * @param loss the number to minimise (), differentiable
 * @param losses the unreduced losses, one for each pair, sequence or token
 * @param metrics diagnostics without gradient
 */
public record LossOutput(NDArray loss, NDArray losses, Metrics metrics) {

    /** The loss as a Java number. */
    public double value() {
        return Tensors.toDoubles(loss)[0];
    }

    /** Hands all arrays of this output over to the scope around the given one. */
    public LossOutput keptBy(Scope scope) {
        scope.keep(loss);
        scope.keep(losses);
        scope.keep(metrics.values());
        return this;
    }
}
