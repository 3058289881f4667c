package org.rewardlab.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.LoraConfig;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

class SamplerTest {

    private static final List<int[]> PROMPTS = List.of(new int[] {1}, new int[] {4, 2, 9}, new int[] {3, 3, 3, 3, 7});

    private static CausalLm model;

    @BeforeAll
    static void makeAModelWithOpinions() {
        model = CausalLm.create(TransformerConfig.of(11, 16, 2, 4, 90).withKvHeads(2), 5);
        Script louder = Script.of("""
                def louder(self, x: Tensor) -> Tensor:
                  return torch.mul_(x, 12.)
                """);
        try (GradientMode mode = GradientMode.paused()) {
            louder.call(model.weight("model.embed_tokens.weight"));
        }
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void logProbsAndEntropiesAreThoseOfAFreshForwardPass() {
        List<Completion> completions =
                Sampler.sample(model, PROMPTS, Sampling.of(70).temperature(0.7), 3);
        for (Completion completion : completions) {
            assertThat(completion.length()).isEqualTo(70);
            double[] fresh = logps(completion.sequence(), 0.7);
            double[] entropies = entropies(completion.sequence(), 0.7);
            int at = completion.prompt().length - 1;
            for (int i = 0; i < completion.length(); i++) {
                assertThat(completion.logps()[i]).isCloseTo(fresh[at + i], within(1e-4));
                assertThat(completion.entropies()[i]).isCloseTo(entropies[at + i], within(1e-4));
            }
        }
    }

    @Test
    void aCompletionEndsWithItsStopToken() {
        List<Completion> completions = Sampler.sample(
                model,
                Collections.nCopies(40, new int[] {1, 2}),
                Sampling.of(60).stopAt(5, 6),
                1);
        assertThat(completions).anyMatch(Completion::stopped);
        for (Completion completion : completions) {
            for (int i = 0; i < completion.length(); i++) {
                boolean stop = completion.tokens()[i] == 5 || completion.tokens()[i] == 6;
                assertThat(stop).isEqualTo(completion.stopped() && i == completion.length() - 1);
            }
        }
    }

    @Test
    void aSeedFixesWhatIsDrawnAndOtherRowsDoNotMatter() {
        Sampling sampling = Sampling.of(20).stopAt(8);
        int[][] batch = tokens(Sampler.sample(model, PROMPTS, sampling, 11));
        assertThat(tokens(Sampler.sample(model, PROMPTS, sampling, 11))).isDeepEqualTo(batch);
        assertThat(tokens(Sampler.sample(model, PROMPTS, sampling, 12))).isNotEqualTo(batch);
        assertThat(tokens(Sampler.sample(model, PROMPTS.subList(0, 1), sampling, 11))[0])
                .isEqualTo(batch[0]);
    }

    @Test
    void frequenciesAreProbabilities() {
        int n = 4000;
        double[] p = distribution(new int[] {4, 2}, 0.5);
        int[] counts = count(Sampler.sample(
                model, Collections.nCopies(n, new int[] {4, 2}), Sampling.of(1).temperature(0.5), 2));
        for (int v = 0; v < p.length; v++) {
            double deviation = Math.sqrt(p[v] * (1 - p[v]) / n);
            assertThat((double) counts[v] / n).isCloseTo(p[v], within(5 * deviation + 1e-9));
        }
    }

    @Test
    void filtersKeepTheLikeliestTokens() {
        double[] p = distribution(new int[] {4, 2}, 1);
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(p[b], p[a]));
        List<int[]> prompts = Collections.nCopies(600, new int[] {4, 2});
        assertThat(drawn(Sampler.sample(model, prompts, Sampling.of(1).topK(3), 1)))
                .containsExactlyInAnyOrder(order[0], order[1], order[2]);
        double mass = p[order[0]] + p[order[1]] / 2;
        assertThat(drawn(Sampler.sample(model, prompts, Sampling.of(1).topP(mass), 1)))
                .containsExactlyInAnyOrder(order[0], order[1]);
        double share = (p[order[1]] + p[order[2]]) / 2 / p[order[0]];
        assertThat(drawn(Sampler.sample(model, prompts, Sampling.of(1).minP(share), 1)))
                .containsExactlyInAnyOrder(order[0], order[1]);
        assertThat(drawn(Sampler.sample(model, prompts, Sampling.greedy(1), 1))).containsExactly(order[0]);
        assertThat(drawn(Sampler.sample(model, prompts, Sampling.greedy(1).repetitionPenalty(1e9), 1)))
                .doesNotContain(4, 2);
    }

    @Test
    void adaptersAreSampledFrom() {
        try (CausalLm adapted = model.copy().withLora(new LoraConfig(2), 1)) {
            assertThat(tokens(Sampler.sample(adapted, PROMPTS, Sampling.of(10), 4)))
                    .isDeepEqualTo(tokens(Sampler.sample(model, PROMPTS, Sampling.of(10), 4)));
        }
    }

    @Test
    void badPromptsAreRejected() {
        assertThatThrownBy(() -> Sampler.sample(model, List.of(), Sampling.of(1), 0))
                .hasMessage("prompts: expected at least one prompt, got none");
        assertThatThrownBy(() -> Sampler.sample(model, List.of(new int[] {11}), Sampling.of(1), 0))
                .hasMessage("prompts: expected token ids in [0, 11), got 11");
        assertThatThrownBy(() -> Sampler.sample(model, List.of(new int[] {1, 2}), Sampling.of(89), 0))
                .hasMessage("prompts: expected at most 1 tokens, to leave room for 89, got 2");
    }

    private static int[][] tokens(List<Completion> completions) {
        return completions.stream().map(Completion::tokens).toArray(int[][]::new);
    }

    private static int[] count(List<Completion> completions) {
        int[] counts = new int[11];
        completions.forEach(completion -> counts[completion.tokens()[0]]++);
        return counts;
    }

    private static List<Integer> drawn(List<Completion> completions) {
        List<Integer> drawn = new ArrayList<>();
        int[] counts = count(completions);
        for (int v = 0; v < counts.length; v++) {
            if (counts[v] > 0) {
                drawn.add(v);
            }
        }
        return drawn;
    }

    private static double[] distribution(int[] prompt, double temperature) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            NDArray logits = model.logits(ids(prompt, manager));
            double[] z = Tensors.toRows(logits.reshape(prompt.length, 11))[prompt.length - 1];
            double total = 0;
            for (int v = 0; v < z.length; v++) {
                z[v] = Math.exp(z[v] / temperature);
                total += z[v];
            }
            for (int v = 0; v < z.length; v++) {
                z[v] /= total;
            }
            return z;
        }
    }

    private static double[] logps(int[] sequence, double temperature) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            return Tensors.toDoubles(model.logps(ids(sequence, manager), temperature));
        }
    }

    private static double[] entropies(int[] sequence, double temperature) {
        double[] entropies = new double[sequence.length];
        for (int t = 0; t < sequence.length; t++) {
            for (double p : distribution(Arrays.copyOf(sequence, t + 1), temperature)) {
                entropies[t] -= p > 0 ? p * Math.log(p) : 0;
            }
        }
        return entropies;
    }

    private static NDArray ids(int[] sequence, NDManager manager) {
        return Tensors.create(manager, Arrays.stream(sequence).asLongStream().toArray(), 1, sequence.length);
    }
}
