package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.ValueAndGradient;

/**
 * What an adapter gives back: outputs by the card's names, in the card's order, and gradients in closed form where the
 * primitive has them.
 */
final class Result {

    final Map<String, Object> outputs = new LinkedHashMap<>();
    final Map<String, NDArray> gradients = new LinkedHashMap<>();
    private final List<NDArray> arrays = new ArrayList<>();
    private @Nullable Metrics metrics;

    static Result of(String name, Object output) {
        return new Result().and(name, output);
    }

    /** Adds an output: an {@link NDArray}, a number, a string, a boolean, or lists and arrays of them. */
    Result and(String name, Object output) {
        outputs.put(name, output);
        if (output instanceof NDArray array) {
            arrays.add(array);
        } else if (output instanceof List<?> list) {
            list.stream()
                    .filter(NDArray.class::isInstance)
                    .map(NDArray.class::cast)
                    .forEach(arrays::add);
        }
        return this;
    }

    /** Adds the unreduced losses under another name. */
    Result andLosses(String name) {
        return and(name, Objects.requireNonNull(outputs.get("losses")));
    }

    /** Adds a metric of the loss, under the name that it goes by in the card. */
    Result andMetric(String name, String metric) {
        return and(name, Objects.requireNonNull(metrics).get(metric));
    }

    /** Adds a gradient in closed form. */
    void gradient(String input, NDArray gradient) {
        gradients.put(input, gradient);
        arrays.add(gradient);
    }

    /** Adds the gradient of a primitive that gives it beside its value. */
    Result closed(String input, ValueAndGradient both) {
        arrays.add(both.value());
        gradient(input, both.gradient());
        return this;
    }

    /** All arrays that the primitive returned, whether they are compared or not. */
    List<NDArray> arrays() {
        return arrays;
    }

    private void returned(LossOutput output) {
        arrays.addAll(List.of(output.loss(), output.losses(), output.metrics().values()));
    }

    /** The mean loss, the unreduced losses, and the gradients by {@link Loss#lossAndGradients}. */
    static <I extends LossInput<I>> Result of(Case c, Loss<I> loss, I input, Map<String, String> inputNames) {
        LossOutput output = loss.loss(input);
        Result result = Result.of("loss", output.loss()).and("losses", output.losses());
        result.metrics = output.metrics();
        result.returned(output);
        if (c.wantsGradients()) {
            LossGradients closed = loss.lossAndGradients(input);
            result.returned(closed.output());
            result.arrays.addAll(closed.gradients().values());
            inputNames.forEach((field, name) -> result.gradients.put(name, closed.of(field)));
        }
        return result;
    }
}
