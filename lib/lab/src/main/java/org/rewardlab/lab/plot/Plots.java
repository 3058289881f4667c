package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
        return Panel.of(new Curve(label, x, y, x.length <= 12 ? Curve.Look.MARKED : Curve.Look.LINE));
    }

    /** One line for each name over the same places. */
    public static Panel lines(double[] x, Map<String, double[]> byName) {
        List<Mark> marks = new ArrayList<>();
        byName.forEach((name, y) -> marks.addAll(line(name, x, y).marks()));
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
}
