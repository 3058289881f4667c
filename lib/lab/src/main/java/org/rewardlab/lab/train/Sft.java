package org.rewardlab.lab.train;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.data.Shuffle;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.policy.NegativeLogLikelihood;
import org.rewardlab.policy.TokenLogps;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;

/**
 * Supervised fine-tuning: makes given completions likely. {@code Sft.of(model, tokenizer).on(examples).epochs(3).run()}.
 *
 * <p>Only completion tokens and the end token are learnt, prompts are not. Each method gives another description; only {@link
 * #run()} does anything.
 */
public record Sft(
        CausalLm model,
        Tokenizer tokenizer,
        List<Example> examples,
        int epochs,
        int batchSize,
        double learningRate,
        long seed,
        List<TrainingListener> listeners) {

    /** A prompt and the completion to learn. */
    public record Example(String prompt, String completion) {}

    /** The shapes and steps that a tiny model learns with: 3 epochs in batches of 32 at 1e-3, a progress bar. */
    public static Sft of(CausalLm model, Tokenizer tokenizer) {
        return new Sft(
                model,
                tokenizer,
                List.of(),
                3,
                32,
                1e-3,
                Seeds.root().child("sft").value(),
                List.of(new ProgressBar("fine-tuning")));
    }

    public Sft {
        examples = List.copyOf(examples);
        listeners = List.copyOf(listeners);
        Check.atLeast("epochs", epochs, 1);
        Check.atLeast("batchSize", batchSize, 1);
        Check.positive("learningRate", learningRate);
    }

    /** The examples to learn. */
    public Sft on(List<Example> given) {
        return new Sft(model, tokenizer, given, epochs, batchSize, learningRate, seed, listeners);
    }

    /** Passes over the examples. */
    public Sft epochs(int count) {
        return new Sft(model, tokenizer, examples, count, batchSize, learningRate, seed, listeners);
    }

    /** Examples of a step. */
    public Sft batchSize(int size) {
        return new Sft(model, tokenizer, examples, epochs, size, learningRate, seed, listeners);
    }

    /** Step size of the optimizer. */
    public Sft learningRate(double rate) {
        return new Sft(model, tokenizer, examples, epochs, batchSize, rate, seed, listeners);
    }

    /** Draws the order of examples. */
    public Sft seed(long value) {
        return new Sft(model, tokenizer, examples, epochs, batchSize, learningRate, value, listeners);
    }

    /** Without any listener. */
    public Sft quiet() {
        return new Sft(model, tokenizer, examples, epochs, batchSize, learningRate, seed, List.of());
    }

    /**
     * Trains the model in place and gives the mean loss of the last epoch.
     *
     * <p>An interrupt ends the run between two steps; the model is as far as it came.
     *
     * @throws TrainingDiverged if the loss is no longer finite
     */
    public double run() {
        if (examples.isEmpty()) {
            throw Check.failure("examples", "at least one, given by on(...)", "none");
        }
        List<int[]> prompts = new ArrayList<>();
        List<int[]> completions = new ArrayList<>();
        for (Example example : examples) {
            prompts.add(tokenizer.encode(example.prompt()));
            completions.add(ended(tokenizer.encode(example.completion())));
        }
        int steps = epochs * ((examples.size() + batchSize - 1) / batchSize);
        listeners.forEach(listener -> listener.started(steps));
        String reason = "stopped by an error";
        double mean = Double.NaN;
        try (AdamW optimizer = new AdamW(model.parameters(), learningRate, 0)) {
            int number = 0;
            for (int epoch = 0; epoch < epochs; epoch++) {
                int[] order = Shuffle.order(
                        examples.size(), new Seeds(seed).child(epoch).value());
                double sum = 0;
                int batches = 0;
                for (int from = 0; from < order.length; from += batchSize, batches++) {
                    if (Thread.currentThread().isInterrupted()) {
                        reason = "interrupted";
                        return batches == 0 ? mean : sum / batches;
                    }
                    sum += step(++number, steps, optimizer, order, from, prompts, completions);
                }
                mean = sum / batches;
            }
            reason = "";
            return mean;
        } finally {
            String why = reason;
            listeners.forEach(listener -> listener.ended(why));
        }
    }

    private double step(
            int number,
            int steps,
            AdamW optimizer,
            int[] order,
            int from,
            List<int[]> prompts,
            List<int[]> completions) {
        List<int[]> somePrompts = new ArrayList<>();
        List<int[]> someCompletions = new ArrayList<>();
        for (int i = from; i < Math.min(order.length, from + batchSize); i++) {
            somePrompts.add(prompts.get(order[i]));
            someCompletions.add(completions.get(order[i]));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            SequenceBatch batch =
                    SequenceBatch.of(manager, model.dataType(), somePrompts, someCompletions, tokenizer.padId());
            LossOutput loss = Gradients.record(() ->
                    new NegativeLogLikelihood().loss(new TokenLogps(model.responseLogps(batch, 1), batch.mask())));
            Gradients.backward(loss.loss());
            metrics.put("loss", loss.value());
            metrics.put("grad_norm", optimizer.step().gradients());
        }
        if (!Double.isFinite(metrics.get("loss"))) {
            throw new TrainingDiverged("the loss is " + metrics.get("loss"), number, steps, learningRate);
        }
        TrainingStep done = new TrainingStep(number, steps, (double) number * epochs / steps, metrics);
        listeners.forEach(listener -> listener.stepped(done));
        return metrics.get("loss");
    }

    private int[] ended(int[] tokens) {
        int[] all = Arrays.copyOf(tokens, tokens.length + 1);
        all[tokens.length] = tokenizer.endId();
        return all;
    }
}
