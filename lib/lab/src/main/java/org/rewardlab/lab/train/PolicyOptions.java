package org.rewardlab.lab.train;

import org.rewardlab.tensor.Check;

/**
 * Sizes and rates of policy training.
 *
 * @param prompts of a step
 * @param samples completions of each prompt
 * @param updates passes over the completions of a step
 * @param minibatch rows of one update; 0 for all
 * @param learningRate of the policy
 * @param criticLearningRate of the critic, where there is one
 * @param clipNorm bound on the global norm of gradients; 0 for none
 */
public record PolicyOptions(
        int prompts,
        int samples,
        int updates,
        int minibatch,
        double learningRate,
        double criticLearningRate,
        double clipNorm) {

    public PolicyOptions {
        Check.atLeast("prompts", prompts, 1);
        Check.atLeast("samples", samples, 1);
        Check.atLeast("updates", updates, 1);
        Check.atLeast("minibatch", minibatch, 0);
        Check.positive("learningRate", learningRate);
        Check.positive("criticLearningRate", criticLearningRate);
        Check.notNegative("clipNorm", clipNorm);
    }

    /** 16 prompts with 8 completions each, one update, 5e-4, gradients clipped at 1. */
    public static PolicyOptions standard() {
        return new PolicyOptions(16, 8, 1, 0, 5e-4, 1e-3, 1);
    }
}
