package org.rewardlab.lab.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Samples from the geometric mixture of two models: the next token has a probability in proportion to {@code p^(1-w) q^w}.
 *
 * <p>It is the opponent of Nash mirror descent (Munos et al. 2023, section 4). Every token reads its sequence from the
 * beginning under both models, which suits short responses; for one model {@link Sampler} is faster.
 */
public final class MixtureSampler {

    private static final Script NEXT = Script.of("""
            def next(self, a: Tensor, b: Tensor, last: Tensor, u: Tensor, weight: float, temperature: float) -> List[Tensor]:
              at = torch.expand(torch.unsqueeze(torch.unsqueeze(last, 1), 2), [-1, 1, torch.size(a, 2)])
              p = torch.log_softmax(torch.squeeze(torch.gather(a, 1, at), 1), -1)
              q = torch.log_softmax(torch.squeeze(torch.gather(b, 1, at), 1), -1)
              logp = torch.log_softmax(torch.div(torch.add(torch.mul(p, 1. - weight), torch.mul(q, weight)), temperature), -1)
              mass = torch.exp(logp)
              cumulative = torch.cumsum(mass, -1)
              end = torch.size(mass, 1) - 1
              below = torch.le(cumulative, torch.mul(torch.unsqueeze(u, 1), torch.narrow(cumulative, 1, end, 1)))
              token = torch.clamp_max(torch.sum(below, [1], True), end)
              entropy = torch.sum(torch.special_entr(mass), [1])
              return [torch.squeeze(token, 1), torch.squeeze(torch.gather(logp, 1, token), 1), entropy]
            """);

    private MixtureSampler() {}

    /**
     * One completion for each prompt.
     *
     * @param first model p
     * @param second model q, with the same vocabulary
     * @param weight w of the second, in [0, 1]: 0 is the first alone, 1 the second
     * @param prompts token ids, each of at least one token
     * @param sampling longest completion, temperature above 0, stop tokens; filters and penalties are refused
     * @param seed the same seed gives the same completions
     */
    public static List<Completion> sample(
            CausalLm first, CausalLm second, double weight, List<int[]> prompts, Sampling sampling, long seed) {
        Check.within("weight", weight, 0, 1);
        Check.positive("temperature", sampling.temperature());
        if (sampling.topK() > 0 || sampling.topP() < 1 || sampling.minP() > 0 || sampling.repetitionPenalty() != 1) {
            throw Check.failure("sampling", "no filter and no penalty", sampling);
        }
        List<Row> rows = new ArrayList<>();
        RandomGenerator seeds = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int[] prompt : prompts) {
            Check.atLeast("prompt", prompt.length, 1);
            rows.add(new Row(
                    prompt, RandomGeneratorFactory.of("L64X128MixRandom").create(seeds.nextLong())));
        }
        for (int i = 0; i < sampling.maxNewTokens() && rows.stream().anyMatch(row -> !row.stopped); i++) {
            if (Thread.interrupted()) {
                throw new SamplingInterrupted(i);
            }
            step(first, second, weight, rows, sampling);
        }
        return rows.stream().map(Row::completion).toList();
    }

    private static void step(CausalLm first, CausalLm second, double weight, List<Row> rows, Sampling sampling) {
        int width = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        long[] ids = new long[rows.size() * width];
        long[] last = new long[rows.size()];
        double[] uniform = new double[rows.size()];
        for (int b = 0; b < last.length; b++) {
            Row row = rows.get(b);
            for (int t = 0; t < width; t++) {
                ids[b * width + t] = t < row.length ? row.ids[t] : sampling.padToken();
            }
            last[b] = row.length - 1L;
            uniform[b] = row.random.nextDouble();
        }
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open();
                GradientMode mode = GradientMode.paused()) {
            NDArray all = Tensors.create(manager, ids, last.length, width);
            NDArray[] next = NEXT.callMany(
                    first.logits(all),
                    second.logits(all),
                    Tensors.create(manager, last, last.length),
                    Tensors.create(manager, uniform, first.dataType(), last.length),
                    weight,
                    sampling.temperature());
            double[] tokens = Tensors.toDoubles(next[0]);
            double[] logps = Tensors.toDoubles(next[1]);
            double[] entropies = Tensors.toDoubles(next[2]);
            for (int b = 0; b < last.length; b++) {
                rows.get(b).add((int) tokens[b], logps[b], entropies[b], sampling);
            }
        }
    }

    /** A completion in the making. */
    private static final class Row {
        private final int[] prompt;
        private final RandomGenerator random;
        private final List<Double> logps = new ArrayList<>();
        private final List<Double> entropies = new ArrayList<>();
        private int[] ids;
        private int length;
        private boolean stopped;

        Row(int[] prompt, RandomGenerator random) {
            this.prompt = prompt;
            this.random = random;
            this.ids = prompt.clone();
            this.length = prompt.length;
        }

        void add(int token, double logp, double entropy, Sampling sampling) {
            if (stopped) {
                return;
            }
            if (length == ids.length) {
                ids = Arrays.copyOf(ids, 2 * length);
            }
            ids[length++] = token;
            logps.add(logp);
            entropies.add(entropy);
            stopped = sampling.stopTokens().contains(token);
        }

        Completion completion() {
            return new Completion(
                    prompt,
                    Arrays.copyOfRange(ids, prompt.length, length),
                    logps.stream().mapToDouble(Double::doubleValue).toArray(),
                    entropies.stream().mapToDouble(Double::doubleValue).toArray(),
                    stopped);
        }
    }
}
