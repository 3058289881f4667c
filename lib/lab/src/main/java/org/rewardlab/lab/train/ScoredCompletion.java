package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rewardlab.credit.Advantages;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.tensor.Tensors;

/**
 * One completion of a step with all that was said of it.
 *
 * @param prompt it completes
 * @param text that was written
 * @param tokens as they were drawn
 * @param rewards of each function by name, NaN where it does not apply
 * @param reward their weighted sum, NaN if none applies
 * @param logps of each token under the policy before the step
 * @param refLogps under the reference
 * @param tokenRewards what credit assignment gave each token, 0 where a completion is left out
 * @param advantages of each token, 0 where a completion is left out
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
        double[] advantages) {

    /** How far each token is from the reference: {@code logp - refLogp}, whose mean over samples is the KL divergence. */
    public double[] kl() {
        double[] kl = new double[logps.length];
        for (int t = 0; t < kl.length; t++) {
            kl[t] = logps[t] - refLogps[t];
        }
        return kl;
    }

    /** The rows of a step. */
    static List<ScoredCompletion> describe(
            Rollout rollout, Tokenizer tokenizer, RolloutBatch batch, NDArray tokenRewards, Advantages estimated) {
        double[][] logps = Tensors.toRows(batch.oldLogps());
        double[][] ref = Tensors.toRows(batch.refLogps());
        double[][] rewards = Tensors.toRows(tokenRewards);
        double[][] advantage = Tensors.toRows(estimated.advantages());
        List<ScoredCompletion> samples = new ArrayList<>();
        for (int b = 0; b < logps.length; b++) {
            Completion completion = rollout.completions().get(b);
            int n = completion.length();
            samples.add(new ScoredCompletion(
                    rollout.prompts().get(b),
                    tokenizer.decode(completion.tokens()),
                    completion,
                    rollout.named().get(b),
                    rollout.rewards()[b],
                    Arrays.copyOf(logps[b], n),
                    Arrays.copyOf(ref[b], n),
                    Arrays.copyOf(rewards[b], n),
                    Arrays.copyOf(advantage[b], n)));
        }
        return samples;
    }
}
