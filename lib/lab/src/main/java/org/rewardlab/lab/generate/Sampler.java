package org.rewardlab.lab.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.Decoder;
import org.rewardlab.tensor.Check;

/**
 * Samples completions in batches of prompts of any lengths.
 *
 * <p>Each row draws from a stream of its own, split from the seed, so that what one prompt gets does not depend on how long
 * the others take. Between chunks of tokens an interrupt is noticed.
 */
public final class Sampler {

    private static final int CHUNK = 32;

    private Sampler() {}

    /**
     * One completion for each prompt.
     *
     * @param model what is sampled from; its gradients are left alone
     * @param prompts token ids, each of at least one token
     * @param sampling how tokens are drawn
     * @param seed the same seed gives the same completions
     * @throws IllegalArgumentException for no prompt, an empty one, ids outside the vocabulary, or a prompt that leaves no
     *     room for a completion
     */
    public static List<Completion> sample(CausalLm model, List<int[]> prompts, Sampling sampling, long seed) {
        if (prompts.isEmpty()) {
            throw Check.failure("prompts", "at least one prompt", "none");
        }
        List<Row> rows = new ArrayList<>();
        long stream = seed;
        for (int[] prompt : prompts) {
            stream =
                    RandomGeneratorFactory.of("SplittableRandom").create(stream).nextLong();
            rows.add(new Row(
                    prompt, RandomGeneratorFactory.of("L64X128MixRandom").create(stream)));
        }
        try (Decoder decoder = Decoder.start(model, prompts, sampling.maxNewTokens())) {
            int left = sampling.maxNewTokens();
            while (left > 0 && !decoder.isDone()) {
                if (Thread.interrupted()) {
                    throw new SamplingInterrupted(sampling.maxNewTokens() - left);
                }
                int steps = Math.min(CHUNK, left);
                double[][] uniform = new double[rows.size()][steps];
                for (int b = 0; b < uniform.length; b++) {
                    for (int i = 0; i < steps; i++) {
                        uniform[b][i] = rows.get(b).random.nextDouble();
                    }
                }
                collect(decoder.next(uniform, filters(sampling), sampling.stopTokens()), rows, sampling);
                left -= steps;
            }
        }
        return rows.stream().map(Row::completion).toList();
    }

    private static Decoder.Filters filters(Sampling s) {
        return new Decoder.Filters(s.temperature(), s.topK(), s.topP(), s.minP(), s.repetitionPenalty(), s.padToken());
    }

    private static void collect(Decoder.Drawn drawn, List<Row> rows, Sampling sampling) {
        for (int b = 0; b < rows.size(); b++) {
            Row row = rows.get(b);
            for (int i = 0; i < drawn.tokens()[b].length && !row.stopped; i++) {
                row.add(drawn.tokens()[b][i], drawn.logps()[b][i], drawn.entropies()[b][i]);
                row.stopped = sampling.stopTokens().contains(drawn.tokens()[b][i]);
            }
        }
    }

    /** A completion in the making. */
    private static final class Row {
        private final int[] prompt;
        private final RandomGenerator random;
        private int[] tokens = new int[CHUNK];
        private double[] logps = new double[CHUNK];
        private double[] entropies = new double[CHUNK];
        private int length;
        private boolean stopped;

        Row(int[] prompt, RandomGenerator random) {
            this.prompt = prompt;
            this.random = random;
        }

        void add(int token, double logp, double entropy) {
            if (length == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * length);
                logps = Arrays.copyOf(logps, 2 * length);
                entropies = Arrays.copyOf(entropies, 2 * length);
            }
            tokens[length] = token;
            logps[length] = logp;
            entropies[length++] = entropy;
        }

        Completion completion() {
            return new Completion(
                    prompt,
                    Arrays.copyOf(tokens, length),
                    Arrays.copyOf(logps, length),
                    Arrays.copyOf(entropies, length),
                    stopped);
        }
    }
}
