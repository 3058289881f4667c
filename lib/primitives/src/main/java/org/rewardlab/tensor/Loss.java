package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function of a batch to be minimised. Each family of losses is one sub-interface; a lambda in a cell is as good as
 * a record of the library.
 *
 * @param <I> what it reads
 */
@FunctionalInterface
public interface Loss<I extends LossInput<I>> extends Serializable {

    /** The loss of a batch, recorded for differentiation if the thread records. */
    LossOutput loss(I input);

    /**
     * The loss and its derivatives with respect to {@link LossInput#differentiable()}.
     *
     * <p>By default through the tape; a loss that knows its derivative in closed form gives it faster. Both agree.
     */
    default LossGradients lossAndGradients(I input) {
        try (Scope scope = Scope.open()) {
            List<LossInput.Named> inputs = input.differentiable();
            List<NDArray> leaves =
                    inputs.stream().map(named -> Gradients.leaf(named.array())).toList();
            LossOutput recorded = Gradients.record(() -> loss(input.withDifferentiable(leaves)));
            Gradients.backward(recorded.loss());
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            for (int i = 0; i < leaves.size(); i++) {
                gradients.put(inputs.get(i).name(), scope.keep(Gradients.of(leaves.get(i))));
            }
            LossOutput output = new LossOutput(
                    recorded.loss().stopGradient(), recorded.losses().stopGradient(), recorded.metrics());
            return new LossGradients(output.keptBy(scope), gradients);
        }
    }
}
