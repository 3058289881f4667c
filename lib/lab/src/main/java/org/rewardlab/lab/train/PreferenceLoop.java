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
 * <p>With one update a round it is online DPO (Guo et al. 2024); with several and the last round as the reference it is iterative
 * DPO, SPPO or DNO, by the labels and the loss. Each method gives another description; only {@link #rounds} and {@link #start}
 * do anything.
 *
 * @param policy that learns
 * @param tokenizer of it
 * @param source of prompts, null until given
 * @param labels who says what is better
 * @param selection which pairs are made
 * @param loss what is minimised
 * @param reference what the policy is held against
 * @param options sizes and rates
 * @param sampling how responses are drawn
 * @param seed of prompts, samples, selections and orders
 */
public record PreferenceLoop(
        CausalLm policy,
        Tokenizer tokenizer,
        @Nullable PromptSource source,
        @Nullable PreferenceLabels labels,
        PairSelection selection,
        PreferenceLoss loss,
        ReferenceRule reference,
        PreferenceLoopOptions options,
        Sampling sampling,
        long seed) {

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
                null,
                null,
                PairSelection.bestAgainstWorst(),
                PreferenceLoss.dpo(0.1),
                ReferenceRule.START,
                PreferenceLoopOptions.online(),
                Sampling.of(32).stopAt(tokenizer.endId()).pad(tokenizer.padId()),
                Seeds.root().child("preference loop").value());
    }

    /** Where prompts come from. */
    public PreferenceLoop prompts(PromptSource prompts) {
        return new PreferenceLoop(
                policy, tokenizer, prompts, labels, selection, loss, reference, options, sampling, seed);
    }

    /** Who says which response is better. */
    public PreferenceLoop labels(PreferenceLabels other) {
        return new PreferenceLoop(
                policy, tokenizer, source, other, selection, loss, reference, options, sampling, seed);
    }

    /** Which pairs are made of the responses to a prompt. */
    public PreferenceLoop selection(PairSelection other) {
        return new PreferenceLoop(policy, tokenizer, source, labels, other, loss, reference, options, sampling, seed);
    }

    /** The loss on pairs. */
    public PreferenceLoop loss(PreferenceLoss other) {
        return new PreferenceLoop(
                policy, tokenizer, source, labels, selection, other, reference, options, sampling, seed);
    }

    /** What the policy is held against. */
    public PreferenceLoop reference(ReferenceRule rule) {
        return new PreferenceLoop(policy, tokenizer, source, labels, selection, loss, rule, options, sampling, seed);
    }

    /** Sizes and rates. */
    public PreferenceLoop options(PreferenceLoopOptions other) {
        return new PreferenceLoop(policy, tokenizer, source, labels, selection, loss, reference, other, sampling, seed);
    }

    /** How responses are drawn. */
    public PreferenceLoop sampling(Sampling other) {
        return new PreferenceLoop(policy, tokenizer, source, labels, selection, loss, reference, options, other, seed);
    }

    /** Draws prompts, samples, selections and orders. */
    public PreferenceLoop seed(long value) {
        return new PreferenceLoop(
                policy, tokenizer, source, labels, selection, loss, reference, options, sampling, value);
    }

    /** A run that stands between two rounds; rejects a loop without prompts or labels. */
    public PreferenceLoopRun start() {
        PromptSource prompts = source;
        PreferenceLabels judge = labels;
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
}
