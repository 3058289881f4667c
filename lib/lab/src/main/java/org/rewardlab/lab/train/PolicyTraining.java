package org.rewardlab.lab.train;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.MultiRewardEstimator;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.ValueLoss;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.Check;

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
 * .credit(new KlPenalizedRewards(0.05))} puts the KL into the reward, {@code .reference(teacher).advantages(new MiniLlm())}
 * distils a teacher on the student's own samples.
 */
public final class PolicyTraining {

    private final PolicyModels models;
    private final PolicyData data;
    private final PolicyObjective objective;
    private final PolicyOptions options;
    private final RunOptions run;

    /** What is done with prompts all of whose completions earned the same, and which teach nothing. */
    public enum EqualGroups {
        /** They stay in the batch, and are counted. */
        KEEP,
        /** Their tokens are left out of loss and denominators. */
        FILTER,
        /** They are replaced by other prompts, up to three times, then left out. */
        RESAMPLE
    }

    private PolicyTraining(
            PolicyModels models, PolicyData data, PolicyObjective objective, PolicyOptions options, RunOptions run) {
        this.models = models;
        this.data = data;
        this.objective = objective;
        this.options = options;
        this.run = run;
    }

    /** Group-relative advantages, PPO's clipped loss, no KL, completions of at most 32 tokens that end at the end token. */
    public static PolicyTraining of(CausalLm policy, Tokenizer tokenizer) {
        return new PolicyTraining(
                new PolicyModels(policy, tokenizer, null, null),
                new PolicyData(
                        null,
                        List.of(),
                        Sampling.of(32).stopAt(tokenizer.endId()).pad(tokenizer.padId()),
                        EqualGroups.KEEP,
                        null),
                new PolicyObjective(
                        CreditAssignment.asGiven(),
                        AdvantageEstimator.groupRelative(),
                        null,
                        PolicyLoss.ppoClip(0.2),
                        ValueLoss.squared(),
                        null,
                        KlController.fixed(0)),
                PolicyOptions.standard(),
                new RunOptions(Seeds.root().child("policy training").value(), List.of(), null));
    }

    /** Where prompts come from. */
    public PolicyTraining prompts(PromptSource prompts) {
        return with(data.withSource(prompts));
    }

    /** One more reward, with weight 1. */
    public PolicyTraining reward(String name, RewardFunction function) {
        return reward(name, function, 1);
    }

    /**
     * One more reward; those that give null are left out of a completion's weighted sum. A completion to which all give null is shown, and
     * is no part of its group's mean, of the loss or of its denominators.
     */
    public PolicyTraining reward(String name, RewardFunction function, double weight) {
        return with(data.withReward(new NamedReward(name, function, weight)));
    }

    /**
     * How the outcome becomes rewards of tokens.
     *
     * @param reads arrays that a lambda reads beyond those of every run, as in {@link #advantages}
     */
    public PolicyTraining credit(CreditAssignment assignment, Rollouts.Part... reads) {
        return with(objective.withCredit(PolicyParts.reading(assignment, reads)));
    }

    /**
     * How token rewards become advantages; a lambda is as good as one of the library. Its rollouts, and those of credit assignment, are
     * the completions that are learnt from, with rewards, groups, log-probabilities under policy and reference, outcomes (the weighted
     * sums of raw rewards), and a critic's values where there is one.
     *
     * <p>What else it {@link AdvantageEstimator#reads() reads} is made for it and for nobody else. {@code BASELINES} are what the greedy
     * answer to the same prompt earns: one more completion, sampled and scored, for each prompt of a step; a prompt whose greedy answer
     * nobody scores is not learnt from. {@code SQUARED_PROBABILITIES} come with the log-probabilities of the policy, at the price
     * of one more pass over their logits. {@code ENTROPIES} are those that tokens were drawn at, {@code TURNS} one turn for each
     * completion, {@code IS_WEIGHTS} the ratios of the policy to what sampled, not truncated.
     *
     * @param reads what a lambda reads, which cannot say so itself
     */
    public PolicyTraining advantages(AdvantageEstimator other, Rollouts.Part... reads) {
        return with(objective.withEstimator(PolicyParts.reading(other, reads)));
    }

    /**
     * How the rewards of all functions, each by itself, become the advantage of a response, such as {@link
     * MultiRewardEstimator#normalizeThenSum} (GDPO) for as many samples as each prompt has. It stands in the place of
     * credit assignment and {@link #advantages}, and knows nothing of a critic.
     */
    public PolicyTraining rewardAdvantages(MultiRewardEstimator estimator) {
        return with(objective.withRewardEstimator(estimator));
    }

    /**
     * The loss on the policy. It is given log-probabilities under the policy, as it samples and as it learns, and under the reference,
     * and what else it {@link PolicyLoss#reads() reads}: {@code ENTROPIES} of the update's own forward pass, with gradient; {@code
     * ROLLOUT_LOGPS} that the sampler noted; {@code IS_WEIGHTS} and {@code TURNS} as in {@link #advantages}.
     *
     * @param reads what a lambda reads, which cannot say so itself
     */
    public PolicyTraining loss(PolicyLoss other, PolicyBatch.Part... reads) {
        return with(objective.withPolicyLoss(PolicyParts.reading(other, reads)));
    }

    /** A KL term in the loss, its mean over tokens times a coefficient. */
    public PolicyTraining kl(KlEstimator klOfTokens, double coefficient) {
        return kl(klOfTokens, KlController.fixed(coefficient));
    }

    /** A KL term whose coefficient a controller moves with the mean KL of a token. */
    public PolicyTraining kl(KlEstimator klOfTokens, KlController controller) {
        return with(objective.withKl(klOfTokens, controller));
    }

    /** A model that stands in for the policy's start as the reference: a teacher to distil, an older policy. It is only read. */
    public PolicyTraining reference(CausalLm other) {
        return with(models.withReference(other));
    }

    /** A critic, for estimators that read values. */
    public PolicyTraining critic(ValueModel model, ValueLoss loss) {
        return with(models.withCritic(model)).with(objective.withValueLoss(loss));
    }

    /** A critic trained by squared error. */
    public PolicyTraining critic(ValueModel model) {
        return critic(model, ValueLoss.squared());
    }

    /** Completions of each prompt. */
    public PolicyTraining samples(int count) {
        return options(options.withSamples(count));
    }

    /** Prompts of each step. */
    public PolicyTraining promptsPerStep(int count) {
        return options(options.withPrompts(count));
    }

    /** Step size of the policy. */
    public PolicyTraining learningRate(double rate) {
        return options(options.withLearningRate(rate));
    }

    /** All sizes and rates at once. */
    public PolicyTraining options(PolicyOptions other) {
        return new PolicyTraining(models, data, objective, other, run);
    }

    /** How completions are drawn. */
    public PolicyTraining sampling(Sampling other) {
        return with(data.withSampling(other));
    }

    /** What is done with prompts that teach nothing, judged by the weighted sum of raw rewards. */
    public PolicyTraining equalGroups(EqualGroups rule) {
        return with(data.withEqualGroups(rule, null));
    }

    /** What is done with prompts that teach nothing, judged by one reward, such as the outcome beside shaping rewards. */
    public PolicyTraining equalGroups(EqualGroups rule, String reward) {
        return with(data.withEqualGroups(rule, reward));
    }

    /** Draws prompts and completions. */
    public PolicyTraining seed(long value) {
        return with(run.withSeed(value));
    }

    /** One more listener. */
    public PolicyTraining listener(TrainingListener more) {
        return with(run.withListener(more));
    }

    /**
     * Writes checkpoints into a folder of this run's own, and goes on from the newest that is there: a killed run that is
     * started again ends bit for bit where it would have. Rewards are functions, which no checkpoint can compare: keep them.
     */
    public PolicyTraining checkpoints(Path folder, int everySteps) {
        return with(run.withCheckpoints(folder, everySteps));
    }

    private PolicyTraining with(PolicyModels other) {
        return new PolicyTraining(other, data, objective, options, run);
    }

    private PolicyTraining with(PolicyData other) {
        return new PolicyTraining(models, other, objective, options, run);
    }

    private PolicyTraining with(PolicyObjective other) {
        return new PolicyTraining(models, data, other, options, run);
    }

    private PolicyTraining with(RunOptions other) {
        return new PolicyTraining(models, data, objective, options, other);
    }

    PolicyModels models() {
        return models;
    }

    PolicyData data() {
        return data;
    }

    PolicyObjective objective() {
        return objective;
    }

    PolicyOptions options() {
        return options;
    }

    RunOptions run() {
        return run;
    }

    /**
     * A run that can be stepped, left and taken up again; with checkpoints it stands where the newest says. Rejects a training without
     * prompts or rewards, and a part that reads what sampled completions do not have.
     */
    public PolicyRun start() {
        PromptSource source = data.source();
        if (source == null) {
            throw new IllegalStateException("prompts: expected a source, given by prompts(...), got none");
        }
        if (data.rewards().isEmpty()) {
            throw new IllegalStateException("rewards: expected at least one, given by reward(...), got none");
        }
        String outcome = data.outcome();
        if (outcome != null && data.rewards().stream().noneMatch(r -> r.name().equals(outcome))) {
            throw Check.failure(
                    "equalGroups",
                    "one of " + data.rewards().stream().map(NamedReward::name).toList(),
                    outcome);
        }
        if (objective.rewardEstimator() != null && models.critic() != null) {
            throw new IllegalStateException(
                    "critic: expected none beside an estimator of several rewards, which gives no"
                            + " returns, got one");
        }
        PolicyParts.check(this);
        return new PolicyRun(this, source);
    }

    /** The steps of a run up to that number, one by one; stop reading whenever you like. The run is closed after the last. */
    public Iterable<PolicyStep> steps(int count) {
        return () -> {
            PolicyRun started = start();
            Iterator<PolicyStep> steps =
                    started.steps(Math.max(0, count - started.taken())).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    boolean more = steps.hasNext();
                    if (!more) {
                        started.close();
                    }
                    return more;
                }

                @Override
                public PolicyStep next() {
                    return steps.next();
                }
            };
        };
    }

    @Override
    public String toString() {
        return "PolicyTraining(" + models.policy() + ", rewards "
                + data.rewards().stream().map(NamedReward::name).toList() + ", " + objective.credit() + ", "
                + (objective.rewardEstimator() == null ? objective.estimator() : objective.rewardEstimator()) + ", "
                + objective.policyLoss() + ", " + options + ")";
    }
}
