package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.List;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.lab.statistics.Interval;
import org.rewardlab.lab.statistics.Proportion;

/**
 * How often predictions came true against how sure they were, in bins of equal width. Guo et al. 2017, "On Calibration of
 * Modern Neural Networks", section 2.
 *
 * @param bins from confidence 0 to 1
 * @param expectedCalibrationError mean of |accuracy - confidence| over bins, weighted by their counts (eq. 3)
 */
public record Reliability(List<Bin> bins, double expectedCalibrationError) {
    /**
     * One bin.
     *
     * @param low where it starts
     * @param high where it ends; a confidence of 1 belongs to the last
     * @param count predictions in it
     * @param confidence their mean; NaN when there are none
     * @param accuracy share that came true with its 95 % Wilson interval; unknown when there are none
     */
    public record Bin(double low, double high, int count, double confidence, Interval accuracy) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * @param confidence predicted probabilities, in [0, 1]
     * @param correct whether each came true
     * @param bins how many, at least 1
     */
    public static Reliability of(double[] confidence, boolean[] correct, int bins) {
        if (confidence.length != correct.length || confidence.length == 0) {
            throw new IllegalArgumentException("correct: expected one for each confidence and at least one, got "
                    + confidence.length + " and " + correct.length);
        }
        if (bins < 1) {
            throw new IllegalArgumentException("bins: expected at least 1, got " + bins);
        }
        int[] counts = new int[bins];
        int[] hits = new int[bins];
        double[] sums = new double[bins];
        for (int i = 0; i < confidence.length; i++) {
            double c = confidence[i];
            if (!(c >= 0 && c <= 1)) {
                throw new IllegalArgumentException(
                        "confidence: expected numbers in [0, 1], got " + c + " at position " + i);
            }
            int bin = Math.min(bins - 1, (int) (c * bins));
            counts[bin]++;
            hits[bin] += correct[i] ? 1 : 0;
            sums[bin] += c;
        }
        List<Bin> list = new ArrayList<>();
        double error = 0;
        for (int b = 0; b < bins; b++) {
            boolean empty = counts[b] == 0;
            double mean = empty ? Double.NaN : sums[b] / counts[b];
            Interval accuracy = empty ? Interval.unknown(0.95) : Proportion.wilson(hits[b], counts[b]);
            error += empty ? 0 : Math.abs(accuracy.estimate() - mean) * counts[b] / confidence.length;
            list.add(new Bin(b / (double) bins, (b + 1) / (double) bins, counts[b], mean, accuracy));
        }
        return new Reliability(list, error);
    }

    /** The diagram, with the error in its title. */
    public Panel panel() {
        return Panel.of(new ReliabilityBars(bins))
                .and(Panel.of(new Rule(Rule.Kind.DIAGONAL, 0, "perfect calibration")))
                .title("Reliability, ECE " + Digits.fixed(expectedCalibrationError, 3))
                .x("confidence")
                .y("accuracy")
                .rangeX(0, 1)
                .rangeY(0, 1)
                .legend(LegendPlace.TOP_LEFT)
                .note("Whiskers: 95 % Wilson intervals; below: predictions in each bin");
    }
}
