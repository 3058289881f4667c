package org.rewardlab.lab.train;

import org.rewardlab.tensor.Check;

/**
 * Sizes and rates of a {@link PreferenceLoop}.
 *
 * @param prompts of a round
 * @param samples of the policy for each prompt
 * @param referenceSamples of the reference for each prompt, beside them
 * @param replay rounds before this one whose pairs are learnt from again
 * @param fit passes over the pairs of a round, pairs of an update, rates
 */
public record PreferenceLoopOptions(int prompts, int samples, int referenceSamples, int replay, FitOptions fit) {
    public PreferenceLoopOptions {
        Check.atLeast("prompts", prompts, 1);
        Check.atLeast("samples", samples, 0);
        Check.atLeast("referenceSamples", referenceSamples, 0);
        Check.atLeast("samples + referenceSamples", samples + referenceSamples, 2);
        Check.atLeast("replay", replay, 0);
    }

    /** Two samples for each of 32 prompts, one update with all pairs: online DPO. */
    public static PreferenceLoopOptions online() {
        return new PreferenceLoopOptions(32, 2, 0, 0, new FitOptions(1, 1024, 0, 5e-4, 0, 1));
    }

    /** Eight samples for each of 128 prompts, two passes over their pairs in batches of 32: iterative training. */
    public static PreferenceLoopOptions iterative() {
        return new PreferenceLoopOptions(128, 8, 0, 0, new FitOptions(2, 32, 0, 2e-4, 0, 1));
    }
}
