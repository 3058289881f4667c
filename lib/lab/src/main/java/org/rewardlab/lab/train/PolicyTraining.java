package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.ValueLoss;
import org.rewardlab.reward.RewardFunction;

/**
 * Reinforcement learning on a language model, of which every part is an argument: rewards, credit assignment, advantages,
 * loss, KL.
 *
 * <pre>{@code
 * var training = PolicyTraining.of(policy, sums.tokenizer()).prompts(sums)
 *     .reward("correct", (prompt, completion, row) -> sums.isRight(completion, row) ? 1 : 0)
 *     .advantages(AdvantageEstimator.groupRelative())
 *     .loss(PolicyLoss.ppoClip(0.2)).kl(KlEstimator.k3(), 0.01);
 * for (var step : training.steps(200)) { ... }
 * }</pre>
 *
 * <p>Each method gives another description; only {@link #steps} and {@link #start} do anything. GRPO is what it starts with;
 * {@code .critic(...).advantages(AdvantageEstimator.gae(1, 0.95))} makes it PPO, {@code
 * .credit(new KlPenalizedRewards(0.05))} puts the KL into the reward.
 */
public record PolicyTraining(
        CausalLm policy,
        Tokenizer tokenizer,
        @Nullable PromptSource source,
        List<NamedReward> rewards,
        CreditAssignment credit,
        AdvantageEstimator estimator,
        PolicyLoss policyLoss,
        @Nullable KlEstimator klEstimator,
        KlController klController,
        @Nullable ValueModel valueModel,
        ValueLoss valueLoss,
        PolicyOptions options,
        Sampling sampling,
        EqualGroups equalGroups,
        long seed) {

    /** What is done with prompts all of whose completions earned the same, and which teach nothing. */
    public enum EqualGroups {
        /** They stay in the batch, and are counted. */
        KEEP,
        /** Their tokens are left out of loss and denominators. */
        FILTER,
        /** They are replaced by other prompts, up to three times, then left out. */
        RESAMPLE
    }

    /** Group-relative advantages, PPO's clipped loss, no KL, completions of at most 32 tokens that end at the end token. */
    public static PolicyTraining of(CausalLm policy, Tokenizer tokenizer) {
        return new PolicyTraining(
                policy,
                tokenizer,
                null,
                List.of(),
                CreditAssignment.asGiven(),
                AdvantageEstimator.groupRelative(),
                PolicyLoss.ppoClip(0.2),
                null,
                KlController.fixed(0),
                null,
                ValueLoss.squared(),
                PolicyOptions.standard(),
                Sampling.of(32).stopAt(tokenizer.endId()).pad(tokenizer.padId()),
                EqualGroups.KEEP,
                Seeds.root().child("policy training").value());
    }

    public PolicyTraining {
        rewards = List.copyOf(rewards);
    }

    /** Where prompts come from. */
    public PolicyTraining prompts(PromptSource prompts) {
        return new PolicyTraining(
                policy,
                tokenizer,
                prompts,
                rewards,
                credit,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                sampling,
                equalGroups,
                seed);
    }

    /** One more reward, with weight 1. */
    public PolicyTraining reward(String name, RewardFunction function) {
        return reward(name, function, 1);
    }

    /** One more reward; those that give null are left out of a completion's weighted sum. */
    public PolicyTraining reward(String name, RewardFunction function, double weight) {
        List<NamedReward> all = new ArrayList<>(rewards);
        all.add(new NamedReward(name, function, weight));
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                all,
                credit,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                sampling,
                equalGroups,
                seed);
    }

    /** How the outcome becomes rewards of tokens. */
    public PolicyTraining credit(CreditAssignment assignment) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                assignment,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                sampling,
                equalGroups,
                seed);
    }

    /** How token rewards become advantages; a lambda is as good as one of the library. */
    public PolicyTraining advantages(AdvantageEstimator other) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                other,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                sampling,
                equalGroups,
                seed);
    }

    /** The loss on the policy. */
    public PolicyTraining loss(PolicyLoss other) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                estimator,
                other,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                sampling,
                equalGroups,
                seed);
    }

    /** A KL term in the loss, its mean over tokens times a coefficient. */
    public PolicyTraining kl(KlEstimator klOfTokens, double coefficient) {
        return kl(klOfTokens, KlController.fixed(coefficient));
    }

    /** A KL term whose coefficient a controller moves with the mean KL of a token. */
    public PolicyTraining kl(KlEstimator klOfTokens, KlController controller) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                estimator,
                policyLoss,
                klOfTokens,
                controller,
                valueModel,
                valueLoss,
                options,
                sampling,
                equalGroups,
                seed);
    }

    /** A critic, for estimators that read values. */
    public PolicyTraining critic(ValueModel model, ValueLoss loss) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                model,
                loss,
                options,
                sampling,
                equalGroups,
                seed);
    }

    /** A critic trained by squared error. */
    public PolicyTraining critic(ValueModel model) {
        return critic(model, ValueLoss.squared());
    }

    /** Completions of each prompt. */
    public PolicyTraining samples(int count) {
        return options(new PolicyOptions(
                options.prompts(),
                count,
                options.updates(),
                options.minibatch(),
                options.learningRate(),
                options.criticLearningRate(),
                options.clipNorm()));
    }

    /** Prompts of each step. */
    public PolicyTraining promptsPerStep(int count) {
        return options(new PolicyOptions(
                count,
                options.samples(),
                options.updates(),
                options.minibatch(),
                options.learningRate(),
                options.criticLearningRate(),
                options.clipNorm()));
    }

    /** Step size of the policy. */
    public PolicyTraining learningRate(double rate) {
        return options(new PolicyOptions(
                options.prompts(),
                options.samples(),
                options.updates(),
                options.minibatch(),
                rate,
                options.criticLearningRate(),
                options.clipNorm()));
    }

    /** All sizes and rates at once. */
    public PolicyTraining options(PolicyOptions other) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                other,
                sampling,
                equalGroups,
                seed);
    }

    /** How completions are drawn. */
    public PolicyTraining sampling(Sampling other) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                other,
                equalGroups,
                seed);
    }

    /** What is done with prompts that teach nothing, judged by the raw reward. */
    public PolicyTraining equalGroups(EqualGroups rule) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                sampling,
                rule,
                seed);
    }

    /** Draws prompts and completions. */
    public PolicyTraining seed(long value) {
        return new PolicyTraining(
                policy,
                tokenizer,
                source,
                rewards,
                credit,
                estimator,
                policyLoss,
                klEstimator,
                klController,
                valueModel,
                valueLoss,
                options,
                sampling,
                equalGroups,
                value);
    }

    /** A run that can be stepped, left and taken up again. */
    public PolicyRun start() {
        if (source == null) {
            throw new IllegalStateException("prompts: expected a source, given by prompts(...), got none");
        }
        if (rewards.isEmpty()) {
            throw new IllegalStateException("rewards: expected at least one, given by reward(...), got none");
        }
        return new PolicyRun(this, source);
    }

    /** So many steps, one by one; stop reading whenever you like. */
    public Iterable<PolicyStep> steps(int count) {
        return start().steps(count);
    }
}
