package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.policy.DistillationBatch;
import org.rewardlab.policy.GeneralizedJsd;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossOutput;

/**
 * Knowledge distillation: the student's next-token distributions are drawn to the teacher's, on given completions and on the
 * student's own. Agarwal et al. 2024 (GKD), algorithm 1.
 *
 * <p>{@code Distillation.of(student, teacher, tokenizer).on(examples).loss(new GeneralizedJsd(0.5, 1)).onPolicy(0.5).run()}.
 * MiniLLM (Gu et al. 2024) needs no trainer of its own: {@code
 * PolicyTraining.of(student, tokenizer).reference(teacher).advantages(new MiniLlm())}.
 *
 * <p>Each method gives another description; only {@link #run()} does anything.
 */
public final class Distillation {
    private final Models models;
    private final Aim aim;
    private final FitOptions options;
    private final RunOptions run;

    private record Models(CausalLm student, CausalLm teacher, Tokenizer tokenizer) {}

    private record Aim(
            List<Example.Completed> examples, Loss<DistillationBatch> loss, double onPolicy, Sampling sampling) {
        Aim {
            examples = List.copyOf(examples);
            Check.within("onPolicy", onPolicy, 0, 1);
        }
    }

    private Distillation(Models models, Aim aim, FitOptions options, RunOptions run) {
        this.models = models;
        this.aim = aim;
        this.options = options;
        this.run = run;
    }

    /**
     * The symmetric divergence on given completions.
     *
     * @param student that learns
     * @param teacher that is only read
     * @param tokenizer of both
     * @throws IllegalArgumentException if their vocabularies differ in size
     */
    public static Distillation of(CausalLm student, CausalLm teacher, Tokenizer tokenizer) {
        if (student.config().vocabSize() != teacher.config().vocabSize()) {
            throw Check.failure(
                    "teacher",
                    "the student's " + student.config().vocabSize() + " tokens",
                    teacher.config().vocabSize());
        }
        return new Distillation(
                new Models(student, teacher, tokenizer),
                new Aim(
                        List.of(),
                        new GeneralizedJsd(),
                        0,
                        Sampling.of(32).stopAt(tokenizer.endId()).pad(tokenizer.padId())),
                FitOptions.standard(),
                new RunOptions(
                        Seeds.root().child("distillation").value(), List.of(new ProgressBar("distillation")), null));
    }

    /** Prompts with completions. */
    public Distillation on(List<Example.Completed> examples) {
        return with(new Aim(examples, aim.loss(), aim.onPolicy(), aim.sampling()));
    }

    /** The loss on the two distributions; a lambda is as good as one of the library. */
    public Distillation loss(Loss<DistillationBatch> other) {
        return with(new Aim(aim.examples(), other, aim.onPolicy(), aim.sampling()));
    }

    /** How often a step takes the student's own completions in place of those given, from 0 to 1. */
    public Distillation onPolicy(double share) {
        return with(new Aim(aim.examples(), aim.loss(), share, aim.sampling()));
    }

    /** How the student completes prompts. */
    public Distillation sampling(Sampling other) {
        return with(new Aim(aim.examples(), aim.loss(), aim.onPolicy(), other));
    }

    /** All sizes and rates at once. */
    public Distillation options(FitOptions other) {
        return new Distillation(models, aim, other, run);
    }

    /** Draws the order of examples, and samples. */
    public Distillation seed(long value) {
        return new Distillation(models, aim, options, run.withSeed(value));
    }

    /** One more listener. */
    public Distillation listener(TrainingListener more) {
        return new Distillation(models, aim, options, run.withListener(more));
    }

    /** Without any listener. */
    public Distillation quiet() {
        return new Distillation(models, aim, options, run.quiet());
    }

    /** Writes checkpoints into a folder of this run's own, and goes on from the newest that is there. */
    public Distillation checkpoints(Path folder, int everySteps) {
        return new Distillation(models, aim, options, run.withCheckpoints(folder, everySteps));
    }

    private Distillation with(Aim other) {
        return new Distillation(models, other, options, run);
    }

    /**
     * Trains the student in place.
     *
     * @return means of the last epoch: {@code loss}, what the loss measures, {@code on_policy}, {@code grad_norm}
     * @throws TrainingDiverged if the loss is no longer finite
     */
    public FitRun run() {
        if (aim.examples().isEmpty()) {
            throw Check.failure("examples", "at least one, given by on(...)", "none");
        }
        Map<String, String> setup =
                Map.of("data", Texts.digest(aim.examples()), "on_policy", String.valueOf(aim.onPolicy()));
        return new FitLoop("Distillation", aim.examples().size(), options, run, setup, this::backward)
                .run(models.student().parameters());
    }

    private double backward(NDManager manager, int step, int[] rows, Map<String, Double> metrics) {
        Tokenizer tokenizer = models.tokenizer();
        List<int[]> prompts = Arrays.stream(rows)
                .mapToObj(row -> tokenizer.encode(aim.examples().get(row).prompt()))
                .toList();
        Seeds own = new Seeds(run.seed()).child("samples").child(step);
        boolean sampled = own.child("whose").generator().nextDouble() < aim.onPolicy();
        List<int[]> completions = sampled
                ? Sampler.sample(models.student(), prompts, aim.sampling(), own.value()).stream()
                        .map(Completion::tokens)
                        .toList()
                : Arrays.stream(rows)
                        .mapToObj(row ->
                                Texts.ended(tokenizer, aim.examples().get(row).completion()))
                        .toList();
        SequenceBatch batch =
                SequenceBatch.of(manager, models.student().dataType(), prompts, completions, tokenizer.padId());
        NDArray taught;
        try (GradientMode mode = GradientMode.paused()) {
            taught = models.teacher().responseLogits(batch);
        }
        metrics.put("on_policy", sampled ? 1.0 : 0.0);
        return MicroBatches.backward(
                batch,
                options.microBatch(),
                some -> models.student().responseLogits(some),
                logits -> {
                    LossOutput output = aim.loss().loss(new DistillationBatch(logits, taught, batch.mask()));
                    output.metrics().toMap().forEach(metrics::put);
                    return output.loss();
                },
                "the divergence",
                "a higher temperature");
    }
}
