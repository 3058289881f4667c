package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.LossOutput;

/**
 * What an adapter gives back: outputs by the card's names, in the card's order, and gradients in closed form where the
 * primitive has them.
 */
final class Result {

    final Map<String, Object> outputs = new LinkedHashMap<>();
    final Map<String, NDArray> gradients = new LinkedHashMap<>();

    static Result of(String name, Object output) {
        return new Result().and(name, output);
    }

    /** Adds an output: an {@link NDArray}, a number, a string, a boolean, or lists and arrays of them. */
    Result and(String name, Object output) {
        outputs.put(name, output);
        return this;
    }

    /** The mean loss, the unreduced losses, and the gradients by {@link Loss#lossAndGradients}. */
    static <I extends LossInput<I>> Result of(Case c, Loss<I> loss, I input, Map<String, String> inputNames) {
        LossOutput output = loss.loss(input);
        Result result = Result.of("loss", output.loss()).and("losses", output.losses());
        if (c.wantsGradients()) {
            LossGradients closed = loss.lossAndGradients(input);
            inputNames.forEach((field, name) -> result.gradients.put(name, closed.of(field)));
        }
        return result;
    }
}
