package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
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
 * Preference optimization of a language model on its own samples: the rounds of {@link PreferenceRounds}, whose four parts are put
 * together from prompts, labels, selection, loss and reference.
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
    private final CausalLm policy;
    private final Tokenizer tokenizer;
    private @Nullable PromptSource source;
    private @Nullable PreferenceLabels labels;
    private PairSelection selection = PairSelection.bestAgainstWorst();
    private PreferenceLoss loss = PreferenceLoss.dpo(0.1);
    private @Nullable OnlinePreferenceLoss<OnlinePairs> onlineLoss;
    private ReferenceRule reference = ReferenceRule.START;
    private Sampling sampling;
    private PreferenceLoopOptions options = PreferenceLoopOptions.online();
    private long seed = Seeds.root().child("preference loop").value();

    private PreferenceLoop(CausalLm policy, Tokenizer tokenizer) {
        this.policy = policy;
        this.tokenizer = tokenizer;
        this.sampling = Sampling.of(32).stopAt(tokenizer.endId()).pad(tokenizer.padId());
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
        return new PreferenceLoop(policy, tokenizer);
    }

    /** Where prompts come from. */
    public PreferenceLoop prompts(PromptSource other) {
        return with(copy -> copy.source = other);
    }

    /** Who says which response is better. */
    public PreferenceLoop labels(PreferenceLabels other) {
        return with(copy -> copy.labels = other);
    }

    /** Which pairs are made of the responses to a prompt. */
    public PreferenceLoop selection(PairSelection other) {
        return with(copy -> copy.selection = other);
    }

    /** The loss on pairs. */
    public PreferenceLoop loss(PreferenceLoss other) {
        return with(copy -> {
            copy.loss = other;
            copy.onlineLoss = null;
        });
    }

    /** A loss on a response of the policy and one of the reference: {@code onlineLoss(OnlinePreferenceLoss.xpo(0.1, 1e-5))}. */
    public PreferenceLoop onlineLoss(OnlinePreferenceLoss<OnlinePairs> other) {
        return with(copy -> copy.onlineLoss = other);
    }

    /** What the policy is held against. */
    public PreferenceLoop reference(ReferenceRule rule) {
        return with(copy -> copy.reference = rule);
    }

    /** How responses are drawn. */
    public PreferenceLoop sampling(Sampling other) {
        return with(copy -> copy.sampling = other);
    }

    /** Sizes and rates. */
    public PreferenceLoop options(PreferenceLoopOptions other) {
        return with(copy -> copy.options = other);
    }

    /** Draws prompts, samples, selections and orders. */
    public PreferenceLoop seed(long value) {
        return with(copy -> copy.seed = value);
    }

    /** A copy that differs in what the change sets; nothing else ever writes to a field. */
    private PreferenceLoop with(Consumer<PreferenceLoop> change) {
        PreferenceLoop copy = new PreferenceLoop(policy, tokenizer);
        copy.source = source;
        copy.labels = labels;
        copy.selection = selection;
        copy.loss = loss;
        copy.onlineLoss = onlineLoss;
        copy.reference = reference;
        copy.sampling = sampling;
        copy.options = options;
        copy.seed = seed;
        change.accept(copy);
        return copy;
    }

    CausalLm policy() {
        return policy;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    PairSelection selection() {
        return selection;
    }

    PreferenceLoss loss() {
        return loss;
    }

    @Nullable
    OnlinePreferenceLoss<OnlinePairs> onlineLoss() {
        return onlineLoss;
    }

    ReferenceRule reference() {
        return reference;
    }

    Sampling sampling() {
        return sampling;
    }

    PreferenceLoopOptions options() {
        return options;
    }

    long seed() {
        return seed;
    }

    /** A run that stands between two rounds; rejects a loop without prompts or labels. */
    public PreferenceLoopRun start() {
        if (source == null) {
            throw new IllegalStateException("prompts: expected a source, given by prompts(...), got none");
        }
        if (labels == null) {
            throw new IllegalStateException("labels: expected who prefers, given by labels(...), got none");
        }
        return new PreferenceLoopRun(this, source, labels);
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
        List<PreferenceRound> all = new ArrayList<>();
        rounds(count).forEach(all::add);
        return all;
    }

    @Override
    public String toString() {
        return "PreferenceLoop(" + policy + ", " + (onlineLoss == null ? loss : onlineLoss) + ", reference " + reference
                + ", " + options + ")";
    }
}
