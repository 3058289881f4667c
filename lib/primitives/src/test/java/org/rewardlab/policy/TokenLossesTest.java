package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.FiniteDifferences.assertAgree;
import static org.rewardlab.testing.FiniteDifferences.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.policy.Kl.Direction;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Value losses, supervised fine-tuning and distillation. */
class TokenLossesTest {

    static Stream<Aggregation> aggregations() {
        return Stream.of(
                Aggregation.tokenMean(),
                Aggregation.sequenceMeanTokenSum(),
                Aggregation.sequenceMeanTokenMean(),
                Aggregation.tokenSumOver(7),
                Aggregation.of(Aggregation.Mode.SEQ_MEAN_TOKEN_SUM_NORM),
                new Aggregation(Aggregation.Mode.TOKEN_MEAN, 30.0, null, null),
                new Aggregation(Aggregation.Mode.SEQ_MEAN_TOKEN_MEAN, null, 9.0, null));
    }

    @ParameterizedTest
    @MethodSource("aggregations")
    void tapeClosedFormAndDifferencesAgree(Aggregation aggregation) {
        try (Draws draw = new Draws(12)) {
            NDArray mask = draw.raggedMask(4, 5);
            NDArray old = draw.normal(4, 5);
            ValueBatch values = new ValueBatch(draw.normal(4, 5), old, draw.normal(4, 5), mask);
            assertAgree(new SquaredValue(null, aggregation), values);
            assertAgree(new SquaredValue(0.5, aggregation), values);
            assertAgree(new NegativeLogLikelihood(aggregation), new TokenLogps(draw.logps(4, 5), mask));
            double[] weights = Tensors.toDoubles(aggregation.weights(mask, old));
            double[] losses = Tensors.toDoubles(old);
            double sum = 0;
            for (int i = 0; i < losses.length; i++) {
                sum += weights[i] * losses[i];
            }
            assertThat(sum).isCloseTo(Tensors.toDoubles(aggregation.aggregate(old, mask))[0], within(1e-12));
        }
    }

    @Test
    void theValueLossIsThatOfThePlainLoop() {
        try (Draws draw = new Draws(12)) {
            NDArray mask = draw.raggedMask(5, 7);
            ValueBatch batch = new ValueBatch(draw.normal(5, 7), draw.normal(5, 7), draw.normal(5, 7), mask);
            double[] v = Tensors.toDoubles(batch.values());
            double[] r = Tensors.toDoubles(batch.returns());
            double[] o = Tensors.toDoubles(java.util.Objects.requireNonNull(batch.oldValues()));
            double[] m = Tensors.toDoubles(mask);
            double sum = 0;
            double clipped = 0;
            double n = 0;
            for (int i = 0; i < v.length; i++) {
                double moved = Math.min(Math.max(v[i], o[i] - 0.3), o[i] + 0.3);
                double plain = (v[i] - r[i]) * (v[i] - r[i]);
                double other = (moved - r[i]) * (moved - r[i]);
                sum += m[i] * 0.5 * Math.max(plain, other);
                clipped += m[i] * (other > plain ? 1 : 0);
                n += m[i];
            }
            LossOutput output = ValueLoss.clipped(0.3).loss(batch);
            assertThat(output.value()).isCloseTo(sum / n, within(1e-12));
            assertThat(output.metrics().get("critic/vf_clipfrac")).isCloseTo(clipped / n, within(1e-6));
            assertThat(clipped).isPositive();
            double wide = ValueLoss.clipped(1e6).loss(batch).value();
            assertThat(wide).isCloseTo(ValueLoss.squared().loss(batch).value(), within(1e-12));
        }
    }

    @Test
    void whatIsNotCountedLeaksIntoNeitherValueNorGradient() {
        try (Draws draw = new Draws(12)) {
            NDArray mask = draw.raggedMask(4, 5);
            NDArray values = draw.normal(4, 5);
            NDArray returns = draw.normal(4, 5);
            NDArray old = draw.normal(4, 5);
            double nan = Double.NaN;
            ValueBatch broken = new ValueBatch(
                    draw.padded(draw.replacedOutside(values, mask, nan), 2, 1, nan),
                    draw.padded(draw.replacedOutside(old, mask, nan), 2, 1, nan),
                    draw.padded(draw.replacedOutside(returns, mask, nan), 2, 1, nan),
                    draw.padded(mask, 2, 1, 0));
            ValueLoss loss = ValueLoss.clipped(0.2);
            LossGradients whole = loss.lossAndGradients(new ValueBatch(values, old, returns, mask));
            LossGradients padded = loss.lossAndGradients(broken);
            assertThat(padded.output().value()).isCloseTo(whole.output().value(), within(1e-14));
            NDArray wide = draw.padded(whole.of("values"), 2, 1, 0);
            assertClose("gradient", Tensors.toDoubles(padded.of("values")), Tensors.toDoubles(wide));

            NDArray logits = draw.normal(2, 3, 4);
            NDArray teacher = draw.normal(2, 3, 4);
            NDArray some = draw.matrix(new double[][] {{1, 0, 1}, {0, 0, 0}});
            NDArray flags = draw.of(
                    new double[] {1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 2, 3, 4);
            LossGradients jsd = new GeneralizedJsd()
                    .lossAndGradients(new DistillationBatch(
                            draw.replacedOutside(logits, flags, nan), draw.replacedOutside(teacher, flags, nan), some));
            assertThat(jsd.output().value())
                    .isEqualTo(new GeneralizedJsd()
                            .loss(new DistillationBatch(logits, teacher, some))
                            .value());
            assertThat(Arrays.stream(Tensors.toDoubles(jsd.of("studentLogits"))))
                    .allMatch(Double::isFinite);
        }
    }

    @Test
    void microBatchesWithTheGlobalCountAddUpToTheWholeBatch() {
        try (Draws draw = new Draws(12)) {
            NDArray mask = draw.mask(4, 5);
            NDArray logps = draw.logps(4, 5);
            double tokens = Arrays.stream(Tensors.toDoubles(mask)).sum();
            NegativeLogLikelihood micro =
                    new NegativeLogLikelihood(new Aggregation(Aggregation.Mode.TOKEN_MEAN, tokens, null, null));
            double parts = 0;
            for (String rows : List.of("0:1", "1:4")) {
                parts += micro.loss(new TokenLogps(logps.get(rows), mask.get(rows)))
                        .value();
            }
            double whole = new NegativeLogLikelihood()
                    .loss(new TokenLogps(logps, mask))
                    .value();
            assertThat(parts).isCloseTo(whole, within(1e-14));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.5, 1})
    void theGeneralizedDivergenceIsThatOfThePlainLoop(double beta) {
        try (Draws draw = new Draws(12)) {
            NDArray student = draw.normal(2, 3, 4);
            NDArray teacher = draw.normal(2, 3, 4);
            NDArray mask = draw.raggedMask(2, 3);
            GeneralizedJsd jsd = new GeneralizedJsd(beta, 0.8);
            DistillationBatch batch = new DistillationBatch(student, teacher, mask);
            double[] s = Tensors.toDoubles(student.div(draw.vector(0.8)).softmax(-1));
            double[] q = Tensors.toDoubles(teacher.div(draw.vector(0.8)).softmax(-1));
            double[] m = Tensors.toDoubles(mask);
            double sum = 0;
            for (int i = 0; i < s.length; i++) {
                double mix = (1 - beta) * s[i] + beta * q[i];
                double divergence = beta == 0
                        ? q[i] * Math.log(q[i] / s[i])
                        : beta == 1
                                ? s[i] * Math.log(s[i] / q[i])
                                : beta * q[i] * Math.log(q[i] / mix) + (1 - beta) * s[i] * Math.log(s[i] / mix);
                sum += divergence * m[i / 4];
            }
            assertThat(jsd.loss(batch).value()).isCloseTo(sum / Arrays.stream(m).sum(), within(1e-12));
            assertAgree(jsd, batch);
            assertThat(jsd.loss(new DistillationBatch(student, student, mask)).value())
                    .isCloseTo(0, within(1e-15));
        }
    }

    @Test
    void theEndsOfTheGeneralizedDivergenceAreTheTwoDirectionsOfKl() {
        try (Draws draw = new Draws(12)) {
            NDArray student = draw.normal(2, 3, 4);
            NDArray teacher = draw.normal(2, 3, 4);
            NDArray mask = draw.mask(2, 3).onesLike();
            DistillationBatch batch = new DistillationBatch(student, teacher, mask);
            assertClose(
                    "forward",
                    Tensors.toDoubles(new GeneralizedJsd(0, 1).loss(batch).losses()),
                    Tensors.toDoubles(Kl.exact(student, teacher, Direction.FORWARD)));
            assertClose(
                    "reverse",
                    Tensors.toDoubles(new GeneralizedJsd(1, 1).loss(batch).losses()),
                    Tensors.toDoubles(Kl.exact(student, teacher, Direction.REVERSE)));
            NDArray none = mask.zerosLike();
            assertThat(new GeneralizedJsd()
                            .loss(new DistillationBatch(student, teacher, none))
                            .value())
                    .isZero();
        }
    }

    @Test
    void nothingIsLeftOverButResults() {
        try (Draws draw = new Draws(12)) {
            NDArray mask = draw.mask(2, 3);
            ValueBatch values = new ValueBatch(draw.normal(2, 3), draw.normal(2, 3), draw.normal(2, 3), mask);
            TokenLogps logps = new TokenLogps(draw.logps(2, 3), mask);
            DistillationBatch logits = new DistillationBatch(draw.normal(2, 3, 4), draw.normal(2, 3, 4), mask);
            for (ValueLoss loss : List.of(ValueLoss.squared(), ValueLoss.clipped(0.2))) {
                LiveArrays.assertNothingLeftBut(draw.manager(), () -> arrays(loss.loss(values)));
                LiveArrays.assertNothingLeftBut(draw.manager(), () -> arrays(loss.lossAndGradients(values)));
            }
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> arrays(new NegativeLogLikelihood().loss(logps)));
            LiveArrays.assertNothingLeftBut(
                    draw.manager(), () -> arrays(new NegativeLogLikelihood().lossAndGradients(logps)));
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> arrays(new GeneralizedJsd().loss(logits)));
            LiveArrays.assertNothingLeftBut(
                    draw.manager(), () -> arrays(new GeneralizedJsd().lossAndGradients(logits)));
        }
    }

    private static List<NDArray> arrays(LossOutput output) {
        return List.of(output.loss(), output.losses(), output.metrics().values());
    }

    private static List<NDArray> arrays(LossGradients result) {
        return Stream.concat(arrays(result.output()).stream(), result.gradients().values().stream())
                .toList();
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(12)) {
            NDArray mask = draw.mask(2, 3);
            NDArray values = draw.normal(2, 3);
            assertThatThrownBy(() -> ValueLoss.clipped(0)).hasMessageStartingWith("clipRange: ");
            assertThatThrownBy(() -> ValueLoss.clipped(0.2).loss(new ValueBatch(values, values, mask)))
                    .hasMessageStartingWith("oldValues: ");
            assertThatThrownBy(() -> ValueLoss.squared().loss(new ValueBatch(values, draw.normal(2, 4), mask)))
                    .hasMessageStartingWith("returns: ");
            assertThatThrownBy(() -> ValueLoss.squared().loss(new ValueBatch(values, values, mask.zerosLike())))
                    .hasMessageStartingWith("mask: ");
            assertThatThrownBy(() -> new NegativeLogLikelihood().loss(new TokenLogps(values, draw.normal(2, 3))))
                    .hasMessageStartingWith("mask: ");
            assertThatThrownBy(() -> new GeneralizedJsd(1.1, 1)).hasMessageStartingWith("beta: ");
            assertThatThrownBy(() -> new GeneralizedJsd(0.5, 0)).hasMessageStartingWith("temperature: ");
            NDArray logits = draw.normal(2, 3, 4);
            assertThatThrownBy(
                            () -> new GeneralizedJsd().loss(new DistillationBatch(logits, draw.normal(2, 3, 5), mask)))
                    .hasMessageStartingWith("teacherLogits: ");
        }
    }
}
