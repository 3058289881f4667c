package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.List;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.Check;

/** Who says which of the sampled responses to a prompt is better: numbers, higher is better, NaN for a response to leave out. */
@FunctionalInterface
public interface PreferenceLabels {

    /** A score for each candidate, in order. */
    double[] score(Prompt prompt, List<Candidate> candidates);

    /** How likely the first of two responses is to be preferred, from 0 to 1. */
    @FunctionalInterface
    interface PairwiseJudge {
        /** The probability that a is preferred to b. */
        double prefers(Prompt prompt, String a, String b);
    }

    /** A reward function or reward model. */
    static PreferenceLabels reward(RewardFunction function) {
        return (prompt, candidates) -> function.scoreAll(candidates.stream()
                .map(one -> new RewardFunction.Row(prompt.text(), one.text(), prompt.columns()))
                .toList());
    }

    /** The policy's own implicit reward, {@code beta (logp - refLogp)}: self-rewarding without a judge. */
    static PreferenceLabels implicitReward(double beta) {
        Check.positive("beta", beta);
        return (prompt, candidates) -> candidates.stream()
                .mapToDouble(one -> beta * (one.logp() - one.refLogp()))
                .toArray();
    }

    /** The mean probability of each response to be preferred to the others of its prompt: scores of general preferences. */
    static PreferenceLabels winRate(PairwiseJudge judge) {
        return (prompt, candidates) -> {
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                double wins = 0;
                for (int j = 0; j < candidates.size(); j++) {
                    if (i != j) {
                        wins += judge.prefers(
                                prompt,
                                candidates.get(i).text(),
                                candidates.get(j).text());
                    }
                }
                rates.add(wins / Math.max(1, candidates.size() - 1));
            }
            return rates.stream().mapToDouble(Double::doubleValue).toArray();
        };
    }
}
