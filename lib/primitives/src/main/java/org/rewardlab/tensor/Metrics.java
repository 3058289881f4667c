package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named scalars of one step, kept together in one array so that they cost one read, and only when somebody asks.
 *
 * @param names the names that users know, such as {@code rewards/accuracies}
 * @param values one number for each name (n), without gradient
 */
public record Metrics(List<String> names, NDArray values) {

    public Metrics {
        names = List.copyOf(names);
        Check.shape("values", values, names.size());
    }

    /** The metric of that name. */
    public double get(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw Check.failure("name", "one of " + names, name);
        }
        return Tensors.toDoubles(values)[index];
    }

    /** All metrics in order. */
    public Map<String, Double> toMap() {
        double[] numbers = Tensors.toDoubles(values);
        Map<String, Double> map = new LinkedHashMap<>();
        for (int i = 0; i < numbers.length; i++) {
            map.put(names.get(i), numbers[i]);
        }
        return map;
    }
}
