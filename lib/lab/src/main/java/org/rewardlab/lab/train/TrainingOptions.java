package org.rewardlab.lab.train;

import org.rewardlab.tensor.Check;

/**
 * How long and how fast to train.
 *
 * @param epochs passes over the training pairs, at least 1
 * @param batchSize pairs in a step, at least 1
 * @param learningRate step size of AdamW, above 0
 * @param weightDecay decoupled weight decay of AdamW, at least 0
 * @param l2 weight of half the squared length of the parameters in what is minimised, at least 0
 * @param evaluations how often, spread over the run, the held-out pairs are judged beside the start; at least 1
 */
public record TrainingOptions(
        int epochs, int batchSize, double learningRate, double weightDecay, double l2, int evaluations) {
    public TrainingOptions {
        atLeastOne("epochs", epochs);
        atLeastOne("batchSize", batchSize);
        Check.positive("learningRate", learningRate);
        Check.notNegative("weightDecay", weightDecay);
        Check.notNegative("l2", l2);
        atLeastOne("evaluations", evaluations);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": expected at least 1, came " + value);
        }
    }

    /** Five epochs in batches of 64, learning rate 0.02, L2 0.001, twenty evaluations: tuned on training pairs alone. */
    public static TrainingOptions standard() {
        return new TrainingOptions(5, 64, 0.02, 0, 0.001, 20);
    }
}
