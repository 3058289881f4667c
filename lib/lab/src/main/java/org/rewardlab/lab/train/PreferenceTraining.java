package org.rewardlab.lab.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.preference.UnpairedPreferenceLoss;
import org.rewardlab.tensor.Check;

/**
 * Preference optimization on fixed data with any loss: {@code PreferenceTraining.of(policy,
 * tokenizer).on(pairs).loss(PreferenceLoss.dpo(0.1)).run()}.
 *
 * <p>Losses on pairs read sums of log-probabilities, lengths and the negative log-likelihood of the preferred responses (their
 * tokens alone, prompts left out); a lambda may change these before it hands them on. Unpaired losses read single responses
 * that are labelled. The reference is the policy as it is when the run begins, or {@link #reference}; its log-probabilities
 * are computed once, before the first step, or live with {@link #liveReference()}.
 *
 * <p>Each method gives another description; only {@link #run()} does anything.
 */
public final class PreferenceTraining {

    private final CausalLm policy;
    private final Tokenizer tokenizer;
    private final PreferenceData data;
    private final ReferenceUse reference;
    private final FitOptions options;
    private final RunOptions run;

    /**
     * Where the log-probabilities of a reference come from.
     *
     * @param model null for a copy of the policy
     * @param used whether there is any
     * @param live whether they are computed at each step
     */
    record ReferenceUse(@Nullable CausalLm model, boolean used, boolean live) {}

    private PreferenceTraining(
            CausalLm policy,
            Tokenizer tokenizer,
            PreferenceData data,
            ReferenceUse reference,
            FitOptions options,
            RunOptions run) {
        this.policy = policy;
        this.tokenizer = tokenizer;
        this.data = data;
        this.reference = reference;
        this.options = options;
        this.run = run;
    }

    /** DPO at 0.1, one epoch in batches of 32 at 1e-4, gradients clipped at 1, a progress bar. */
    public static PreferenceTraining of(CausalLm policy, Tokenizer tokenizer) {
        return new PreferenceTraining(
                policy,
                tokenizer,
                PreferenceData.none(),
                new ReferenceUse(null, true, false),
                new FitOptions(1, 32, 0, 1e-4, 0, 1),
                new RunOptions(
                        Seeds.root().child("preference training").value(),
                        List.of(new ProgressBar("preferences")),
                        null));
    }

    /** Pairs to learn from. */
    public PreferenceTraining on(Preferences pairs) {
        return on(pairs.pairs());
    }

    /** Pairs to learn from. */
    public PreferenceTraining on(List<PreferencePair> pairs) {
        return with(data.withPairs(pairs));
    }

    /** Single responses to learn from, with an unpaired loss. */
    public PreferenceTraining onLabelled(List<Example.Labelled> responses) {
        return with(data.withLabelled(responses));
    }

    /** A loss on pairs. */
    public PreferenceTraining loss(PreferenceLoss paired) {
        return with(data.withLoss(paired));
    }

    /** A loss on single responses; pairs are read as two of them. */
    public PreferenceTraining unpairedLoss(UnpairedPreferenceLoss unpaired) {
        return with(data.withUnpairedLoss(unpaired));
    }

    /** Another reference than the policy at the start; it is only read. */
    public PreferenceTraining reference(CausalLm model) {
        return with(new ReferenceUse(model, true, reference.live()));
    }

    /** No reference at all, for losses that read none. */
    public PreferenceTraining withoutReference() {
        return with(new ReferenceUse(null, false, false));
    }

    /** The reference is asked at each step, in place of once for all data: for data too large to go through twice. */
    public PreferenceTraining liveReference() {
        return with(new ReferenceUse(reference.model(), true, true));
    }

    /** Passes over the data. */
    public PreferenceTraining epochs(int count) {
        return options(options.withEpochs(count));
    }

    /** Pairs or responses of a step. */
    public PreferenceTraining batchSize(int size) {
        return options(options.withBatchSize(size));
    }

    /** Step size of the optimizer. */
    public PreferenceTraining learningRate(double rate) {
        return options(options.withLearningRate(rate));
    }

    /** All sizes and rates at once. */
    public PreferenceTraining options(FitOptions other) {
        return new PreferenceTraining(policy, tokenizer, data, reference, other, run);
    }

    /** Draws the order of the data. */
    public PreferenceTraining seed(long value) {
        return with(run.withSeed(value));
    }

    /** One more listener. */
    public PreferenceTraining listener(TrainingListener more) {
        return with(run.withListener(more));
    }

    /** Without any listener. */
    public PreferenceTraining quiet() {
        return with(run.quiet());
    }

    /** Writes checkpoints into a folder of this run's own, and goes on from the newest that is there. */
    public PreferenceTraining checkpoints(Path folder, int everySteps) {
        return with(run.withCheckpoints(folder, everySteps));
    }

    private PreferenceTraining with(PreferenceData other) {
        return new PreferenceTraining(policy, tokenizer, other, reference, options, run);
    }

    private PreferenceTraining with(ReferenceUse other) {
        return new PreferenceTraining(policy, tokenizer, data, other, options, run);
    }

    private PreferenceTraining with(RunOptions other) {
        return new PreferenceTraining(policy, tokenizer, data, reference, options, other);
    }

    /**
     * Trains the policy in place.
     *
     * <p>An interrupt ends the run between two steps; the policy is as far as it came, and with checkpoints a later call goes
     * on from there.
     *
     * @return means of the last epoch under the names {@code loss}, {@code rewards/chosen}, {@code rewards/rejected}, {@code
     *     rewards/accuracies}, {@code rewards/margins}, {@code logps/chosen}, {@code logps/rejected}, {@code grad_norm} and what else the loss measures
     * @throws TrainingDiverged if the loss is no longer finite
     * @throws IllegalArgumentException if there is no data, or the loss reads a reference and there is none
     */
    public FitRun run() {
        if (data.size() == 0) {
            throw Check.failure("pairs", "at least one, given by on(...) or onLabelled(...)", "none");
        }
        try (FrozenReference frozen = FrozenReference.of(policy, reference, run.checkpoints())) {
            FitLoop.Objective objective = data.unpaired() == null
                    ? new PairedObjective(policy, frozen, data, tokenizer, options.microBatch())
                    : new UnpairedObjective(policy, frozen, data, tokenizer, options.microBatch());
            Map<String, String> setup = Map.of("data", data.digest(), "loss", data.lossName());
            return new FitLoop("PreferenceTraining", data.size(), options, run, setup, objective)
                    .run(policy.parameters());
        }
    }

    @Override
    public String toString() {
        return "PreferenceTraining(" + policy + ", " + data.size() + " rows, " + data.lossName() + ", " + options + ")";
    }
}
