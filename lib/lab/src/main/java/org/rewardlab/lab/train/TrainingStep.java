package org.rewardlab.lab.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a training run.
 *
 * @param number of this step, counted from 1
 * @param total steps that the run will take
 * @param epoch passes over the data so far, with fractions
 * @param metrics what was measured on the batch, by name
 */
public record TrainingStep(int number, int total, double epoch, Map<String, Double> metrics) {
    public TrainingStep {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
