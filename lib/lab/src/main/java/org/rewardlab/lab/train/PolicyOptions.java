package org.rewardlab.lab.train;

import org.rewardlab.tensor.Check;

/**
 * Sizes and rates of policy training.
 *
 * @param prompts of a step
 * @param samples completions of each prompt
 * @param updates passes over the completions of a step
 * @param minibatch rows of one update; 0 for all
 * @param microBatch rows that are differentiated at once, 0 for all of an update; loss and gradients are those of the whole
 * @param learningRate of the policy
 * @param criticLearningRate of the critic, where there is one
 * @param clipNorm bound on the global norm of gradients; 0 for none
 * @param warmup updates over which both rates rise from 0; AdamW takes its first steps in full whatever their direction is
 *     worth, which a policy that is seldom rewarded does not survive at a high rate
 */
public record PolicyOptions(
        int prompts,
        int samples,
        int updates,
        int minibatch,
        int microBatch,
        double learningRate,
        double criticLearningRate,
        double clipNorm,
        int warmup) {

    public PolicyOptions {
        Check.atLeast("prompts", prompts, 1);
        Check.atLeast("samples", samples, 1);
        Check.atLeast("updates", updates, 1);
        Check.atLeast("minibatch", minibatch, 0);
        Check.atLeast("microBatch", microBatch, 0);
        Check.positive("learningRate", learningRate);
        Check.positive("criticLearningRate", criticLearningRate);
        Check.notNegative("clipNorm", clipNorm);
        Check.atLeast("warmup", warmup, 0);
    }

    /** All rows of an update at once, no warm-up. */
    public PolicyOptions(
            int prompts,
            int samples,
            int updates,
            int minibatch,
            double learningRate,
            double criticLearningRate,
            double clipNorm) {
        this(prompts, samples, updates, minibatch, 0, learningRate, criticLearningRate, clipNorm, 0);
    }

    /** 16 prompts with 8 completions each, one update, 5e-4, gradients clipped at 1. */
    public static PolicyOptions standard() {
        return new PolicyOptions(16, 8, 1, 0, 5e-4, 1e-3, 1);
    }

    /** The same with another number of prompts. */
    public PolicyOptions withPrompts(int count) {
        return new PolicyOptions(
                count, samples, updates, minibatch, microBatch, learningRate, criticLearningRate, clipNorm, warmup);
    }

    /** The same with another number of completions of each prompt. */
    public PolicyOptions withSamples(int count) {
        return new PolicyOptions(
                prompts, count, updates, minibatch, microBatch, learningRate, criticLearningRate, clipNorm, warmup);
    }

    /** The same with other passes over the completions of a step, in updates of so many rows. */
    public PolicyOptions withUpdates(int passes, int rows) {
        return new PolicyOptions(
                prompts, samples, passes, rows, microBatch, learningRate, criticLearningRate, clipNorm, warmup);
    }

    /** The same with another number of rows at once. */
    public PolicyOptions withMicroBatch(int rows) {
        return new PolicyOptions(
                prompts, samples, updates, minibatch, rows, learningRate, criticLearningRate, clipNorm, warmup);
    }

    /** The same with another step size of the policy. */
    public PolicyOptions withLearningRate(double rate) {
        return new PolicyOptions(
                prompts, samples, updates, minibatch, microBatch, rate, criticLearningRate, clipNorm, warmup);
    }

    /** The same with rates that rise from 0 over so many updates. */
    public PolicyOptions withWarmup(int count) {
        return new PolicyOptions(
                prompts, samples, updates, minibatch, microBatch, learningRate, criticLearningRate, clipNorm, count);
    }
}
