package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Keeps what a run measured as a table, a row a step, and the completions that it sampled as another. */
public final class MetricLog implements TrainingListener {
    private final int completionsEvery;
    private final List<TrainingStep> steps = new ArrayList<>();
    private final List<PolicyStep> sampled = new ArrayList<>();

    /** All steps, no completions. */
    public MetricLog() {
        this(0);
    }

    /**
     * @param completionsEvery steps between two whose completions are kept; 0 for none
     */
    public MetricLog(int completionsEvery) {
        org.rewardlab.tensor.Check.atLeast("completionsEvery", completionsEvery, 0);
        this.completionsEvery = completionsEvery;
    }

    @Override
    public void resumed(int step) {
        steps.removeIf(one -> one.number() > step);
        sampled.removeIf(one -> one.number() > step);
    }

    @Override
    public void stepped(TrainingStep step) {
        steps.add(step);
    }

    @Override
    public void sampled(PolicyStep step) {
        if (completionsEvery > 0 && (step.number() - 1) % completionsEvery == 0) {
            sampled.add(step);
        }
    }

    /** Columns {@code step}, {@code epoch} and one for each metric, missing where a step did not measure it. */
    public Table table() {
        Table table = Table.create(
                "metrics",
                IntColumn.create(
                        "step", steps.stream().mapToInt(TrainingStep::number).toArray()),
                DoubleColumn.create(
                        "epoch", steps.stream().mapToDouble(TrainingStep::epoch).toArray()));
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> names.addAll(step.metrics().keySet()));
        names.removeAll(Set.of("step", "epoch"));
        for (String name : names) {
            table.addColumns(DoubleColumn.create(
                    name,
                    steps.stream()
                            .map(TrainingStep::metrics)
                            .mapToDouble((Map<String, Double> metrics) -> metrics.getOrDefault(name, Double.NaN))
                            .toArray()));
        }
        return table;
    }

    /** A row for each completion of the steps that were kept: {@code step}, prompt, completion, each reward, their sum, advantage, tokens. */
    public Table completions() {
        Table all = null;
        for (PolicyStep step : sampled) {
            Table one = step.completions();
            int[] number = new int[one.rowCount()];
            java.util.Arrays.fill(number, step.number());
            one.insertColumn(0, IntColumn.create("step", number));
            all = all == null ? one.setName("completions") : all.append(one);
        }
        return all == null ? Table.create("completions") : all;
    }
}
