package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.reward.RewardModelLoss;
import org.rewardlab.reward.RewardPairs;
import org.rewardlab.reward.StepLogits;
import org.rewardlab.reward.TokenLabels;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Tensors;

/** From rows of text to what losses of reward models read. */
final class RewardObjectives {
    private static final String REMEDY = "clipping gradients with clipNorm(1)";

    private RewardObjectives() {}

    static FitLoop.Objective pairs(
            ValueModel model,
            Tokenizer tokenizer,
            List<PreferencePair> pairs,
            RewardModelLoss<RewardPairs> loss,
            int size) {
        List<TokenPairs.Pair> encoded = TokenPairs.encode(pairs, tokenizer);
        return (manager, step, rows, metrics) -> {
            List<TokenPairs.Pair> some =
                    Arrays.stream(rows).mapToObj(encoded::get).toList();
            SequenceBatch batch = TokenPairs.batch(manager, type(model), some, tokenizer.padId());
            return backward(
                    batch,
                    size,
                    part -> model.values(ResponseEnds.after(part)),
                    values -> {
                        NDArray scores = ResponseEnds.last(values, batch.mask());
                        return loss.loss(
                                new RewardPairs(scores.get("0:" + rows.length), scores.get(rows.length + ":")));
                    },
                    metrics);
        };
    }

    static FitLoop.Objective outcomes(
            ValueModel model,
            Tokenizer tokenizer,
            List<Example.Labelled> responses,
            RewardModelLoss<TokenLabels> loss,
            int size) {
        return (manager, step, rows, metrics) -> {
            List<int[]> prompts = new ArrayList<>();
            List<int[]> completions = new ArrayList<>();
            for (int row : rows) {
                prompts.add(tokenizer.encode(responses.get(row).prompt()));
                completions.add(Texts.ended(tokenizer, responses.get(row).completion()));
            }
            SequenceBatch batch = SequenceBatch.of(manager, type(model), prompts, completions, tokenizer.padId());
            double[][] labels = Tensors.toRows(batch.mask());
            for (int b = 0; b < rows.length; b++) {
                Arrays.fill(labels[b], responses.get(rows[b]).label() ? 1 : 0);
            }
            NDArray targets = Tensors.fromRows(manager, labels, type(model));
            return backward(
                    batch,
                    size,
                    part -> model.values(ResponseEnds.after(part)),
                    logits -> loss.loss(new TokenLabels(logits, targets, batch.mask())),
                    metrics);
        };
    }

    static FitLoop.Objective steps(
            TokenHead model,
            Tokenizer tokenizer,
            List<Example.Stepwise> responses,
            RewardModelLoss<StepLogits> loss,
            int size) {
        return (manager, step, rows, metrics) -> {
            List<Example.Stepwise> some =
                    Arrays.stream(rows).mapToObj(responses::get).toList();
            List<int[]> prompts = some.stream()
                    .map(response -> tokenizer.encode(response.prompt()))
                    .toList();
            List<StepTokens> encoded =
                    some.stream().map(one -> StepTokens.of(one, tokenizer)).toList();
            SequenceBatch batch = SequenceBatch.of(
                    manager,
                    model.body().dataType(),
                    prompts,
                    encoded.stream().map(StepTokens::tokens).toList(),
                    tokenizer.padId());
            NDArray labels =
                    labels(manager, encoded, (int) batch.mask().getShape().get(1));
            return backward(batch, size, model::logits, logits -> loss.loss(new StepLogits(logits, labels)), metrics);
        };
    }

    private static NDArray labels(NDManager manager, List<StepTokens> encoded, int width) {
        double[] labels = new double[encoded.size() * width];
        Arrays.fill(labels, StepLogits.UNLABELLED);
        for (int b = 0; b < encoded.size(); b++) {
            StepTokens one = encoded.get(b);
            for (int k = 0; k < one.ends().length; k++) {
                labels[b * width + one.ends()[k]] = one.labels()[k];
            }
        }
        return Tensors.create(manager, labels, DataType.INT64, encoded.size(), width);
    }

    private static double backward(
            SequenceBatch batch,
            int size,
            Function<SequenceBatch, NDArray> scores,
            Function<NDArray, LossOutput> loss,
            Map<String, Double> metrics) {
        return MicroBatches.backward(
                batch,
                size,
                scores,
                given -> {
                    LossOutput output = loss.apply(given);
                    output.metrics().toMap().forEach((name, value) -> metrics.put(MetricNames.of(name), value));
                    return output.loss();
                },
                "the loss of the reward model",
                REMEDY);
    }

    private static DataType type(ValueModel model) {
        return model.body().dataType();
    }

    /**
     * A response in steps as tokens.
     *
     * @param tokens of all steps
     * @param ends place of the last token of each step
     * @param labels 1 right, 0 wrong
     */
    @SuppressWarnings("ArrayRecordComponent")
    record StepTokens(int[] tokens, int[] ends, int[] labels) {
        static StepTokens of(Example.Stepwise response, Tokenizer tokenizer) {
            int[] tokens = {};
            int[] ends = new int[response.completions().size()];
            int[] labels = new int[ends.length];
            for (int k = 0; k < ends.length; k++) {
                int[] step = tokenizer.encode(response.completions().get(k));
                int before = tokens.length;
                tokens = Arrays.copyOf(tokens, before + step.length);
                System.arraycopy(step, 0, tokens, before, step.length);
                ends[k] = tokens.length - 1;
                labels[k] = response.labels().get(k) ? 1 : 0;
            }
            return new StepTokens(tokens, ends, labels);
        }
    }
}
