package org.rewardlab.lab.train;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.preference.OnlinePairs;
import org.rewardlab.preference.OnlinePreferenceLoss;
import org.rewardlab.preference.PreferenceLoss;

/**
 * Preference optimization on the policy's own samples, round by round: sample, label, select pairs, learn. Labels, selection,
 * loss and reference are arguments.
 *
 * <pre>{@code
 * var loop = PreferenceLoop.of(policy, tokenizer).prompts(prompts)
 *     .labels(PreferenceLabels.reward(reward)).selection(PairSelection.bestAgainstWorst())
 *     .loss(PreferenceLoss.dpo(0.1)).options(PreferenceLoopOptions.iterative()).reference(ReferenceRule.LAST_ROUND);
 * for (var round : loop.rounds(5)) { ... }
 * }</pre>
 *
 * <p>{@link #onlineLoss} with one sample of the policy and one of the reference for each prompt, paired by {@link
 * PairSelection#policyAgainstReference}, is exploratory preference optimization (XPO).
 *
 * <p>With one update a round it is online DPO (Guo et al. 2024); with several and the last round as the reference it is iterative
 * DPO, SPPO or DNO, by the labels and the loss. Each method gives another description; only {@link #rounds} and {@link #start}
 * do anything.
 */
public final class PreferenceLoop {

    /**
     * What is put together.
     *
     * @param source of prompts, null until given
     * @param labels who says what is better, null until given
     * @param selection which pairs are made
     * @param loss what is minimised
     * @param onlineLoss what is minimised in its place on pairs of policy and reference, null for none
     * @param reference what the policy is held against
     * @param sampling how responses are drawn
     */
    record Parts(
            @Nullable PromptSource source,
            @Nullable PreferenceLabels labels,
            PairSelection selection,
            PreferenceLoss loss,
            @Nullable OnlinePreferenceLoss<OnlinePairs> onlineLoss,
            ReferenceRule reference,
            Sampling sampling) {}

    private final CausalLm policy;
    private final Tokenizer tokenizer;
    private final Parts parts;
    private final PreferenceLoopOptions options;
    private final long seed;

    private PreferenceLoop(
            CausalLm policy, Tokenizer tokenizer, Parts parts, PreferenceLoopOptions options, long seed) {
        this.policy = policy;
        this.tokenizer = tokenizer;
        this.parts = parts;
        this.options = options;
        this.seed = seed;
    }

    /** What the policy is held against. */
    public enum ReferenceRule {
        /** The policy as it was before the first round. */
        START,
        /** The policy as it was before this round. */
        LAST_ROUND
    }

    /** Online DPO at 0.1 against the start, completions of at most 32 tokens. */
    public static PreferenceLoop of(CausalLm policy, Tokenizer tokenizer) {
        return new PreferenceLoop(
                policy,
                tokenizer,
                new Parts(
                        null,
                        null,
                        PairSelection.bestAgainstWorst(),
                        PreferenceLoss.dpo(0.1),
                        null,
                        ReferenceRule.START,
                        Sampling.of(32).stopAt(tokenizer.endId()).pad(tokenizer.padId())),
                PreferenceLoopOptions.online(),
                Seeds.root().child("preference loop").value());
    }

    /** Where prompts come from. */
    public PreferenceLoop prompts(PromptSource prompts) {
        return with(new Parts(
                prompts,
                parts.labels(),
                parts.selection(),
                parts.loss(),
                parts.onlineLoss(),
                parts.reference(),
                parts.sampling()));
    }

    /** Who says which response is better. */
    public PreferenceLoop labels(PreferenceLabels other) {
        return with(new Parts(
                parts.source(),
                other,
                parts.selection(),
                parts.loss(),
                parts.onlineLoss(),
                parts.reference(),
                parts.sampling()));
    }

    /** Which pairs are made of the responses to a prompt. */
    public PreferenceLoop selection(PairSelection other) {
        return with(new Parts(
                parts.source(),
                parts.labels(),
                other,
                parts.loss(),
                parts.onlineLoss(),
                parts.reference(),
                parts.sampling()));
    }

    /** The loss on pairs. */
    public PreferenceLoop loss(PreferenceLoss other) {
        return with(new Parts(
                parts.source(), parts.labels(), parts.selection(), other, null, parts.reference(), parts.sampling()));
    }

    /** A loss on a response of the policy and one of the reference: {@code onlineLoss(OnlinePreferenceLoss.xpo(0.1, 1e-5))}. */
    public PreferenceLoop onlineLoss(OnlinePreferenceLoss<OnlinePairs> other) {
        return with(new Parts(
                parts.source(),
                parts.labels(),
                parts.selection(),
                parts.loss(),
                other,
                parts.reference(),
                parts.sampling()));
    }

    /** What the policy is held against. */
    public PreferenceLoop reference(ReferenceRule rule) {
        return with(new Parts(
                parts.source(),
                parts.labels(),
                parts.selection(),
                parts.loss(),
                parts.onlineLoss(),
                rule,
                parts.sampling()));
    }

    /** How responses are drawn. */
    public PreferenceLoop sampling(Sampling other) {
        return with(new Parts(
                parts.source(),
                parts.labels(),
                parts.selection(),
                parts.loss(),
                parts.onlineLoss(),
                parts.reference(),
                other));
    }

    /** Sizes and rates. */
    public PreferenceLoop options(PreferenceLoopOptions other) {
        return new PreferenceLoop(policy, tokenizer, parts, other, seed);
    }

    /** Draws prompts, samples, selections and orders. */
    public PreferenceLoop seed(long value) {
        return new PreferenceLoop(policy, tokenizer, parts, options, value);
    }

    private PreferenceLoop with(Parts other) {
        return new PreferenceLoop(policy, tokenizer, other, options, seed);
    }

    CausalLm policy() {
        return policy;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    Parts parts() {
        return parts;
    }

    PreferenceLoopOptions options() {
        return options;
    }

    long seed() {
        return seed;
    }

    /** A run that stands between two rounds; rejects a loop without prompts or labels. */
    public PreferenceLoopRun start() {
        PromptSource prompts = parts.source();
        PreferenceLabels judge = parts.labels();
        if (prompts == null) {
            throw new IllegalStateException("prompts: expected a source, given by prompts(...), got none");
        }
        if (judge == null) {
            throw new IllegalStateException("labels: expected who prefers, given by labels(...), got none");
        }
        return new PreferenceLoopRun(this, prompts, judge);
    }

    /** So many rounds, one by one. An interrupt ends them between two rounds. */
    public Iterable<PreferenceRound> rounds(int count) {
        return () -> {
            PreferenceLoopRun run = start();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    boolean more =
                            run.taken() < count && !Thread.currentThread().isInterrupted();
                    if (!more) {
                        run.close();
                    }
                    return more;
                }

                @Override
                public PreferenceRound next() {
                    if (run.taken() >= count) {
                        throw new NoSuchElementException("all rounds are taken");
                    }
                    return run.round();
                }
            };
        };
    }

    /** All rounds at once. */
    public List<PreferenceRound> run(int count) {
        List<PreferenceRound> all = new java.util.ArrayList<>();
        rounds(count).forEach(all::add);
        return all;
    }

    @Override
    public String toString() {
        return "PreferenceLoop(" + policy + ", "
                + (parts.onlineLoss() == null ? parts.loss() : parts.onlineLoss()) + ", reference " + parts.reference()
                + ", " + options
                + ")";
    }
}
