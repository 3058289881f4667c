package org.rewardlab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;

/** Log-probabilities and entropies of next-token distributions. */
class VocabularyTest {

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "2,3,7,0.7", "2,4,30,2.5"})
    void atATemperatureLogitsAreDivided(int rows, int tokens, int vocabulary, double temp) {
        try (Draws draw = new Draws(4)) {
            NDArray logits = draw.normal(3, new long[] {rows, tokens, vocabulary});
            NDArray divided = logits.div(temp);
            double[] z = Tensors.toDoubles(divided);
            double[] squares = new double[rows * tokens];
            for (int i = 0; i < squares.length; i++) {
                for (double lp : logSoftmax(z, i * vocabulary, vocabulary, 1)) {
                    squares[i] += Math.exp(2 * lp);
                }
            }
            assertThat(Tensors.toDoubles(Entropy.collision(logits, temp))).containsExactly(squares, within(1e-12));
            LiveArrays.assertOneLeft(draw.manager(), () -> Entropy.collision(logits, temp));
            assertThat(Tensors.toDoubles(Entropy.fromLogits(logits, temp)))
                    .containsExactly(Tensors.toDoubles(Entropy.fromLogits(divided)), within(1e-12));
            NDArray leaf = Gradients.leaf(logits);
            NDArray sum = Gradients.record(() -> Entropy.fromLogits(leaf, temp).sum());
            Gradients.backward(sum);
            NDArray ones = draw.of(new double[rows * tokens], rows, tokens).add(1);
            double[] expected = Tensors.toDoubles(
                    Entropy.fromLogitsWithGradient(divided, ones).gradient().div(temp));
            assertThat(Tensors.toDoubles(Gradients.of(leaf))).containsExactly(expected, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "1,1,2,0.7", "3,5,7,1", "2,4,300000,2.5"})
    void logProbsEntropiesAndTheirGradientsAreThoseOfThePlainLoops(int rows, int tokens, int vocabulary, double temp) {
        try (Draws draw = new Draws(3)) {
            NDArray logits = draw.normal(3, new long[] {rows, tokens, vocabulary});
            NDArray labels = draw.ids(vocabulary, rows, tokens);
            NDArray cotangent = draw.normal(rows, tokens);
            double[] z = Tensors.toDoubles(logits);
            double[] ids = Tensors.toDoubles(labels);
            double[] c = Tensors.toDoubles(cotangent);
            double[] logps = new double[ids.length];
            double[] entropies = new double[ids.length];
            double[] slopes = new double[z.length];
            double[] entropySlopes = new double[z.length];
            for (int i = 0; i < ids.length; i++) {
                double[] logp = logSoftmax(z, i * vocabulary, vocabulary, temp);
                double[] plain = logSoftmax(z, i * vocabulary, vocabulary, 1);
                logps[i] = logp[(int) ids[i]];
                for (double lp : plain) {
                    entropies[i] -= Math.exp(lp) * lp;
                }
                for (int v = 0; v < vocabulary; v++) {
                    slopes[i * vocabulary + v] = ((v == ids[i] ? 1 : 0) - Math.exp(logp[v])) / temp * c[i];
                    entropySlopes[i * vocabulary + v] = -Math.exp(plain[v]) * (plain[v] + entropies[i]) * c[i];
                }
            }
            ValueAndGradient closed = LogProbs.fromLogitsWithGradient(logits, labels, cotangent, temp);
            ValueAndGradient closedEntropy = Entropy.fromLogitsWithGradient(logits, cotangent);
            FiniteDifferences.assertClose("plain", Tensors.toDoubles(LogProbs.fromLogits(logits, labels, temp)), logps);
            FiniteDifferences.assertClose("closed", Tensors.toDoubles(closed.value()), logps);
            FiniteDifferences.assertClose("gradient", Tensors.toDoubles(closed.gradient()), slopes);
            FiniteDifferences.assertClose("entropy", Tensors.toDoubles(Entropy.fromLogits(logits)), entropies);
            FiniteDifferences.assertClose("entropy", Tensors.toDoubles(closedEntropy.value()), entropies);
            FiniteDifferences.assertClose("gradient", Tensors.toDoubles(closedEntropy.gradient()), entropySlopes);
            NDArray leaf = Gradients.leaf(logits);
            Gradients.backward(Gradients.record(() -> LogProbs.fromLogits(leaf, labels, temp)), cotangent);
            FiniteDifferences.assertClose("tape", Tensors.toDoubles(Gradients.of(leaf)), slopes);
            NDArray other = Gradients.leaf(logits);
            NDArray recorded = Gradients.record(() -> Entropy.fromLogits(other));
            Gradients.backward(recorded, cotangent);
            FiniteDifferences.assertClose("tape value", Tensors.toDoubles(recorded), entropies);
            FiniteDifferences.assertClose("tape", Tensors.toDoubles(Gradients.of(other)), entropySlopes);
        }
    }

    private static double[] logSoftmax(double[] z, int from, int n, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < n; v++) {
            max = Math.max(max, z[from + v] / temperature);
        }
        double sum = 0;
        for (int v = 0; v < n; v++) {
            sum += Math.exp(z[from + v] / temperature - max);
        }
        double[] logp = new double[n];
        for (int v = 0; v < n; v++) {
            logp[v] = z[from + v] / temperature - max - Math.log(sum);
        }
        return logp;
    }

    @Test
    void logitsOfAThousandAndForbiddenTokensGiveNumbers() {
        try (Draws draw = new Draws(1, DataType.FLOAT32)) {
            double forbidden = Double.NEGATIVE_INFINITY;
            NDArray logits = draw.of(new double[] {5000, -5000, forbidden, 2, 2, forbidden}, 1, 2, 3);
            NDArray labels = draw.ids(1, 1, 2);
            NDArray one = draw.of(new double[] {1, 1}, 1, 2);
            double half = Math.log(0.5);
            ValueAndGradient logps = LogProbs.fromLogitsWithGradient(logits, labels, one);
            ValueAndGradient entropy = Entropy.fromLogitsWithGradient(logits, one);
            assertThat(Tensors.toDoubles(logps.value())).containsExactly(new double[] {0, half}, within(1e-6));
            assertThat(Tensors.toDoubles(logps.gradient()))
                    .containsExactly(new double[] {0, 0, 0, 0.5, -0.5, 0}, within(1e-6));
            assertThat(Tensors.toDoubles(entropy.value())).containsExactly(new double[] {0, -half}, within(1e-6));
            assertThat(Tensors.toDoubles(entropy.gradient())).containsExactly(new double[6], within(1e-6));
            NDArray leaf = Gradients.leaf(logits);
            Gradients.backward(Gradients.record(() -> Entropy.fromLogits(leaf)), one);
            assertThat(Tensors.toDoubles(Gradients.of(leaf))).containsExactly(new double[6], within(1e-6));
            NDArray scored = Gradients.leaf(logits);
            Gradients.backward(Gradients.record(() -> LogProbs.fromLogits(scored, labels)), one);
            assertThat(Tensors.toDoubles(Gradients.of(scored)))
                    .containsExactly(new double[] {0, 0, 0, 0.5, -0.5, 0}, within(1e-6));
        }
    }

    @Test
    void sequencesScoreTheNextLabelAndReadNothingElse() {
        try (Draws draw = new Draws(5)) {
            NDArray logits = draw.normal(2, 4, 3);
            NDArray labels = Tensors.create(
                    draw.manager(), new double[] {2, -100, 1, -100, -100, -100, -100, 0}, DataType.INT64, 2, 4);
            double[] z = Tensors.toDoubles(logits);
            double[] expected = {logSoftmax(z, 3, 3, 1)[1], logSoftmax(z, 18, 3, 1)[0]};
            assertThat(Tensors.toDoubles(LogProbs.ofSequences(logits, labels, false)))
                    .containsExactly(expected, within(1e-12));
            assertThat(Tensors.toDoubles(LogProbs.ofSequences(logits, labels, true)))
                    .containsExactly(expected, within(1e-12));
            NDArray flags = draw.of(new double[] {0, 1, 0, 0, 0, 0, 1, 0}, 2, 4);
            NDArray wide = draw.of(repeated(Tensors.toDoubles(flags), 3), 2, 4, 3);
            NDArray broken = Gradients.leaf(draw.replacedOutside(logits, wide, Double.NaN));
            NDArray sums = Gradients.record(() -> LogProbs.ofSequences(broken, labels, false));
            assertThat(Tensors.toDoubles(sums)).containsExactly(expected, within(1e-12));
            Gradients.backward(sums, sums.onesLike());
            assertThat(Arrays.stream(Tensors.toDoubles(Gradients.of(broken)))).allMatch(Double::isFinite);
            FiniteDifferences.assertAgree("sum", x -> LogProbs.ofSequences(x, labels, false), logits);
            FiniteDifferences.assertAgree("mean", x -> LogProbs.ofSequences(x, labels, true), logits);
        }
    }

    private static double[] repeated(double[] flags, int times) {
        double[] wide = new double[flags.length * times];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = flags[i / times];
        }
        return wide;
    }

    @Test
    void aSequenceThatScoresNothingHasSumZeroAndNoMean() {
        try (Draws draw = new Draws(5)) {
            NDArray logits = draw.normal(2, 2, 3);
            NDArray labels = Tensors.create(draw.manager(), new double[] {-100, 1, 1, -100}, DataType.INT64, 2, 2);
            assertThat(Tensors.toDoubles(LogProbs.ofSequences(logits, labels, false))[1])
                    .isZero();
            assertThatThrownBy(() -> LogProbs.ofSequences(logits, labels, true)).hasMessageStartingWith("labels: ");
            NDArray outside = Tensors.create(draw.manager(), new double[] {3, 1, 1, 0}, DataType.INT64, 2, 2);
            assertThatThrownBy(() -> LogProbs.ofSequences(logits, outside, false))
                    .hasMessage("labels: expected token ids in [0, 3), got 3");
            assertThatThrownBy(() -> LogProbs.ofSequences(logits, draw.ids(3, 2, 3), false))
                    .hasMessageStartingWith("labels: ");
            assertThatThrownBy(() -> LogProbs.fromLogits(logits, draw.ids(3, 2, 2), 0))
                    .hasMessageStartingWith("temperature: ");
            assertThatThrownBy(() -> LogProbs.fromLogitsWithGradient(logits, draw.ids(3, 2, 2), draw.normal(2)))
                    .hasMessageStartingWith("cotangent: ");
            assertThatThrownBy(() -> Entropy.fromLogitsWithGradient(logits, draw.normal(2, 3)))
                    .hasMessageStartingWith("cotangent: ");
        }
    }

    @Test
    void highEntropyTokensAreThoseAtOrAboveTheQuantileOfTheCountedOnes() {
        try (Draws draw = new Draws(2)) {
            double nan = Double.NaN;
            NDArray entropies = draw.matrix(new double[][] {{1, 2, 3, nan}, {4, 5, 9, nan}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 0}, {1, 1, 0, 0}});
            assertThat(Tensors.toDoubles(Entropy.highest(entropies, mask, 0.75)))
                    .containsExactly(0, 0, 0, 0, 1, 1, 0, 0);
            assertThat(Tensors.toDoubles(Entropy.highest(entropies, mask, 1))).containsExactly(0, 0, 0, 0, 0, 1, 0, 0);
            assertThat(Tensors.toDoubles(Entropy.highest(entropies, mask, 0))).containsExactly(1, 1, 1, 0, 1, 1, 0, 0);
            assertThat(Tensors.toDoubles(Entropy.highest(entropies, mask.zerosLike(), 0.5)))
                    .containsOnly(0);
            assertThatThrownBy(() -> Entropy.highest(entropies, mask, 1.1)).hasMessageStartingWith("threshold: ");
            assertThatThrownBy(() -> Entropy.highest(entropies, mask.onesLike(), 0.5))
                    .hasMessageStartingWith("entropies: ");
        }
    }

    @Test
    void masksEndWithTheFirstEndToken() {
        try (Draws draw = new Draws(2)) {
            NDArray ids = Tensors.create(draw.manager(), new double[] {5, 7, 7, 7, 5, 5}, DataType.INT64, 2, 3);
            assertThat(Tensors.toDoubles(ResponseMask.untilEnd(ids, 7))).containsExactly(1, 1, 0, 1, 0, 0);
            assertThat(Tensors.toDoubles(ResponseMask.untilEnd(ids, 9, 5))).containsExactly(1, 0, 0, 1, 1, 0);
            assertThatThrownBy(() -> ResponseMask.untilEnd(ids)).hasMessageStartingWith("endIds: ");
            assertThatThrownBy(() -> ResponseMask.untilEnd(draw.normal(2, 2), 1))
                    .hasMessageStartingWith("responseIds: ");
            LiveArrays.assertOneLeft(draw.manager(), () -> ResponseMask.untilEnd(ids, 7));
        }
    }

    @Test
    void deviationsLeaveOutWhatIsMissing() {
        assertThat(NanMoments.std(1, Double.NaN, 3)).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(NanMoments.std(0.1, 0.1, 0.1)).isZero();
        assertThat(NanMoments.std(1, Double.NaN)).isNaN();
        assertThat(NanMoments.mean(Double.NaN, 0.1, 0.1, 0.1)).isEqualTo(0.1);
        assertThat(NanMoments.mean(Double.NaN)).isNaN();
        try (Draws draw = new Draws(2)) {
            assertThatThrownBy(() -> NanMoments.std(draw.vector())).hasMessageStartingWith("values: ");
        }
    }

    @Test
    void nothingIsLeftOverButResults() {
        try (Draws draw = new Draws(9)) {
            NDArray logits = draw.normal(2, 3, 5);
            NDArray labels = draw.ids(5, 2, 3);
            NDArray cotangent = draw.normal(2, 3);
            NDArray mask = draw.mask(2, 3);
            LiveArrays.assertOneLeft(draw.manager(), () -> LogProbs.fromLogits(logits, labels, 0.5));
            LiveArrays.assertOneLeft(draw.manager(), () -> LogProbs.ofSequences(logits, labels, true));
            LiveArrays.assertOneLeft(draw.manager(), () -> Entropy.fromLogits(logits));
            LiveArrays.assertOneLeft(draw.manager(), () -> Entropy.highest(cotangent, mask, 0.5));
            LiveArrays.assertOneLeft(draw.manager(), () -> NanMoments.std(cotangent));
            LiveArrays.assertOneLeft(draw.manager(), () -> Masked.zeroOutside(cotangent, mask));
            LiveArrays.assertOneLeft(
                    draw.manager(), () -> Aggregation.tokenMean().weights(mask, cotangent));
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                ValueAndGradient both = LogProbs.fromLogitsWithGradient(logits, labels, cotangent);
                return List.of(both.value(), both.gradient());
            });
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                ValueAndGradient both = Entropy.fromLogitsWithGradient(logits, cotangent);
                return List.of(both.value(), both.gradient());
            });
        }
    }
}
