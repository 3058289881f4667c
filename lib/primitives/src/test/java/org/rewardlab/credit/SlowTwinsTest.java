package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.FiniteDifferences.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;

/** Each scan against its definition as a sum, and the form for a GPU against the one for a CPU. */
class SlowTwinsTest {

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "1,2,0.9,0.5", "3,7,1,0.95", "4,16,0.99,1", "5,33,0,0.9", "2,9,0.7,0"})
    void gaeIsTheDiscountedSumOfErrorsOverCountedTokens(int rows, int tokens, double gamma, double lambda) {
        try (Draws draw = new Draws(rows * 100L + tokens)) {
            NDArray mask = draw.raggedMask(rows, tokens);
            Rollouts rollouts = Drawn.dense(draw, mask);
            double[][] r = Tensors.toRows(rollouts.rewards());
            double[][] v = Tensors.toRows(Objects.requireNonNull(rollouts.values()));
            double[][] m = Tensors.toRows(mask);
            Advantages skip = new Gae(gamma, lambda).estimate(rollouts);
            double[][] advantages = Tensors.toRows(skip.advantages());
            double[][] returns = Tensors.toRows(skip.requireReturns());
            for (int b = 0; b < rows; b++) {
                List<Integer> counted = new ArrayList<>();
                for (int t = 0; t < tokens; t++) {
                    if (m[b][t] != 0) {
                        counted.add(t);
                    }
                }
                for (int i = 0; i < counted.size(); i++) {
                    double sum = 0;
                    for (int j = i; j < counted.size(); j++) {
                        double next = j + 1 < counted.size() ? v[b][counted.get(j + 1)] : 0;
                        double delta = r[b][counted.get(j)] + gamma * next - v[b][counted.get(j)];
                        sum += Math.pow(gamma * lambda, j - i) * delta;
                    }
                    int t = counted.get(i);
                    assertThat(advantages[b][t]).isCloseTo(sum, within(1e-10));
                    assertThat(returns[b][t]).isCloseTo(sum + v[b][t], within(1e-10));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,0.9", "3,7,1", "5,33,0", "4,16,0.95"})
    void returnsAreDiscountedSumsOfWhatIsToCome(int rows, int tokens, double gamma) {
        try (Draws draw = new Draws(rows * 100L + tokens)) {
            NDArray mask = draw.raggedMask(rows, tokens);
            NDArray rewards = draw.normal(rows, tokens);
            double[][] r = Tensors.toRows(rewards);
            double[][] m = Tensors.toRows(mask);
            double[][] returns = Tensors.toRows(Returns.discounted(rewards, mask, gamma));
            double[][] plusPlus = tokens * rows == 1
                    ? r
                    : Tensors.toRows(new ReinforcePlusPlus(gamma)
                            .estimate(Rollouts.of(rewards, mask))
                            .requireReturns());
            for (int b = 0; b < rows; b++) {
                for (int t = 0; t < tokens; t++) {
                    double sum = 0;
                    for (int i = t; i < tokens; i++) {
                        sum += Math.pow(gamma, i - t) * r[b][i] * m[b][i];
                    }
                    assertThat(returns[b][t]).isCloseTo(sum, within(1e-10));
                    double unbroken = r[b][t];
                    for (int i = t + 1; i < tokens && m[b][i] != 0; i++) {
                        unbroken += Math.pow(gamma, i - t) * r[b][i];
                    }
                    assertThat(plusPlus[b][t]).isCloseTo(unbroken, within(1e-10));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,0.9", "3,7,1", "5,33,0.7", "4,16,0"})
    void miniLlmIsTheNormalizedSumOfLogRatiosToCome(int rows, int tokens, double gamma) {
        try (Draws draw = new Draws(rows * 100L + tokens)) {
            NDArray mask = draw.raggedMask(rows, tokens);
            Rollouts rollouts = Drawn.dense(draw, mask);
            double[][] s = Tensors.toRows(Objects.requireNonNull(rollouts.logps()));
            double[][] q = Tensors.toRows(Objects.requireNonNull(rollouts.refLogps()));
            double[][] m = Tensors.toRows(mask);
            double[][] normalized =
                    Tensors.toRows(new MiniLlm(gamma, true).estimate(rollouts).advantages());
            double[][] plain =
                    Tensors.toRows(new MiniLlm(gamma, false).estimate(rollouts).advantages());
            for (int b = 0; b < rows; b++) {
                for (int t = 0; t < tokens; t++) {
                    double sum = 0;
                    double length = 0;
                    for (int i = t; i < (gamma == 0 ? t + 1 : tokens); i++) {
                        double weight = gamma == 0 ? 1 : Math.pow(gamma, i);
                        sum += weight * (q[b][i] - s[b][i]) * m[b][i];
                        length += weight * (m[b][i] == 0 ? 1e-4 : 1);
                    }
                    assertThat(plain[b][t]).isCloseTo(sum, within(1e-10));
                    assertThat(normalized[b][t]).isCloseTo(gamma == 0 ? sum : sum / length, within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4,7", "6,16"})
    void theOptimalBaselineIsTheEnergyWeightedMeanReturnOfAPosition(int rows, int tokens) {
        try (Draws draw = new Draws(rows * 100L + tokens)) {
            NDArray mask = draw.raggedMask(rows, tokens);
            Rollouts rollouts = Drawn.dense(draw, mask);
            double[][] r = Tensors.toRows(Returns.toGo(rollouts.rewards(), mask));
            double[][] p = Tensors.toRows(Objects.requireNonNull(rollouts.oldLogps()));
            double[][] q = Tensors.toRows(Objects.requireNonNull(rollouts.squaredProbabilities()));
            double[][] u = Tensors.toRows(Objects.requireNonNull(rollouts.isWeights()));
            double[][] m = Tensors.toRows(mask);
            double[] ids = Tensors.toDoubles(Objects.requireNonNull(rollouts.groups()));
            double[][] advantages = Tensors.toRows(
                    new OptimalTokenBaseline(false, 0.01).estimate(rollouts).advantages());
            for (int b = 0; b < rows; b++) {
                for (int t = 0; t < tokens; t++) {
                    double above = 0;
                    double below = 0;
                    int members = 0;
                    for (int i = 0; i < rows; i++) {
                        if (ids[i] != ids[b]) {
                            continue;
                        }
                        members++;
                        double energy = 0;
                        for (int k = 0; k <= t; k++) {
                            double w = (1 - 2 * Math.exp(p[i][k]) + q[i][k]) * u[i][k] * u[i][k];
                            energy += w * m[i][k];
                        }
                        above += r[i][t] * energy * m[i][t];
                        below += energy * m[i][t];
                    }
                    double baseline = members == 1 ? 0 : above / (below + 0.01);
                    assertThat(advantages[b][t]).isCloseTo((r[b][t] - baseline) * m[b][t], within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "3,17", "5,64"})
    void theFormForAGpuGivesWhatTheLoopGives(int rows, int tokens) {
        try (Draws draw = new Draws(rows * 7L + tokens)) {
            NDArray mask = tokens == 1 ? draw.mask(rows, tokens) : draw.raggedMask(rows, tokens);
            Rollouts rollouts = Drawn.dense(draw, mask);
            NDArray values = Objects.requireNonNull(rollouts.values());
            NDArray student = Objects.requireNonNull(rollouts.logps());
            NDArray teacher = Objects.requireNonNull(rollouts.refLogps());
            for (Gae.MaskMode mode : Gae.MaskMode.values()) {
                Gae gae = new Gae(0.97, 0.9, mode, false);
                assertSame(gae.estimate(rollouts, values, true), gae.estimate(rollouts, values, false));
            }
            if (tokens > 1) {
                ReinforcePlusPlus plusPlus = new ReinforcePlusPlus(0.9);
                assertSame(plusPlus.estimate(rollouts, true), plusPlus.estimate(rollouts, false));
            }
            for (boolean tail : new boolean[] {true, false}) {
                OptimalTokenBaseline baseline = new OptimalTokenBaseline(tail, 1e-8);
                assertSame(baseline.estimate(rollouts, true), baseline.estimate(rollouts, false));
            }
            for (MiniLlm llm : List.of(new MiniLlm(), new MiniLlm(0.9, true), new MiniLlm(0.9, false))) {
                assertSame(llm.estimate(student, teacher, mask, true), llm.estimate(student, teacher, mask, false));
            }
            assertClose(
                    "returns",
                    Tensors.toDoubles(Returns.discounted(rollouts.rewards(), mask, 0.9, true)),
                    Tensors.toDoubles(Returns.discounted(rollouts.rewards(), mask, 0.9, false)));
            NDArray dones = draw.flags(rows, tokens);
            Episodes episodes =
                    new Episodes(rollouts.rewards(), values, dones, draw.normal(tokens), draw.flags(tokens));
            EpisodicGae episodic = new EpisodicGae();
            assertSame(episodic.estimate(episodes, true), episodic.estimate(episodes, false));
        }
    }

    private static void assertSame(Advantages actual, Advantages expected) {
        assertClose("advantages", Tensors.toDoubles(actual.advantages()), Tensors.toDoubles(expected.advantages()));
        if (expected.returns() != null) {
            assertClose(
                    "returns",
                    Tensors.toDoubles(actual.requireReturns()),
                    Tensors.toDoubles(expected.requireReturns()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "6,2", "20,3"})
    void episodicGaeIsGaeWithinEachEpisode(int steps, int environments) {
        try (Draws draw = new Draws(steps)) {
            NDArray dones = draw.flags(steps, environments);
            NDArray rewards = draw.normal(steps, environments);
            NDArray values = draw.normal(steps, environments);
            NDArray nextValue = draw.normal(environments);
            NDArray nextDone = draw.flags(environments);
            double[][] r = Tensors.toRows(rewards);
            double[][] v = Tensors.toRows(values);
            double[][] d = Tensors.toRows(dones);
            double[] lastValue = Tensors.toDoubles(nextValue);
            double[] lastDone = Tensors.toDoubles(nextDone);
            Advantages result =
                    new EpisodicGae(0.9, 0.8).estimate(new Episodes(rewards, values, dones, nextValue, nextDone));
            double[][] advantages = Tensors.toRows(result.advantages());
            for (int n = 0; n < environments; n++) {
                for (int t = 0; t < steps; t++) {
                    double sum = 0;
                    double weight = 1;
                    boolean alive = true;
                    for (int k = t; k < steps && alive; k++) {
                        alive = (k + 1 < steps ? d[k + 1][n] : lastDone[n]) == 0;
                        double next = alive ? (k + 1 < steps ? v[k + 1][n] : lastValue[n]) : 0;
                        sum += weight * (r[k][n] + 0.9 * next - v[k][n]);
                        weight *= 0.9 * 0.8;
                    }
                    assertThat(advantages[t][n]).isCloseTo(sum, within(1e-10));
                    assertThat(Tensors.toRows(result.requireReturns())[t][n]).isCloseTo(sum + v[t][n], within(1e-10));
                }
            }
        }
    }
}
