package org.rewardlab.lab.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.policy.NegativeLogLikelihood;
import org.rewardlab.policy.TokenLogps;
import org.rewardlab.tensor.Check;

/**
 * Supervised fine-tuning: makes given completions likely. {@code Sft.of(model, tokenizer).on(examples).epochs(3).run()}.
 *
 * <p>Only completion tokens and the end token are learnt, prompts are not. Each method gives another description; only {@link
 * #run()} does anything.
 */
public final class Sft {

    private final CausalLm model;
    private final Tokenizer tokenizer;
    private final List<Example.Completed> examples;
    private final FitOptions options;
    private final RunOptions run;

    private Sft(
            CausalLm model, Tokenizer tokenizer, List<Example.Completed> examples, FitOptions options, RunOptions run) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.examples = List.copyOf(examples);
        this.options = options;
        this.run = run;
    }

    /** The shapes and steps that a tiny model learns with: 3 epochs in batches of 32 at 1e-3, a progress bar. */
    public static Sft of(CausalLm model, Tokenizer tokenizer) {
        return new Sft(
                model,
                tokenizer,
                List.of(),
                FitOptions.standard(),
                new RunOptions(Seeds.root().child("sft").value(), List.of(new ProgressBar("fine-tuning")), null));
    }

    /** The examples to learn: {@code Examples.read(file).completed()}. */
    public Sft on(List<Example.Completed> given) {
        return new Sft(model, tokenizer, given, options, run);
    }

    /** Passes over the examples. */
    public Sft epochs(int count) {
        return options(options.withEpochs(count));
    }

    /** Examples of a step. */
    public Sft batchSize(int size) {
        return options(options.withBatchSize(size));
    }

    /** Step size of the optimizer. */
    public Sft learningRate(double rate) {
        return options(options.withLearningRate(rate));
    }

    /** All sizes and rates at once. */
    public Sft options(FitOptions other) {
        return new Sft(model, tokenizer, examples, other, run);
    }

    /** Draws the order of examples. */
    public Sft seed(long value) {
        return with(run.withSeed(value));
    }

    /** One more listener. */
    public Sft listener(TrainingListener more) {
        return with(run.withListener(more));
    }

    /** Without any listener. */
    public Sft quiet() {
        return with(run.quiet());
    }

    /** Writes checkpoints into a folder of this run's own, and goes on from the newest that is there: {@link #run()} of a killed run ends where it would have. */
    public Sft checkpoints(Path folder, int everySteps) {
        return with(run.withCheckpoints(folder, everySteps));
    }

    private Sft with(RunOptions other) {
        return new Sft(model, tokenizer, examples, options, other);
    }

    /**
     * Trains the model in place and gives the mean loss of the last epoch.
     *
     * <p>An interrupt ends the run between two steps; the model is as far as it came, and with checkpoints a later call goes
     * on from there.
     *
     * @throws TrainingDiverged if the loss is no longer finite
     */
    public double run() {
        if (examples.isEmpty()) {
            throw Check.failure("examples", "at least one, given by on(...)", "none");
        }
        List<int[]> prompts = new ArrayList<>();
        List<int[]> completions = new ArrayList<>();
        for (Example.Completed example : examples) {
            prompts.add(tokenizer.encode(example.prompt()));
            completions.add(Texts.ended(tokenizer, example.completion()));
        }
        Map<String, String> setup = Map.of("data", Texts.digest(examples));
        FitLoop loop = new FitLoop("Sft", examples.size(), options, run, setup, (manager, step, rows, metrics) -> {
            SequenceBatch batch = SequenceBatch.of(
                    manager,
                    model.dataType(),
                    Arrays.stream(rows).mapToObj(prompts::get).toList(),
                    Arrays.stream(rows).mapToObj(completions::get).toList(),
                    tokenizer.padId());
            return MicroBatches.backward(
                    batch,
                    options.microBatch(),
                    some -> model.responseLogps(some, 1),
                    logps -> new NegativeLogLikelihood()
                            .loss(new TokenLogps(logps, batch.mask()))
                            .loss(),
                    "the loss",
                    "clipping gradients with clipNorm(1)");
        });
        return loop.run(model.parameters()).metric("loss");
    }

    @Override
    public String toString() {
        return "Sft(" + model + ", " + examples.size() + " examples, " + options + ")";
    }
}
