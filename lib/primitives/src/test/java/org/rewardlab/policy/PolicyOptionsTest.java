package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;

/** What holds of single policy losses: slow twins, draws, limits, rejected options. */
class PolicyOptionsTest {

    @Test
    void ppoIsItsFormulaTokenByToken() {
        for (int rows = 1; rows <= 5; rows += 2) {
            try (Draws draw = new Draws(rows)) {
                PolicyBatch batch = tokens(draw, rows, 8);
                PpoClip loss = new PpoClip(0.2, 0.28, 1.5, Aggregation.tokenMean());
                double[] logps = Tensors.toDoubles(batch.logps());
                double[] old = Tensors.toDoubles(batch.oldLogps());
                double[] advantages = Tensors.toDoubles(batch.advantages());
                double[] mask = Tensors.toDoubles(batch.mask());
                double sum = 0;
                double count = 0;
                for (int i = 0; i < mask.length; i++) {
                    double a = advantages[i];
                    double ratio = Math.exp(Math.max(-20, Math.min(20, logps[i] - old[i])));
                    double worst = Math.max(-a * ratio, -a * Math.max(0.8, Math.min(1.28, ratio)));
                    sum += mask[i] * (a < 0 ? Math.min(worst, -a * 1.5) : worst);
                    count += mask[i];
                }
                assertThat(loss.loss(batch).value()).isCloseTo(sum / count, Offset.offset(1e-12));
            }
        }
    }

    @Test
    void aLossThatNothingClipsHasNoDualClipToo() {
        try (Draws draw = new Draws(3)) {
            PolicyBatch batch = tokens(draw, 4, 6);
            assertThat(new PpoClip(0.2, 0.2, 1e6, Aggregation.tokenMean())
                            .loss(batch)
                            .value())
                    .isCloseTo(
                            new PpoClip(0.2, 0.2, null, Aggregation.tokenMean())
                                    .loss(batch)
                                    .value(),
                            Offset.offset(1e-15));
            assertThat(new KlCov(0.5, 0).loss(batch).value())
                    .isCloseTo(
                            new PpoClip(1e6, 1e6, null, Aggregation.tokenMean())
                                    .loss(batch)
                                    .value(),
                            Offset.offset(1e-12));
            assertThat(new RolloutCorrectedPpo(
                                    RolloutCorrectedPpo.Correction.TIS, 0, 2, 0.2, 0.2, Aggregation.tokenMean())
                            .loss(batch.withRolloutLogps(batch.oldLogps()))
                            .value())
                    .isCloseTo(
                            new PpoClip(0.2, 0.2, null, Aggregation.tokenMean())
                                    .loss(batch)
                                    .value(),
                            Offset.offset(1e-15));
        }
    }

    @Test
    void sequencesOfOneTokenMakeGspoPpoAndRlooToo() {
        try (Draws draw = new Draws(4)) {
            PolicyBatch batch = PolicyBatch.ofSequences(
                    draw.normal(0.3, new long[] {6, 1}),
                    draw.normal(0.3, new long[] {6, 1}),
                    draw.normal(6),
                    draw.of(new double[] {1, 1, 1, 1, 1, 1}, 6, 1));
            PolicyLoss ppo = new PpoClip(0.2, 0.2, null, Aggregation.tokenMean());
            for (PolicyLoss loss : List.of(new Gspo(0.2, 0.2), new RlooLoss(0.2, 0.2), PolicyLoss.grpo(0.2))) {
                assertThat(loss.loss(batch).value()).isCloseTo(ppo.loss(batch).value(), Offset.offset(1e-7));
                FiniteDifferences.assertClose(
                        loss.toString(),
                        Tensors.toDoubles(loss.lossAndGradients(batch).of("logps")),
                        Tensors.toDoubles(ppo.lossAndGradients(batch).of("logps")));
            }
        }
    }

    @Test
    void clipCovLetsGoOfAsManyTokensAsItsShareSays() {
        try (Draws draw = new Draws(5)) {
            PolicyBatch batch = tokens(draw, 8, 40);
            long counted =
                    Math.round(Arrays.stream(Tensors.toDoubles(batch.mask())).sum());
            ClipCov few = new ClipCov(5, 5, 0.05, -100, 100, 1, Aggregation.tokenMean());
            double[] once = Tensors.toDoubles(few.loss(batch).losses());
            double[] kept = Tensors.toDoubles(
                    new PpoClip(5, 5, null, Aggregation.tokenMean()).loss(batch).losses());
            long gone = 0;
            for (int i = 0; i < once.length; i++) {
                gone += once[i] == 0 && kept[i] != 0 ? 1 : 0;
                assertThat(once[i]).isIn(0.0, kept[i]);
            }
            assertThat(gone).isEqualTo((long) (0.05 * counted));
            assertThat(few.loss(batch).metrics().get("actor/pg_clipfrac"))
                    .isCloseTo(gone / (double) counted, Offset.offset(1e-9));
            assertThat(Tensors.toDoubles(few.loss(batch).losses())).isEqualTo(once);
            ClipCov other = new ClipCov(5, 5, 0.05, -100, 100, 2, Aggregation.tokenMean());
            assertThat(Tensors.toDoubles(other.loss(batch).losses())).isNotEqualTo(once);
        }
    }

    @Test
    void klCovHoldsTheTokensThatMoveTogetherMost() {
        try (Draws draw = new Draws(6)) {
            NDArray logps = draw.matrix(new double[][] {{-1, -2, -3, -9}});
            NDArray old = draw.matrix(new double[][] {{-1.5, -2.5, -3.5, 4}});
            NDArray advantages = draw.matrix(new double[][] {{3, 0, -1, 50}});
            NDArray mask = draw.matrix(new double[][] {{1, 1, 1, 0}});
            double[] free = Tensors.toDoubles(new KlCov(0.1, 0)
                    .loss(new PolicyBatch(logps, old, advantages, mask))
                    .losses());
            double[] held = Tensors.toDoubles(new KlCov(0.1, 2)
                    .loss(new PolicyBatch(logps, old, advantages, mask))
                    .losses());
            // means are 2/3 and -2; the covariances are 7/3, 0 and 5/3
            assertThat(held).containsExactly(new double[] {free[0] + 1, free[1], free[2], 0}, Offset.offset(1e-12));
        }
    }

    @Test
    void advantagesMayDifferAlongASequence() {
        try (Draws draw = new Draws(7)) {
            PolicyBatch batch = tokens(draw, 3, 5);
            assertThat(PolicyLoss.dapo(0.2, 0.28).loss(batch).value())
                    .isCloseTo(
                            new PpoClip(0.2, 0.28, null, Aggregation.tokenMean())
                                    .loss(batch)
                                    .value(),
                            Offset.offset(1e-12));
        }
    }

    @Test
    void weightsOfSequencesStandOnAllTheirTokens() {
        try (Draws draw = new Draws(8)) {
            PolicyBatch batch = tokens(draw, 3, 5);
            NDArray weights = draw.uniform(0.5, 2, new long[] {3, 1});
            NDArray spread = weights.broadcast(3, 5).duplicate();
            for (PolicyLoss loss :
                    List.of(new PpoClip(0.2, 0.2), new Gmpo(0.4, 0.4), PolicyLoss.grpo(0.2), new Reinforce())) {
                assertThat(loss.loss(batch.withIsWeights(weights)).value())
                        .isCloseTo(loss.loss(batch.withIsWeights(spread)).value(), Offset.offset(1e-12));
            }
        }
    }

    private static PolicyBatch tokens(Draws draw, int rows, int tokens) {
        NDArray logps = draw.logps(rows, tokens);
        return new PolicyBatch(
                logps,
                logps.add(draw.normal(0.3, new long[] {rows, tokens})),
                draw.normal(rows, tokens),
                draw.raggedMask(rows, tokens));
    }

    static Stream<Supplier<PolicyLoss>> mistakes() {
        Aggregation mean = Aggregation.tokenMean();
        GrpoSurrogate clip = new GrpoSurrogate.Clipped(0.2, 0.2, null);
        GrpoDenominator rows = GrpoDenominator.sequenceMeans();
        var tis = RolloutCorrectedPpo.Correction.TIS;
        return Stream.of(
                () -> new PpoClip(0, 0.2),
                () -> new PpoClip(0.2, -1),
                () -> new PpoClip(0.2, 0.2, 1.0, mean),
                () -> new PpoClip(0.2, 0.2, Double.NaN, mean),
                () -> new RolloutCorrectedPpo(tis, -0.1, 2, 0.2, 0.2, mean),
                () -> new RolloutCorrectedPpo(tis, 2, 2, 0.2, 0.2, mean),
                () -> new RolloutCorrectedPpo(tis, 0, 2, 0, 0.2, mean),
                () -> new Gspo(0, 1),
                () -> new Gspo(1, 1, 0.0),
                () -> new Sapo(0, 1),
                () -> new Sapo(1, Double.POSITIVE_INFINITY),
                () -> new Cispo(0, 1),
                () -> new ClipCov(0.2, 0.2, 0, 1, 5, 0, mean),
                () -> new ClipCov(0.2, 0.2, 0.1, 5, 5, 0, mean),
                () -> new KlCov(0, 1),
                () -> new KlCov(1.5, 1),
                () -> new KlCov(0.5, -1),
                () -> new Gmpo(0, 1),
                () -> new Gmpo(1, 1, -1),
                () -> new RlooLoss(0, 1),
                () -> PolicyLoss.grpo(0),
                () -> PolicyLoss.drGrpo(0.2, 0),
                () -> PolicyLoss.grpo(0.2).withKl(-0.1),
                () -> PolicyLoss.grpo(0.2).withTopEntropyShare(1.1),
                () -> PolicyLoss.vespo().withImportance(ImportanceLevel.SEQUENCE),
                () -> new Grpo(new GrpoSurrogate.Clipped(0.2, 0.2, 0.0), rows),
                () -> new Grpo(new GrpoSurrogate.Capped(0), rows),
                () -> new Grpo(new GrpoSurrogate.Soft(1, 0), rows),
                () -> new Grpo(new GrpoSurrogate.Damped(1, -1, 1, 1), rows),
                () -> new Grpo(clip, GrpoDenominator.tokensOfStep(-1)),
                () -> new Grpo(clip, new GrpoDenominator(GrpoDenominator.Kind.MAX_LENGTH, null)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void rejectsOptionsThatMakeNoSense(Supplier<PolicyLoss> mistake) {
        assertThatThrownBy(mistake::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("\\S+: expected .+, got .+");
    }

    @Test
    void asksForTheArraysItNeeds() {
        try (Draws draw = new Draws(9)) {
            PolicyBatch batch = tokens(draw, 2, 3);
            assertThatThrownBy(() -> PolicyLoss.grpo(0.2).withKl(0.1).loss(batch))
                    .hasMessageStartingWith("refLogps: expected an array");
            assertThatThrownBy(
                            () -> PolicyLoss.grpo(0.2).withTopEntropyShare(0.5).loss(batch))
                    .hasMessageStartingWith("entropies: expected an array");
            assertThatThrownBy(() -> PolicyLoss.rolloutCorrected(RolloutCorrectedPpo.Correction.ICEPOP, 0.5, 2)
                            .loss(batch))
                    .hasMessageStartingWith("rolloutLogps: expected an array");
            assertThatThrownBy(() -> new RlooLoss(0.2, 0.2).loss(batch.withIsWeights(batch.mask())))
                    .hasMessageStartingWith("isWeights: expected none");
            PolicyBatch nothing = new PolicyBatch(
                    batch.logps(),
                    batch.oldLogps(),
                    batch.advantages(),
                    batch.mask().zerosLike());
            assertThatThrownBy(() -> PolicyLoss.ppoClip(0.2).loss(nothing))
                    .hasMessage("mask: expected at least one counted token, got none");
            assertThat(PolicyLoss.grpo(0.2).loss(nothing).value()).isZero();
        }
    }
}
