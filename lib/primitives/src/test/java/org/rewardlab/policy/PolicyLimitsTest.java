package org.rewardlab.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;

/** Where policy losses meet each other, split batches, and extreme ratios. */
class PolicyLimitsTest {

    @Test
    void onPolicyEveryRatioHasTheGradientOfReinforce() {
        Aggregation aggregation = Aggregation.tokenMean();
        try (Draws draw = new Draws(12)) {
            PolicyBatch any = PolicyLossLawsTest.batch(draw, 4, 6);
            PolicyBatch batch = PolicyBatch.onPolicy(any.logps(), any.advantages(), any.mask())
                    .withRolloutLogps(any.logps());
            for (PolicyLoss loss : List.of(
                    new PpoClip(0.2, 0.2),
                    new RolloutCorrectedPpo(RolloutCorrectedPpo.Correction.ICEPOP, 0.5, 2, 0.2, 0.2, aggregation),
                    new Sapo(1, 2, aggregation),
                    new Cispo(0.2, 0.2),
                    new KlCov(0.1, 1),
                    PolicyLoss.dapo(0.2, 0.28),
                    PolicyLoss.vespo())) {
                FiniteDifferences.assertClose(
                        loss.toString(),
                        PolicyLossLawsTest.gradient(loss, batch),
                        PolicyLossLawsTest.gradient(new Reinforce(aggregation), batch));
            }
            FiniteDifferences.assertClose(
                    "gspo",
                    PolicyLossLawsTest.gradient(new Gspo(0.2, 0.2), batch),
                    PolicyLossLawsTest.gradient(new Reinforce(Aggregation.sequenceMeanTokenMean()), batch));
            FiniteDifferences.assertClose(
                    "grpo",
                    PolicyLossLawsTest.gradient(PolicyLoss.grpo(0.2), batch),
                    Arrays.stream(PolicyLossLawsTest.gradient(
                                    new Reinforce(Aggregation.sequenceMeanTokenMean()), batch))
                            .map(g -> g * 3 / 4)
                            .toArray()); // one of four rows is empty, and GRPO counts it
        }
    }

    @Test
    void microBatchesWithAGlobalDenominatorAddUpToTheWhole() {
        Aggregation tokens = new Aggregation(Aggregation.Mode.TOKEN_MEAN, 30.0, null, null);
        Aggregation rows = new Aggregation(Aggregation.Mode.SEQ_MEAN_TOKEN_MEAN, null, 6.0, null);
        for (PolicyLoss loss : List.of(
                new PpoClip(0.2, 0.2, 3.0, tokens),
                new PpoClip(0.2, 0.2, 3.0, rows),
                new Gspo(0.1, 0.1, 6.0),
                new Grpo(new GrpoSurrogate.Clipped(0.2, 0.2, null), GrpoDenominator.tokensOfStep(30)))) {
            try (Draws draw = new Draws(21)) {
                PolicyBatch all = PolicyLossLawsTest.batch(draw, 6, 5);
                double whole = PolicyLossLawsTest.value(loss, all);
                assertThat(PolicyLossLawsTest.value(loss, rows(all, 0, 2))
                                + PolicyLossLawsTest.value(loss, rows(all, 2, 6)))
                        .isCloseTo(whole, Offset.offset(1e-12));
            }
        }
    }

    private static PolicyBatch rows(PolicyBatch batch, int from, int to) {
        String rows = from + ":" + to;
        return new PolicyBatch(
                batch.logps().get(rows),
                batch.oldLogps().get(rows),
                batch.advantages().get(rows),
                batch.mask().get(rows));
    }

    @Test
    void clampedRatiosStayFiniteInFloat32() {
        try (Draws draw = new Draws(13, DataType.FLOAT32)) {
            NDArray logps = draw.matrix(new double[][] {{0, -1000, -1e30, -3}});
            NDArray old = draw.matrix(new double[][] {{-1000, 0, 0, -1e30}});
            NDArray advantages = draw.matrix(new double[][] {{1, -1, 1, -1}});
            PolicyBatch batch = new PolicyBatch(logps, old, advantages, logps.onesLike());
            for (PolicyLoss loss :
                    List.of(new PpoClip(0.2, 0.2), new Sapo(1, 1.05), new Cispo(0.2, 0.2), new Gspo(0.2, 0.2))) {
                assertThat(PolicyLossLawsTest.value(loss, batch)).as("%s", loss).isFinite();
                assertThat(Arrays.stream(PolicyLossLawsTest.gradient(loss, batch)))
                        .as("%s", loss)
                        .allMatch(Double::isFinite);
            }
        }
    }
}
