package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.reward.RewardModelLoss;
import org.rewardlab.reward.RewardPairs;
import org.rewardlab.reward.StepLogits;
import org.rewardlab.reward.TokenLabels;
import org.rewardlab.tensor.Check;

/**
 * Trains reward models on transformers: a scalar head on pairs ({@link #pairs}) or on verdicts ({@link #outcomes}), a token
 * head on steps ({@link #steps}). {@code RewardHeadTraining.pairs(ValueModel.from(policy), tokenizer, pairs).run()}.
 *
 * <p>Each further method gives another description; only {@link #run()} does anything, and it changes the model.
 */
public final class RewardHeadTraining {

    /**
     * What is learnt.
     *
     * @param kind its name, in checkpoints
     * @param rows of data
     * @param parameters of the model
     * @param objective for a number of rows at once
     */
    private record Task(
            String kind, List<?> rows, List<NDArray> parameters, IntFunction<FitLoop.Objective> objective) {}

    private final Task task;
    private final FitOptions options;
    private final RunOptions run;

    private RewardHeadTraining(Task task, FitOptions options, RunOptions run) {
        if (task.rows().isEmpty()) {
            throw Check.failure(task.kind(), "at least one row", "none");
        }
        this.task = task;
        this.options = options;
        this.run = run;
    }

    private static RewardHeadTraining of(Task task) {
        return new RewardHeadTraining(
                task,
                new FitOptions(3, 32, 0, 1e-3, 0, 1),
                new RunOptions(
                        Seeds.root().child("reward head").value(), List.of(new ProgressBar("reward model")), null));
    }

    /** Scores after the end token, by which the preferred response of a pair should stand above the other. */
    public static RewardHeadTraining pairs(
            ValueModel model, Tokenizer tokenizer, List<PreferencePair> pairs, RewardModelLoss<RewardPairs> loss) {
        List<PreferencePair> rows = List.copyOf(pairs);
        return of(new Task(
                "pairs", rows, model.parameters(), size -> RewardObjectives.pairs(model, tokenizer, rows, loss, size)));
    }

    /** {@link #pairs(ValueModel, Tokenizer, List, RewardModelLoss)} with the loss of Bradley and Terry. */
    public static RewardHeadTraining pairs(ValueModel model, Tokenizer tokenizer, List<PreferencePair> pairs) {
        return pairs(model, tokenizer, pairs, RewardModelLoss.bradleyTerry());
    }

    /** Logits of being right after each token of a response, from the verdict on all of it. */
    public static RewardHeadTraining outcomes(
            ValueModel model,
            Tokenizer tokenizer,
            List<Example.Labelled> responses,
            RewardModelLoss<TokenLabels> loss) {
        List<Example.Labelled> rows = List.copyOf(responses);
        return of(new Task(
                "outcomes",
                rows,
                model.parameters(),
                size -> RewardObjectives.outcomes(model, tokenizer, rows, loss, size)));
    }

    /** {@link #outcomes(ValueModel, Tokenizer, List, RewardModelLoss)} with binary cross-entropy. */
    public static RewardHeadTraining outcomes(ValueModel model, Tokenizer tokenizer, List<Example.Labelled> responses) {
        return outcomes(model, tokenizer, responses, RewardModelLoss.ormBce());
    }

    /** Classes after the last token of each step: 1 for a step that is right, 0 for one that is wrong. */
    public static RewardHeadTraining steps(
            TokenHead model, Tokenizer tokenizer, List<Example.Stepwise> responses, RewardModelLoss<StepLogits> loss) {
        List<Example.Stepwise> rows = List.copyOf(responses);
        return of(new Task(
                "steps", rows, model.parameters(), size -> RewardObjectives.steps(model, tokenizer, rows, loss, size)));
    }

    /** {@link #steps(TokenHead, Tokenizer, List, RewardModelLoss)} with cross-entropy at the ends of steps. */
    public static RewardHeadTraining steps(TokenHead model, Tokenizer tokenizer, List<Example.Stepwise> responses) {
        return steps(model, tokenizer, responses, RewardModelLoss.prmToken());
    }

    /** Passes over the data. */
    public RewardHeadTraining epochs(int count) {
        return options(options.withEpochs(count));
    }

    /** Step size of the optimizer. */
    public RewardHeadTraining learningRate(double rate) {
        return options(options.withLearningRate(rate));
    }

    /** All sizes and rates at once. */
    public RewardHeadTraining options(FitOptions other) {
        return new RewardHeadTraining(task, other, run);
    }

    /** Draws the order of the data. */
    public RewardHeadTraining seed(long value) {
        return new RewardHeadTraining(task, options, run.withSeed(value));
    }

    /** One more listener. */
    public RewardHeadTraining listener(TrainingListener more) {
        return new RewardHeadTraining(task, options, run.withListener(more));
    }

    /** Without any listener. */
    public RewardHeadTraining quiet() {
        return new RewardHeadTraining(task, options, run.quiet());
    }

    /** Writes checkpoints into a folder of this run's own, and goes on from the newest that is there. */
    public RewardHeadTraining checkpoints(Path folder, int everySteps) {
        return new RewardHeadTraining(task, options, run.withCheckpoints(folder, everySteps));
    }

    /**
     * Trains the model in place.
     *
     * @return means of the last epoch: {@code loss}, {@code rewards/accuracies} or {@code accuracy}, {@code grad_norm} and so on
     * @throws TrainingDiverged if the loss is no longer finite
     */
    public FitRun run() {
        Map<String, String> setup = Map.of("data", Texts.digest(task.rows()), "kind", task.kind());
        return new FitLoop(
                        "RewardHeadTraining",
                        task.rows().size(),
                        options,
                        run,
                        setup,
                        task.objective().apply(options.microBatch()))
                .run(task.parameters());
    }
}
