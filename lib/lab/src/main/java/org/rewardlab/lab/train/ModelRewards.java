package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** Trained reward models as reward functions, which score all rows of a call together. */
public final class ModelRewards {
    private static final Script PROBABILITIES = Script.of("""
            def probabilities(self, logits: Tensor) -> Tensor:
              return torch.softmax(logits, -1)
            """);

    private ModelRewards() {}

    /** The scalar head's value after the end token. */
    public static RewardFunction scores(ValueModel model, Tokenizer tokenizer) {
        return RewardFunction.batched(rows -> {
            try (NDManager manager = NDManager.newBaseManager();
                    Scope scope = Scope.open();
                    GradientMode mode = GradientMode.paused()) {
                SequenceBatch batch = SequenceBatch.of(
                        manager,
                        model.body().dataType(),
                        rows.stream().map(row -> tokenizer.encode(row.prompt())).toList(),
                        rows.stream()
                                .map(row -> Texts.ended(tokenizer, row.completion()))
                                .toList(),
                        tokenizer.padId());
                NDArray last = ResponseEnds.last(model.values(ResponseEnds.after(batch)), batch.mask());
                return Arrays.stream(Tensors.toDoubles(last)).boxed().toList();
            }
        });
    }

    /** The probability of being right (class 1) after each step. */
    public static List<Double> steps(TokenHead model, Tokenizer tokenizer, Example.Stepwise response) {
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            RewardObjectives.StepTokens encoded = RewardObjectives.StepTokens.of(response, tokenizer);
            SequenceBatch batch = SequenceBatch.of(
                    manager,
                    model.body().dataType(),
                    List.of(tokenizer.encode(response.prompt())),
                    List.of(encoded.tokens()),
                    tokenizer.padId());
            NDArray logits = PROBABILITIES.call(model.logits(batch));
            double[] flat = Tensors.toDoubles(logits);
            int classes = (int) logits.getShape().get(2);
            List<Double> right = new ArrayList<>();
            for (int end : encoded.ends()) {
                right.add(flat[end * classes + 1]);
            }
            return right;
        }
    }

    /**
     * A generative reward model: the probability that a language model answers yes rather than no. Zhang et al. 2024.
     *
     * @param judge that was tuned on {@link #verdicts}
     * @param question what it is asked, with {@code %s} for prompt and response in this order
     */
    public static RewardFunction generative(
            CausalLm judge, Tokenizer tokenizer, String question, String yes, String no) {
        return RewardFunction.batched(rows -> {
            List<int[]> asked = rows.stream()
                    .map(row -> tokenizer.encode(String.format(question, row.prompt(), row.completion())))
                    .toList();
            double[] yesses = SequenceSums.of(judge, asked, repeated(tokenizer.encode(yes), asked), tokenizer.padId());
            double[] noes = SequenceSums.of(judge, asked, repeated(tokenizer.encode(no), asked), tokenizer.padId());
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < yesses.length; i++) {
                scores.add(1 / (1 + Math.exp(noes[i] - yesses[i])));
            }
            return scores;
        });
    }

    /** What a generative reward model is tuned on, by {@link Sft}: the question, and yes or no. */
    public static List<Example.Completed> verdicts(
            List<Example.Labelled> responses, String question, String yes, String no) {
        return responses.stream()
                .map(one -> new Example.Completed(
                        String.format(question, one.prompt(), one.completion()), one.label() ? yes : no))
                .toList();
    }

    private static List<int[]> repeated(int[] tokens, List<int[]> like) {
        return like.stream().map(one -> tokens).toList();
    }
}
