package org.rewardlab.lab.train;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Everything of one step of policy training.
 *
 * @param number of the step, from 1
 * @param samples completions with their rewards and advantages
 * @param metrics under the names that trainers share
 */
public record PolicyStep(int number, List<ScoredCompletion> samples, Map<String, Double> metrics) {

    public PolicyStep {
        samples = List.copyOf(samples);
    }

    /** The metric of that name; NaN if the step has none. */
    public double metric(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }

    /** Prompt, completion, each reward, their sum and the mean advantage, a row a completion. */
    public Table completions() {
        Table table = Table.create("completions of step " + number);
        table.addColumns(
                StringColumn.create(
                        "prompt", samples.stream().map(s -> s.prompt().text()).toList()),
                StringColumn.create(
                        "completion",
                        samples.stream().map(ScoredCompletion::text).toList()));
        Set<String> names = new LinkedHashSet<>();
        samples.forEach(sample -> names.addAll(sample.rewards().keySet()));
        for (String name : names) {
            table.addColumns(DoubleColumn.create(
                    name,
                    samples.stream()
                            .mapToDouble(s -> s.rewards().getOrDefault(name, Double.NaN))
                            .toArray()));
        }
        table.addColumns(
                DoubleColumn.create(
                        "reward",
                        samples.stream().mapToDouble(ScoredCompletion::reward).toArray()),
                DoubleColumn.create(
                        "advantage",
                        samples.stream()
                                .mapToDouble(s -> java.util.Arrays.stream(s.advantages())
                                        .average()
                                        .orElse(Double.NaN))
                                .toArray()),
                IntColumn.create(
                        "tokens",
                        samples.stream().mapToInt(s -> s.tokens().length()).toArray()));
        return table;
    }
}
