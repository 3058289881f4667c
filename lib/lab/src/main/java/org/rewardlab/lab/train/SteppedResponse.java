package org.rewardlab.lab.train;

import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * A response in steps, each known to be right or wrong.
 *
 * @param prompt that it answers
 * @param steps texts, in order; put together they are the response
 * @param labels whether each step is right
 */
public record SteppedResponse(String prompt, List<String> steps, List<Boolean> labels) {
    public SteppedResponse {
        steps = List.copyOf(steps);
        labels = List.copyOf(labels);
        if (steps.isEmpty() || labels.size() != steps.size()) {
            throw Check.failure("labels", "one for each of " + steps.size() + " steps, at least one", labels.size());
        }
        if (steps.stream().anyMatch(String::isEmpty)) {
            throw Check.failure("steps", "texts of at least one character", steps);
        }
    }
}
