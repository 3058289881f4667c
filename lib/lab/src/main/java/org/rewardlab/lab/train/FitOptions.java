package org.rewardlab.lab.train;

import org.rewardlab.tensor.Check;

/**
 * How long and how fast a transformer is fitted to data.
 *
 * @param epochs passes over the data
 * @param batchSize rows of a step
 * @param microBatch rows that are differentiated at once, 0 for all of a step; loss and gradients are those of the whole step
 * @param learningRate of AdamW
 * @param weightDecay of AdamW
 * @param clipNorm bound on the global norm of gradients; 0 for none
 */
public record FitOptions(
        int epochs, int batchSize, int microBatch, double learningRate, double weightDecay, double clipNorm) {

    public FitOptions {
        Check.atLeast("epochs", epochs, 1);
        Check.atLeast("batchSize", batchSize, 1);
        Check.atLeast("microBatch", microBatch, 0);
        Check.positive("learningRate", learningRate);
        Check.notNegative("weightDecay", weightDecay);
        Check.notNegative("clipNorm", clipNorm);
    }

    /** Three epochs in batches of 32 at 1e-3, no decay, no clipping. */
    public static FitOptions standard() {
        return new FitOptions(3, 32, 0, 1e-3, 0, 0);
    }

    /** The same with another number of passes. */
    public FitOptions withEpochs(int count) {
        return new FitOptions(count, batchSize, microBatch, learningRate, weightDecay, clipNorm);
    }

    /** The same with another number of rows a step. */
    public FitOptions withBatchSize(int rows) {
        return new FitOptions(epochs, rows, microBatch, learningRate, weightDecay, clipNorm);
    }

    /** The same with another number of rows at once. */
    public FitOptions withMicroBatch(int rows) {
        return new FitOptions(epochs, batchSize, rows, learningRate, weightDecay, clipNorm);
    }

    /** The same with another step size. */
    public FitOptions withLearningRate(double rate) {
        return new FitOptions(epochs, batchSize, microBatch, rate, weightDecay, clipNorm);
    }

    /** The same with another bound on gradients. */
    public FitOptions withClipNorm(double bound) {
        return new FitOptions(epochs, batchSize, microBatch, learningRate, weightDecay, bound);
    }
}
