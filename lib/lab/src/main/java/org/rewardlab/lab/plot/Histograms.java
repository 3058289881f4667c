package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.statistics.Summary;

/** Histograms over common bins whose width is 1, 2 or 5 times a power of ten. */
final class Histograms {
    private static final int MOST_BINS = 60;
    private static final int FEWEST_BINS = 12;

    private Histograms() {}

    static Panel panel(Map<String, double[]> samples) {
        Check.notEmpty("samples", samples.size());
        double[] all = samples.values().stream()
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        Check.notEmpty("finite values", all.length);
        double width = width(all, samples.size());
        double from = Math.floor(all[0] / width + 1e-9) * width;
        int bins = (int) Math.floor((all[all.length - 1] - from) / width + 1e-9) + 1;
        List<Mark> marks = new ArrayList<>();
        samples.forEach((label, values) -> marks.add(count(label, values, from, width, bins)));
        return Panel.of(marks).y("share of values").order(List.copyOf(samples.keySet()));
    }

    private static Bins count(String label, double[] values, double from, double width, int bins) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        List<Double> shares = new ArrayList<>(Collections.nCopies(bins, 0.0));
        for (double value : finite) {
            int bin = Math.max(0, Math.min(bins - 1, (int) Math.floor((value - from) / width + 1e-9)));
            shares.set(bin, shares.get(bin) + 1.0 / finite.length);
        }
        return new Bins(label, from, width, shares, values.length - finite.length);
    }

    /** The rule of Freedman and Diaconis 1981, kept within bounds and rounded up to a plain number. */
    private static double width(double[] sorted, int samples) {
        double span = sorted[sorted.length - 1] - sorted[0];
        if (span == 0) {
            return 1;
        }
        double quartiles = Summary.quantile(0.75, sorted) - Summary.quantile(0.25, sorted);
        double rule = 2 * quartiles / StrictMath.cbrt(sorted.length / (double) samples);
        return Ruler.step(Math.max(span / MOST_BINS, Math.min(span / FEWEST_BINS, rule)) * 0.55);
    }
}
