package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.generate.Sampling;

/**
 * What a policy is sampled on and how samples are judged.
 *
 * @param source of prompts, null until given
 * @param rewards of completions
 * @param sampling how completions are drawn
 * @param equalGroups what is done with prompts that teach nothing
 * @param outcome the reward by which groups are equal, null for the weighted sum of all
 */
record PolicyData(
        @Nullable PromptSource source,
        List<NamedReward> rewards,
        Sampling sampling,
        PolicyTraining.EqualGroups equalGroups,
        @Nullable String outcome) {

    PolicyData {
        rewards = List.copyOf(rewards);
    }

    PolicyData withSource(PromptSource other) {
        return new PolicyData(other, rewards, sampling, equalGroups, outcome);
    }

    PolicyData withReward(NamedReward more) {
        List<NamedReward> all = new ArrayList<>(rewards);
        all.add(more);
        return new PolicyData(source, all, sampling, equalGroups, outcome);
    }

    PolicyData withSampling(Sampling other) {
        return new PolicyData(source, rewards, other, equalGroups, outcome);
    }

    PolicyData withEqualGroups(PolicyTraining.EqualGroups rule, @Nullable String reward) {
        return new PolicyData(source, rewards, sampling, rule, reward);
    }
}
