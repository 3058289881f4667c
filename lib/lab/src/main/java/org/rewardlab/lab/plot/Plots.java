package org.rewardlab.lab.plot;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.rewardlab.lab.display.NameOrder;
import org.rewardlab.lab.statistics.Interval;
import org.rewardlab.tensor.Tensors;

/**
 * Where every figure starts. Each method gives a {@link Panel}: name its axes with {@code x} and {@code y}, lay panels over
 * one another with {@code and}, set them side by side with {@link #figure(Panel...)}.
 */
public final class Plots {
    private Plots() {}

    /** Panels side by side, in a grid from the fourth on. */
    public static Figure figure(Panel... panels) {
        return new Figure(List.of(panels), "", "", 0);
    }

    /** One line, with a marker on each point where there are at most 12. */
    public static Panel line(String label, double[] x, double[] y) {
        return Panel.of(new Curve(label, x, y, x.length <= Curve.MARKED_POINTS ? Curve.Look.MARKED : Curve.Look.LINE));
    }

    /** One line for each name over the same places. */
    public static Panel lines(double[] x, Map<String, double[]> byName) {
        List<Mark> marks = new ArrayList<>();
        NameOrder.of(byName).forEach((name, y) -> marks.addAll(line(name, x, y).marks()));
        return Panel.of(marks);
    }

    /** One line over 0, 1, 2, ... */
    public static Panel plot(double... y) {
        double[] x = new double[y.length];
        Arrays.setAll(x, i -> i);
        return line("", x, y);
    }

    /** One line without a name. */
    public static Panel plot(double[] x, double[] y) {
        return line("", x, y);
    }

    /** The area between two curves, faint, in the colour of its method. */
    public static Panel band(String label, double[] x, double[] low, double[] high) {
        return Panel.of(new Band(label, x, low, high));
    }

    /**
     * The mean over seeds with its 95 % bootstrap interval as a band. A place where a seed has no number (NaN) is a gap, and
     * counted in the caption.
     *
     * @param x places, ascending
     * @param bySeed for each seed the values at these places
     */
    public static Panel overSeeds(String label, double[] x, double[][] bySeed) {
        return SeedBand.panel(label, x, bySeed);
    }

    /**
     * The raw values, faint, under their exponential moving average, with the weight of the first values corrected.
     *
     * @param factor weight of the past, in [0, 1); 0 smooths nothing, 0.9 over some ten values
     */
    public static Panel smoothed(String label, double[] x, double[] y, double factor) {
        return Smoothing.panel(label, x, y, factor);
    }

    /**
     * A reliability diagram: accuracy against confidence in ten equal bins, with the number of predictions in each, the 95 %
     * Wilson interval of each accuracy, and the expected calibration error in the title.
     *
     * @param confidence predicted probabilities, in [0, 1]
     * @param correct whether each prediction came true
     */
    public static Panel reliability(double[] confidence, boolean[] correct) {
        return Reliability.of(confidence, correct, 10).panel();
    }

    /** One bar for each method, standing on zero, with its interval. */
    public static Panel bars(Map<String, Interval> byMethod) {
        return BarPanels.single(NameOrder.of(byMethod));
    }

    /**
     * A group of bars at each place, one for each method, with intervals.
     *
     * @param groups names of the places
     * @param byMethod for each method one height for each place
     */
    public static Panel bars(List<String> groups, Map<String, List<Interval>> byMethod) {
        return BarPanels.grouped(groups, NameOrder.of(byMethod));
    }

    /** One bar for each method: the mean over seeds with its 95 % bootstrap interval. */
    public static Panel means(Map<String, double[]> bySeed) {
        return BarPanels.means(NameOrder.of(bySeed));
    }

    /** One histogram. */
    public static Panel histogram(String label, double... values) {
        return Histograms.panel(Map.of(label, values));
    }

    /** Histograms over one another, in common bins, each as shares of its own values. */
    public static Panel histogram(Map<String, double[]> samples) {
        return Histograms.panel(NameOrder.of(samples));
    }

    /** Points. */
    public static Panel scatter(String label, double[] x, double[] y) {
        return Panel.of(new Dots(label, x, y));
    }

    /** Points without a name. */
    public static Panel scatter(double[] x, double[] y) {
        return scatter("", x, y);
    }

    /** A box over the quartiles of each sample, with its values as points. */
    public static Panel boxes(Map<String, double[]> samples) {
        Check.notEmpty("samples", samples.size());
        List<Mark> marks = new ArrayList<>();
        Map<String, double[]> ordered = NameOrder.of(samples);
        ordered.forEach((label, values) -> marks.add(new Box(label, marks.size(), values)));
        List<String> names = List.copyOf(ordered.keySet());
        return Panel.of(marks).xAxis(Axis.PLAIN.naming(names)).order(names);
    }

    /** A matrix as colours, rows and columns counted from 0. */
    public static Panel heatmap(double[][] values) {
        Check.notEmpty("values", values.length);
        return HeatMaps.panel(HeatMaps.numbers(values.length), HeatMaps.numbers(values[0].length), values);
    }

    /** A matrix as colours: blue, white and red around zero where a value is negative, white to blue where none is. */
    public static Panel heatmap(List<String> rows, List<String> columns, double[][] values) {
        return HeatMaps.panel(rows, columns, values);
    }

    /**
     * Methods as points in two quantities that pull against each other, with the border that none is beyond.
     *
     * @param names of the points
     * @param x first quantity
     * @param y second quantity
     * @param betterX which way x should go
     * @param betterY which way y should go
     */
    public static Panel pareto(List<String> names, double[] x, double[] y, Better betterX, Better betterY) {
        return Pareto.panel(names, x, y, betterX, betterY);
    }

    /** Functions over the same places, each under its name. */
    public static Panel functions(double[] x, Map<String, DoubleUnaryOperator> byName) {
        Map<String, double[]> values = new LinkedHashMap<>();
        NameOrder.of(byName)
                .forEach((name, function) ->
                        values.put(name, Arrays.stream(x).map(function).toArray()));
        return lines(x, values);
    }

    /** One line over 0, 1, 2, ...: the numbers of an array of any shape, row by row. */
    public static Panel plot(NDArray y) {
        return plot(Tensors.toDoubles(y));
    }

    /** One line without a name: two arrays of as many numbers. */
    public static Panel plot(NDArray x, NDArray y) {
        return line("", x, y);
    }

    /** One line: two arrays of as many numbers. */
    public static Panel line(String label, NDArray x, NDArray y) {
        return line(label, Tensors.toDoubles(x), Tensors.toDoubles(y));
    }

    /** One histogram of all numbers of an array. */
    public static Panel histogram(String label, NDArray values) {
        return histogram(label, Tensors.toDoubles(values));
    }

    /** A matrix (rows, columns) as colours. */
    public static Panel heatmap(NDArray matrix) {
        return heatmap(Tensors.toRows(matrix));
    }

    /** Evenly spaced numbers, both ends among them. */
    public static double[] evenly(double from, double to, int count) {
        if (count < 2) {
            throw new IllegalArgumentException("count: expected at least 2, got " + count);
        }
        double[] values = new double[count];
        Arrays.setAll(values, i -> from + (to - from) * i / (count - 1));
        return values;
    }
}
