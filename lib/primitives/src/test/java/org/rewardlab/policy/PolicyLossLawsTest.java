package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;

/** What holds of every policy loss. */
class PolicyLossLawsTest {

    private static final Aggregation ROWS = Aggregation.sequenceMeanTokenMean();

    /** Losses whose gradient is that of their value. */
    static Stream<PolicyLoss> differentiated() {
        return Stream.of(
                new PpoClip(0.2, 0.28),
                new PpoClip(0.3, 0.3, 1.2, ROWS),
                new PpoClip(0.2, 0.2, null, Aggregation.sequenceMeanTokenSum()),
                new RolloutCorrectedPpo(RolloutCorrectedPpo.Correction.TIS, 0.8, 1.2, 0.2, 0.2, ROWS),
                new RolloutCorrectedPpo(
                        RolloutCorrectedPpo.Correction.ICEPOP, 0.8, 1.2, 0.2, 0.2, Aggregation.tokenMean()),
                new RolloutCorrectedPpo(
                        RolloutCorrectedPpo.Correction.SEQ_MASK_TIS, 0.95, 1.2, 0.2, 0.2, Aggregation.tokenMean()),
                new Gspo(0.05, 0.1),
                new Sapo(1, 2),
                new Reinforce(Aggregation.sequenceMeanTokenSum()),
                new ClipCov(0.2, 0.2, 1, -0.02, 0.3, 5, Aggregation.tokenMean()),
                new KlCov(0.3, 0.7),
                new Gmpo(0.1, 0.2),
                new Gmpo(0.1, 0.2, 0),
                new RlooLoss(0.3, 0.4),
                PolicyLoss.grpo(0.2),
                PolicyLoss.grpo(0.2).withKl(0.3).withTopEntropyShare(0.6),
                PolicyLoss.grpo(0.2).withKl(0.3).withImportance(ImportanceLevel.SEQUENCE),
                PolicyLoss.drGrpo(0.2, 32),
                PolicyLoss.luspo(0.05, 0.1),
                new Grpo(new GrpoSurrogate.Clipped(0.2, 0.28, 1.1), GrpoDenominator.tokensOfStep(40)),
                new Grpo(
                        new GrpoSurrogate.Clipped(0.2, 0.2, null),
                        ImportanceLevel.SEQUENCE,
                        GrpoDenominator.tokens(),
                        0.4,
                        true,
                        -0.05,
                        0.8),
                new Grpo(
                        new GrpoSurrogate.Soft(1, 1.05),
                        ImportanceLevel.TOKEN,
                        GrpoDenominator.sequenceMeans(),
                        0.4,
                        true,
                        0.05,
                        1));
    }

    /** Those and the ones that hold a weight constant. */
    static Stream<PolicyLoss> all() {
        return Stream.concat(
                differentiated(),
                Stream.of(
                        new Cispo(0.2, 0.28),
                        new Grpo(new GrpoSurrogate.Capped(1.1), GrpoDenominator.tokens()),
                        new Grpo(new GrpoSurrogate.Capped(1.1), GrpoDenominator.tokens())
                                .withImportance(ImportanceLevel.SEQUENCE)
                                .withKl(0.1),
                        PolicyLoss.vespo()));
    }

    /** Log-ratios of about 0.2, equal advantages along a row, every optional array. */
    static PolicyBatch batch(Draws draw, int rows, int tokens) {
        NDArray logps = draw.logps(rows, tokens);
        NDArray mask = draw.raggedMask(rows, tokens);
        double[][] advantages = new double[rows][tokens];
        for (double[] row : advantages) {
            Arrays.fill(row, draw.random().nextGaussian());
        }
        return new PolicyBatch(
                logps,
                logps.add(draw.normal(0.2, new long[] {rows, tokens})),
                draw.matrix(advantages),
                mask,
                logps.add(draw.normal(0.2, new long[] {rows, tokens})),
                logps.add(draw.normal(0.2, new long[] {rows, tokens})),
                draw.uniform(0, 3, new long[] {rows, tokens}),
                null);
    }

    private static PolicyBatch weighted(PolicyLoss loss, Draws draw, PolicyBatch batch) {
        long[] shape = batch.logps().getShape().getShape();
        return loss instanceof RlooLoss ? batch : batch.withIsWeights(draw.uniform(0.5, 1.5, shape));
    }

    static double value(PolicyLoss loss, PolicyBatch batch) {
        return loss.loss(batch).value();
    }

    static double[] gradient(PolicyLoss loss, PolicyBatch batch) {
        return Tensors.toDoubles(loss.lossAndGradients(batch).of("logps"));
    }

    private static void assertSame(PolicyLoss loss, PolicyBatch one, PolicyBatch other) {
        assertThat(value(loss, other)).as("%s", loss).isCloseTo(value(loss, one), Offset.offset(1e-12));
    }

    @ParameterizedTest
    @MethodSource("differentiated")
    void tapeClosedFormAndCentralDifferencesAgree(PolicyLoss loss) {
        for (int tokens : new int[] {1, 4, 9}) {
            try (Draws draw = new Draws(3 + tokens)) {
                PolicyBatch batch = batch(draw, 4, tokens);
                FiniteDifferences.assertAgree(loss, batch);
                if (!(loss instanceof Gspo)) {
                    FiniteDifferences.assertAgree(loss, weighted(loss, draw, batch));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void closedFormIsWhatTheTapeGives(PolicyLoss loss) {
        PolicyLoss byTape = loss::loss;
        try (Draws draw = new Draws(8)) {
            PolicyBatch batch = weighted(loss, draw, batch(draw, 5, 7));
            LossGradients closed = loss.lossAndGradients(batch);
            LossGradients tape = byTape.lossAndGradients(batch);
            FiniteDifferences.assertClose(
                    loss.toString(), Tensors.toDoubles(closed.of("logps")), Tensors.toDoubles(tape.of("logps")));
            assertThat(closed.output().value()).isCloseTo(tape.output().value(), Offset.offset(1e-12));
            assertThat(closed.output().metrics().toMap())
                    .isEqualTo(tape.output().metrics().toMap());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void paddingOnEitherSideChangesNothingNotEvenNaN(PolicyLoss loss) {
        try (Draws draw = new Draws(4)) {
            PolicyBatch batch = weighted(loss, draw, batch(draw, 4, 6));
            PolicyBatch wide = padded(draw, batch, 2, 3);
            assertSame(loss, batch, wide);
            double[][] inner = Tensors.toRows(loss.lossAndGradients(batch).of("logps"));
            double[][] outer = Tensors.toRows(loss.lossAndGradients(wide).of("logps"));
            for (int b = 0; b < inner.length; b++) {
                assertThat(Arrays.stream(outer[b], 0, 2)).allMatch(slope -> slope == 0);
                assertThat(Arrays.stream(outer[b], 8, 11)).allMatch(slope -> slope == 0);
                assertThat(Arrays.copyOfRange(outer[b], 2, 8)).containsExactly(inner[b], Offset.offset(1e-12));
            }
            PolicyLoss byTape = loss::loss;
            assertThat(gradient(byTape, wide)).doesNotContain(Double.NaN);
        }
    }

    private static PolicyBatch padded(Draws draw, PolicyBatch batch, int left, int right) {
        List<NDArray> wide = new ArrayList<>();
        for (NDArray array : Arrays.asList(
                batch.logps(),
                batch.oldLogps(),
                batch.advantages(),
                batch.refLogps(),
                batch.rolloutLogps(),
                batch.entropies(),
                batch.isWeights())) {
            wide.add(
                    array == null
                            ? batch.logps()
                            : draw.padded(
                                    draw.replacedOutside(array, batch.mask(), Double.NaN), left, right, Double.NaN));
        }
        return new PolicyBatch(
                wide.get(0),
                wide.get(1),
                wide.get(2),
                draw.padded(batch.mask(), left, right, 0),
                wide.get(3),
                wide.get(4),
                wide.get(5),
                batch.isWeights() == null ? null : wide.get(6));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theOrderOfRowsDoesNotMatter(PolicyLoss loss) {
        try (Draws draw = new Draws(6)) {
            PolicyBatch batch = weighted(loss, draw, batch(draw, 6, 5));
            int[] order = draw.permutation(6);
            NDArray weights = batch.isWeights();
            PolicyBatch other = new PolicyBatch(
                    draw.permuted(batch.logps(), order),
                    draw.permuted(batch.oldLogps(), order),
                    draw.permuted(batch.advantages(), order),
                    draw.permuted(batch.mask(), order),
                    draw.permuted(nonNull(batch.refLogps()), order),
                    draw.permuted(nonNull(batch.rolloutLogps()), order),
                    draw.permuted(nonNull(batch.entropies()), order),
                    weights == null ? null : draw.permuted(weights, order));
            assertSame(loss, batch, other);
        }
    }

    private static NDArray nonNull(@org.jspecify.annotations.Nullable NDArray array) {
        return java.util.Objects.requireNonNull(array);
    }

    @ParameterizedTest
    @MethodSource("all")
    void float32AgreesWithFloat64AndOneRowIsABatch(PolicyLoss loss) {
        try (Draws wide = new Draws(9);
                Draws narrow = new Draws(9, DataType.FLOAT32)) {
            for (int rows : new int[] {1, 5}) {
                double exact = value(loss, weighted(loss, wide, batch(wide, rows, 6)));
                PolicyBatch rounded = weighted(loss, narrow, batch(narrow, rows, 6));
                assertThat(value(loss, rounded)).isCloseTo(exact, Offset.offset(1e-4 * Math.max(1, Math.abs(exact))));
                LossGradients result = loss.lossAndGradients(rounded);
                assertThat(result.of("logps").getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(result.output().metrics().values().getDataType()).isEqualTo(DataType.FLOAT32);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void leavesItsResultAndItsArgumentsAsTheyWere(PolicyLoss loss) {
        try (Draws draw = new Draws(2)) {
            PolicyBatch batch = weighted(loss, draw, batch(draw, 3, 4));
            double[] before = Tensors.toDoubles(batch.logps());
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                var out = loss.loss(batch);
                return List.of(out.loss(), out.losses(), out.metrics().values());
            });
            LiveArrays.assertNothingLeftBut(draw.manager(), () -> {
                LossGradients result = loss.lossAndGradients(batch);
                var out = result.output();
                return List.of(out.loss(), out.losses(), out.metrics().values(), result.of("logps"));
            });
            assertThat(Tensors.toDoubles(batch.logps())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void rejectsWhatIsNoBatch(PolicyLoss loss) {
        try (Draws draw = new Draws(5)) {
            PolicyBatch good = batch(draw, 3, 4);
            NDArray wrong = draw.normal(3, 5);
            NDArray broken = draw.matrix(new double[][] {{1, 0, 0, 0}, {1, 1, 0.5, 0}, {1, 0, 0, 0}});
            NDArray nan = draw.of(new double[] {Double.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 3, 4);
            rejects(loss, with(good, good.logps(), wrong, good.advantages(), good.mask()), "oldLogps");
            rejects(loss, with(good, good.logps(), good.oldLogps(), wrong, good.mask()), "advantages");
            rejects(loss, with(good, good.logps(), good.oldLogps(), good.advantages(), wrong), "mask");
            rejects(loss, with(good, good.logps(), good.oldLogps(), good.advantages(), broken), "mask");
            rejects(loss, with(good, good.logps(), nan, good.advantages(), good.mask()), "oldLogps");
            rejects(loss, with(good, good.logps(), good.oldLogps(), nan, good.mask()), "advantages");
            rejects(loss, with(good, nan, good.oldLogps(), good.advantages(), good.mask()), "logps");
            NDArray empty = Tensors.create(draw.manager(), new double[0], DataType.FLOAT64, 0, 4);
            rejects(loss, new PolicyBatch(empty, empty, empty, empty).withRolloutLogps(empty), "logps");
        }
    }

    private static PolicyBatch with(PolicyBatch batch, NDArray logps, NDArray old, NDArray advantages, NDArray mask) {
        return new PolicyBatch(
                logps, old, advantages, mask, batch.refLogps(), batch.rolloutLogps(), batch.entropies(), null);
    }

    private static void rejects(PolicyLoss loss, PolicyBatch batch, String name) {
        for (boolean closed : new boolean[] {false, true}) {
            assertThatThrownBy(() -> {
                        if (closed) {
                            loss.lossAndGradients(batch);
                        } else {
                            loss.loss(batch);
                        }
                    })
                    .as("%s, %s", loss, name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)(" + name + "|refLogps|rolloutLogps|entropies): expected .+, got .+");
        }
    }
}
