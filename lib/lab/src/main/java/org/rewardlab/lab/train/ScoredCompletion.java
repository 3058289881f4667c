package org.rewardlab.lab.train;

import java.util.Map;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.generate.Completion;

/**
 * One completion of a step with all that was said of it.
 *
 * @param prompt it completes
 * @param text that was written
 * @param tokens as they were drawn
 * @param rewards of each function by name, NaN where it does not apply
 * @param reward their weighted sum, NaN if none applies
 * @param logps of each token under the policy before the step
 * @param refLogps under the reference; empty without one
 * @param tokenRewards what credit assignment gave each token
 * @param advantages of each token
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredCompletion(
        Prompt prompt,
        String text,
        Completion tokens,
        Map<String, Double> rewards,
        double reward,
        double[] logps,
        double[] refLogps,
        double[] tokenRewards,
        double[] advantages) {}
