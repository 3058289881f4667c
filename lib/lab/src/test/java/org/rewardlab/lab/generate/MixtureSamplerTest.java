package org.rewardlab.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

class MixtureSamplerTest {

    private static CausalLm one;
    private static CausalLm two;

    @BeforeAll
    static void makeTwoModelsWithOpinions() {
        one = loud(5);
        two = loud(6);
    }

    private static CausalLm loud(long seed) {
        CausalLm model = CausalLm.create(TransformerConfig.of(7, 16, 1, 2, 40), seed);
        try (GradientMode mode = GradientMode.paused()) {
            Script.of("""
                            def louder(self, x: Tensor) -> Tensor:
                              return torch.mul_(x, 12.)
                            """).call(model.weight("model.embed_tokens.weight"));
        }
        return model;
    }

    @AfterAll
    static void close() {
        one.close();
        two.close();
    }

    private static double[] logps(CausalLm model, int[] prompt) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientMode mode = GradientMode.paused()) {
            long[] ids = Arrays.stream(prompt).asLongStream().toArray();
            double[] z = Tensors.toRows(
                    model.logits(Tensors.create(manager, ids, 1, ids.length)).reshape(ids.length, 7))[ids.length - 1];
            return normalized(z);
        }
    }

    private static double[] normalized(double[] z) {
        double total = Math.log(Arrays.stream(z).map(Math::exp).sum());
        return Arrays.stream(z).map(each -> each - total).toArray();
    }

    /** The mixture by its definition. */
    private static double[] mixed(int[] prompt, double weight, double temperature) {
        double[] p = logps(one, prompt);
        double[] q = logps(two, prompt);
        double[] z = new double[7];
        Arrays.setAll(z, v -> ((1 - weight) * p[v] + weight * q[v]) / temperature);
        return normalized(z);
    }

    @Test
    void logProbsAndEntropiesAreThoseOfTheGeometricMixture() {
        List<int[]> prompts = List.of(new int[] {3}, new int[] {4, 2, 5});
        List<Completion> drawn =
                MixtureSampler.sample(one, two, 0.3, prompts, Sampling.of(12).temperature(0.8), 1);
        for (Completion completion : drawn) {
            assertThat(completion.length()).isEqualTo(12);
            int[] all = completion.sequence();
            for (int i = 0; i < 12; i++) {
                double[] logp = mixed(Arrays.copyOf(all, completion.prompt().length + i), 0.3, 0.8);
                assertThat(completion.logps()[i]).isCloseTo(logp[completion.tokens()[i]], within(1e-4));
                double entropy = -Arrays.stream(logp).map(x -> x * Math.exp(x)).sum();
                assertThat(completion.entropies()[i]).isCloseTo(entropy, within(1e-4));
            }
        }
    }

    @Test
    void frequenciesAreProbabilitiesAndTheEndsAreTheModelsThemselves() {
        int n = 3000;
        for (double weight : new double[] {0, 0.5, 1}) {
            double[] p = mixed(new int[] {4, 2}, weight, 1);
            int[] counts = new int[7];
            MixtureSampler.sample(one, two, weight, Collections.nCopies(n, new int[] {4, 2}), Sampling.of(1), 2)
                    .forEach(completion -> counts[completion.tokens()[0]]++);
            for (int v = 0; v < 7; v++) {
                double share = Math.exp(p[v]);
                assertThat((double) counts[v] / n)
                        .isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / n) + 1e-9));
            }
        }
    }

    @Test
    void completionsEndAtStopTokensAndSeedsFixThem() {
        List<int[]> prompts = Collections.nCopies(20, new int[] {1, 2});
        Sampling sampling = Sampling.of(25).stopAt(5);
        List<Completion> drawn = MixtureSampler.sample(one, two, 0.5, prompts, sampling, 3);
        assertThat(drawn).anyMatch(Completion::stopped);
        for (Completion completion : drawn) {
            int last = completion.tokens()[completion.length() - 1];
            assertThat(last == 5).isEqualTo(completion.stopped());
            assertThat(Arrays.stream(completion.tokens(), 0, completion.length() - 1))
                    .doesNotContain(5);
        }
        List<Completion> again = MixtureSampler.sample(one, two, 0.5, prompts, sampling, 3);
        for (int i = 0; i < 20; i++) {
            assertThat(again.get(i).tokens()).isEqualTo(drawn.get(i).tokens());
        }
    }

    @Test
    void filtersAndBadWeightsAreRefused() {
        List<int[]> prompts = List.of(new int[] {1});
        assertThatThrownBy(() -> MixtureSampler.sample(
                        one, two, 0.5, prompts, Sampling.of(1).topK(2), 1))
                .hasMessageStartingWith("sampling: expected no filter");
        assertThatThrownBy(() -> MixtureSampler.sample(one, two, 1.5, prompts, Sampling.of(1), 1))
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> MixtureSampler.sample(one, two, 0.5, prompts, Sampling.greedy(1), 1))
                .hasMessageContaining("temperature");
    }
}
