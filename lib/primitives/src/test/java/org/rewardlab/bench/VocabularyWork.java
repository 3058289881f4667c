package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rewardlab.tensor.Entropy;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Tensors;

/** Log-probabilities and entropies over a vocabulary of 32,000. */
final class VocabularyWork {

    private static final int ROWS = 8;
    private static final int TOKENS = 256;
    private static final int VOCABULARY = 32_000;

    static final List<Benchmark> ALL = List.of(
            new Benchmark("logprobs", "Log-probs, (8,256,32000), forward", Map.of(Benchmark.BEST, 0.8), m -> {
                NDArray logits = logits(m);
                NDArray labels = labels(m);
                return () -> LogProbs.fromLogits(logits, labels);
            }),
            new Benchmark("logprobs_backward", "Log-probs, with backward", Map.of(Benchmark.BEST, 1.0), m -> {
                NDArray logits = logits(m);
                NDArray labels = labels(m);
                NDArray cotangent = cotangent(m);
                return () -> LogProbs.fromLogitsWithGradient(logits, labels, cotangent)
                        .value();
            }),
            new Benchmark("entropy", "Entropy, (8,256,32000), forward", Map.of(Benchmark.BEST, 0.8), m -> {
                NDArray logits = logits(m);
                return () -> Entropy.fromLogits(logits);
            }),
            new Benchmark("entropy_backward", "Entropy, with backward", Map.of(Benchmark.BEST, 1.0), m -> {
                NDArray logits = logits(m);
                NDArray cotangent = cotangent(m);
                Supplier<NDArray> work =
                        () -> Entropy.fromLogitsWithGradient(logits, cotangent).value();
                return work;
            }));

    private VocabularyWork() {}

    private static NDArray logits(NDManager m) {
        return Numbers.draw(m, 1, -5, 5, ROWS, TOKENS, VOCABULARY);
    }

    private static NDArray cotangent(NDManager m) {
        return Numbers.draw(m, 2, -1, 1, ROWS, TOKENS);
    }

    private static NDArray labels(NDManager m) {
        long[] labels = new long[ROWS * TOKENS];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i * 31L % VOCABULARY;
        }
        return Tensors.create(m, labels, ROWS, TOKENS);
    }
}
