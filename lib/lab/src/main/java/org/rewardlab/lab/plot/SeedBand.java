package org.rewardlab.lab.plot;

import org.rewardlab.lab.statistics.Bootstrap;
import org.rewardlab.lab.statistics.Interval;
import org.rewardlab.lab.statistics.Summary;

/** The mean over seeds and its interval, as a line in a band. */
final class SeedBand {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1000, 0.95, 20_231_117);

    private SeedBand() {}

    static Panel panel(String label, double[] x, double[][] bySeed) {
        Check.notEmpty("bySeed", bySeed.length);
        for (double[] values : bySeed) {
            Check.sameLength("x", x, "values of a seed", values);
        }
        double[] mean = new double[x.length];
        double[] low = new double[x.length];
        double[] high = new double[x.length];
        double[] atOnePlace = new double[bySeed.length];
        for (int i = 0; i < x.length; i++) {
            for (int s = 0; s < bySeed.length; s++) {
                atOnePlace[s] = bySeed[s][i];
            }
            Interval interval = BOOTSTRAP.percentile(atOnePlace, Summary::mean);
            mean[i] = interval.estimate();
            low[i] = interval.low();
            high[i] = interval.high();
        }
        Panel line = Plots.line(label, x, mean);
        if (bySeed.length == 1) {
            return line.note("One seed");
        }
        return Panel.of(new Band(label, x, low, high))
                .and(line)
                .note("Mean and 95 % bootstrap interval over " + bySeed.length + " seeds");
    }
}
