package org.rewardlab.lab.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.lab.statistics.Summary;

/**
 * One number for each arm and seed: what a claim is checked on.
 *
 * @param metric what the numbers are
 * @param values by arm, in order of the arms, one number for each seed, the same seeds in the same order for all arms; NaN
 *     where a run gave none
 */
public record Results(String metric, Map<String, List<Double>> values) {
    public Results {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        values.forEach((arm, numbers) -> copy.put(arm, List.copyOf(numbers)));
        values = Collections.unmodifiableMap(copy);
    }

    /** No numbers: for a claim whose checks bring their own. */
    public static Results none() {
        return new Results("", Map.of());
    }

    /**
     * One more arm.
     *
     * @param arm what prints its name
     * @param numbers one for each seed
     */
    public Results and(Object arm, double... numbers) {
        Map<String, List<Double>> more = new LinkedHashMap<>(values);
        List<Double> list = new ArrayList<>();
        for (double number : numbers) {
            list.add(number);
        }
        more.put(Label.of(arm), list);
        return new Results(metric, more);
    }

    /** The first arm of new results: {@code Results.of("accuracy", "trained", 0.71, 0.73)}. */
    public static Results of(String metric, Object arm, double... numbers) {
        return new Results(metric, Map.of()).and(arm, numbers);
    }

    /** The names of the arms, in order. */
    public List<String> arms() {
        return List.copyOf(values.keySet());
    }

    /** How many seeds the arm with most of them has. */
    public int seeds() {
        return values.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * The numbers of one arm.
     *
     * @throws IllegalArgumentException when there is no such arm, naming those there are
     */
    public double[] of(Object arm) {
        List<Double> numbers = values.get(String.valueOf(arm));
        if (numbers == null) {
            throw new IllegalArgumentException("arm: expected one of " + arms() + ", got " + arm);
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The numbers of each arm as arrays, for a figure. */
    public Map<String, double[]> arrays() {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        values.forEach((arm, numbers) -> arrays.put(
                arm, numbers.stream().mapToDouble(Double::doubleValue).toArray()));
        return arrays;
    }

    @Override
    public String toString() {
        return values.keySet().stream()
                .map(arm -> arm + ": " + metric + " " + Digits.significant(Summary.mean(of(arm)), 4))
                .collect(Collectors.joining("\n"));
    }
}
