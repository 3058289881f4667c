package org.rewardlab.lab.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What fitting a transformer to data came to.
 *
 * @param steps that were taken, those before a resumption included
 * @param interrupted whether it was stopped before its end
 * @param metrics means over the steps of the last epoch
 */
public record FitRun(int steps, boolean interrupted, Map<String, Double> metrics) {
    public FitRun {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The mean of a metric over the last epoch; NaN if there is none of that name. */
    public double metric(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }
}
