package org.rewardlab.lab.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rewardlab.lab.plot.Panel;
import org.rewardlab.lab.plot.Plots;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What the runs of an experiment gave, in order of arms, seeds and steps. */
public final class Runs {
    private final String name;
    private final String stepName;
    private final List<String> arms;
    private final int seeds;
    private final List<List<RunLog.Row>> rows;
    private final List<String> metrics;

    Runs(String name, String stepName, List<String> arms, int seeds, List<List<RunLog.Row>> rows) {
        this.name = name;
        this.stepName = stepName;
        this.arms = arms;
        this.seeds = seeds;
        this.rows = rows;
        LinkedHashSet<String> names = new LinkedHashSet<>();
        rows.forEach(run -> run.forEach(row -> names.addAll(row.metrics().keySet())));
        this.metrics = List.copyOf(names);
    }

    /**
     * The runs of some arms alone, in the order given: for a figure in which all would be too many.
     *
     * @throws IllegalArgumentException for no arm, and for one that there is not
     */
    public Runs only(String... some) {
        if (some.length == 0) {
            throw new IllegalArgumentException("arms: expected at least one of " + arms + ", got none");
        }
        List<List<RunLog.Row>> kept = new ArrayList<>();
        for (String arm : some) {
            int at = arms.indexOf(arm);
            if (at < 0) {
                throw new IllegalArgumentException("arms: expected names out of " + arms + ", got \"" + arm + "\"");
            }
            kept.addAll(rows.subList(at * seeds, (at + 1) * seeds));
        }
        return new Runs(name, stepName, List.of(some), seeds, kept);
    }

    /** The names of the arms, in order. */
    public List<String> arms() {
        return arms;
    }

    /** How many runs each arm had. */
    public int seeds() {
        return seeds;
    }

    /** The names of the numbers that runs reported. */
    public List<String> metrics() {
        return metrics;
    }

    /** One row for each kept step: arm, seed (its number), step, and a column for each metric; NaN where it was not reported. */
    public Table table() {
        StringColumn arm = StringColumn.create("arm");
        IntColumn seed = IntColumn.create("seed");
        LongColumn step = LongColumn.create(stepName);
        Map<String, DoubleColumn> columns = new LinkedHashMap<>();
        metrics.forEach(metric -> columns.put(metric, DoubleColumn.create(metric)));
        for (int run = 0; run < rows.size(); run++) {
            for (RunLog.Row row : rows.get(run)) {
                arm.append(arms.get(run / seeds));
                seed.append(run % seeds);
                step.append(row.step());
                columns.forEach((metric, column) -> column.append(
                        row.metrics().getOrDefault(metric, Double.NaN).doubleValue()));
            }
        }
        Table table = Table.create(name, arm, seed, step);
        columns.values().forEach(table::addColumns);
        return table;
    }

    /**
     * The last number that each run reported of a metric; NaN where a run reported none.
     *
     * @throws IllegalArgumentException when no run reported it, naming what there is
     */
    public Results last(String metric) {
        return each(metric, values -> values.isEmpty() ? Double.NaN : values.get(values.size() - 1));
    }

    /** The mean of a metric over the kept steps of each run; NaN where one is missing. */
    public Results mean(String metric) {
        return each(
                metric,
                values -> values.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(Double.NaN));
    }

    /** The largest value of a metric over the kept steps of each run; NaN where one is missing. */
    public Results max(String metric) {
        return each(metric, values -> values.stream().reduce(Math::max).orElse(Double.NaN));
    }

    private Results each(String metric, Reduction reduction) {
        checkMetric(metric);
        Results results = new Results(metric, Map.of());
        for (int a = 0; a < arms.size(); a++) {
            double[] numbers = new double[seeds];
            for (int k = 0; k < seeds; k++) {
                List<Double> values = new ArrayList<>();
                for (RunLog.Row row : rows.get(a * seeds + k)) {
                    if (row.metrics().containsKey(metric)) {
                        values.add(row.metrics().get(metric));
                    }
                }
                numbers[k] = reduction.of(values);
            }
            results = results.and(arms.get(a), numbers);
        }
        return results;
    }

    /**
     * One line for each arm: the mean over seeds in its 95 % bootstrap band.
     *
     * @param x the name of the step, or a metric: then each point stands at its mean over seeds
     * @param y a metric
     */
    public Panel lines(String x, String y) {
        checkMetric(y);
        if (!x.equals(stepName)) {
            checkMetric(x);
        }
        Panel panel = null;
        for (String arm : arms) {
            Panel line = line(arm, x, y);
            panel = panel == null ? line : panel.and(line);
        }
        if (panel == null) {
            throw new IllegalStateException("an experiment has at least one arm");
        }
        return panel.x(x).y(y).order(arms);
    }

    /**
     * Over-optimization as it is drawn in the literature (Gao et al. 2023): what a policy is paid and what is wanted of it, both
     * against the distance from where it started. Reads the metrics {@code kl}, {@code proxy} and {@code gold}.
     *
     * @return two panels side by side, proxy and gold
     * @throws IllegalArgumentException when runs did not report all three
     */
    public Panel[] goldAgainstProxy() {
        return new Panel[] {
            lines("kl", "proxy")
                    .title("what is paid")
                    .x("KL to the start, nats")
                    .y("proxy reward"),
            lines("kl", "gold")
                    .title("what is wanted")
                    .x("KL to the start, nats")
                    .y("gold reward")
        };
    }

    /** One bar for each arm: the mean over seeds of the last value, with its 95 % bootstrap interval. */
    public Panel bars(String metric) {
        return Plots.means(last(metric).arrays()).y(metric);
    }

    /** One box for each arm over the last values of its seeds, with each seed as a point. */
    public Panel boxes(String metric) {
        return Plots.boxes(last(metric).arrays()).y(metric);
    }

    private Panel line(String arm, String x, String y) {
        List<List<RunLog.Row>> runs = rows.subList(arms.indexOf(arm) * seeds, (arms.indexOf(arm) + 1) * seeds);
        TreeSet<Long> steps = new TreeSet<>();
        for (List<RunLog.Row> run : runs) {
            for (RunLog.Row row : run) {
                if (row.metrics().containsKey(y)) {
                    steps.add(row.step());
                }
            }
        }
        List<Long> at = List.copyOf(steps);
        double[] places = new double[at.size()];
        double[][] values = new double[seeds][at.size()];
        for (int k = 0; k < seeds; k++) {
            Map<Long, Map<String, Double>> byStep = new LinkedHashMap<>();
            runs.get(k).forEach(row -> byStep.put(row.step(), row.metrics()));
            for (int i = 0; i < at.size(); i++) {
                Map<String, Double> metrics = byStep.getOrDefault(at.get(i), Map.of());
                values[k][i] = metrics.getOrDefault(y, Double.NaN);
                places[i] += (x.equals(stepName) ? at.get(i) : metrics.getOrDefault(x, Double.NaN)) / seeds;
            }
        }
        return Plots.overSeeds(arm, places, values);
    }

    private void checkMetric(String metric) {
        if (!metrics.contains(metric)) {
            throw new IllegalArgumentException(
                    "metric: expected one of " + metrics + " (or " + stepName + " as x), got \"" + metric + "\"");
        }
    }

    @Override
    public String toString() {
        return name + ": " + arms.size() + " arms x " + seeds + " seeds, metrics " + metrics;
    }

    /** One number from the reported values of a run. */
    @FunctionalInterface
    private interface Reduction {
        double of(List<Double> values);
    }
}
