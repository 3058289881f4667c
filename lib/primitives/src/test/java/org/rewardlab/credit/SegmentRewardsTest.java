package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Rewards at the ends of segments, and the KL penalty on dense rewards. */
class SegmentRewardsTest {

    private static SegmentVerdicts verdicts(Draws draw, double[] classes, double... ends) {
        return new SegmentVerdicts(draw.of(classes, 1, ends.length, 3), draw.of(ends, 1, ends.length), draw.vector(4));
    }

    private static double[] reward(HallucinationRewards rewards, SegmentVerdicts verdicts, Draws draw) {
        return Tensors.toDoubles(rewards.tokens(verdicts, 5, draw.vector(0)).reward());
    }

    @Test
    void faithfulPaysHallucinatedCostsAndNothingIsNeutral() {
        try (Draws draw = new Draws(1)) {
            SegmentVerdicts verdicts = verdicts(draw, new double[] {1, 2, 0, 2, 2, 1}, 1, 3);
            assertThat(reward(new HallucinationRewards(), verdicts, draw)).containsExactly(0, 0, 0, -1, 0);
            assertThat(reward(new HallucinationRewards(1, 0, 2), verdicts, draw))
                    .containsExactly(0, 1, 0, 1, 0);
            HallucinationRewards.Tokens tokens = new HallucinationRewards().tokens(verdicts, 5, draw.vector(0));
            assertThat(Tensors.toDoubles(tokens.existence())).containsExactly(0, 1, 0, -1, 0);
            assertThat(Tensors.toDoubles(tokens.attribute())).containsExactly(0, -1, 0, -1, 0);
            assertThat(Tensors.toDoubles(tokens.relation())).containsExactly(0, 0, 0, 1, 0);
            double[] faithful = {1, 1, 1, 1, 1, 1};
            assertThat(Arrays.stream(reward(new HallucinationRewards(), verdicts(draw, faithful, 1, 3), draw))
                            .sum())
                    .as("three for each segment")
                    .isEqualTo(6);
            assertThat(reward(new HallucinationRewards(), verdicts(draw, new double[6], 1, 3), draw))
                    .containsOnly(0);
        }
    }

    @Test
    void endsBeyondTheResponseAreTakenBackAndTheLaterSegmentCounts() {
        try (Draws draw = new Draws(2)) {
            double[] classes = {1, 1, 0, 2, 0, 0};
            assertThat(reward(new HallucinationRewards(), verdicts(draw, classes, 3, 9), draw))
                    .containsExactly(0, 0, 0, -1, 0);
            assertThat(reward(new HallucinationRewards(), verdicts(draw, classes, 9, -1), draw))
                    .as("a place without segment is not read")
                    .containsExactly(0, 0, 0, 2, 0);
        }
    }

    @Test
    void theRewardIsLinearInItsWeightsAndSymmetricInTypes() {
        try (Draws draw = new Draws(3, DataType.FLOAT32)) {
            NDArray classes = draw.ids(3, 4, 3, 3);
            NDArray swapped = draw.of(swapTypes(Tensors.toDoubles(classes)), 4, 3, 3);
            NDArray ends = draw.of(new double[] {0, 2, 5, 0, 2, 5, 0, 2, 5, 0, 2, 5}, 4, 3);
            NDArray lengths = draw.vector(6, 6, 6, 6);
            SegmentVerdicts verdicts = new SegmentVerdicts(classes, ends, lengths);
            double[] a = all(new HallucinationRewards(1, 2, 3), verdicts, lengths);
            double[] b = all(new HallucinationRewards(0, 1, -1), verdicts, lengths);
            double[] sum = all(new HallucinationRewards(1, 3, 2), verdicts, lengths);
            for (int i = 0; i < a.length; i++) {
                assertThat(sum[i]).isCloseTo(a[i] + b[i], within(1e-5));
            }
            assertThat(all(new HallucinationRewards(2, 1, 3), new SegmentVerdicts(swapped, ends, lengths), lengths))
                    .containsExactly(a);
            Rollouts rollouts = Rollouts.of(draw.normal(4, 6), draw.normal(4, 6).onesLike());
            CreditAssignment credit = new HallucinationRewards(1, 2, 3).with(verdicts);
            assertThat(credit.assign(rollouts).getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(Tensors.toDoubles(credit.assign(rollouts))).containsExactly(a);
            LiveArrays.assertOneLeft(draw.manager(), () -> credit.assign(rollouts));
        }
    }

    private static double[] swapTypes(double[] classes) {
        double[] swapped = classes.clone();
        for (int i = 0; i < classes.length; i += 3) {
            swapped[i] = classes[i + 1];
            swapped[i + 1] = classes[i];
        }
        return swapped;
    }

    private static double[] all(HallucinationRewards rewards, SegmentVerdicts verdicts, NDArray like) {
        return Tensors.toDoubles(rewards.tokens(verdicts, 6, like).reward());
    }

    @Test
    void segmentsThatDoNotFitAreRejectedByName() {
        try (Draws draw = new Draws(4)) {
            double[] fine = {0, 1, 2};
            assertRejects("classes", () -> verdicts(draw, new double[] {0, 1, 5}, 1));
            assertRejects("classes", () -> verdicts(draw, new double[] {0, 1, -2}, 1));
            assertRejects("classes", () -> verdicts(draw, new double[] {0, 0.5, 1}, 1));
            assertRejects("classes", () -> verdicts(draw, new double[] {-1, -1, -1}, 1));
            assertRejects("ends", () -> verdicts(draw, fine, -2));
            assertRejects("ends", () -> verdicts(draw, fine, 0.5));
            assertRejects("ends", () -> new HallucinationRewards().tokens(verdicts(draw, fine, 3), 2, draw.vector(0)));
            assertRejects(
                    "lengths",
                    () -> new SegmentVerdicts(draw.of(fine, 1, 1, 3), draw.of(new double[] {0}, 1, 1), draw.vector(0)));
            assertThat(new SegmentVerdicts(draw.of(fine, 1, 1, 3), draw.of(new double[] {-1}, 1, 1), draw.vector(0)))
                    .as("no segment, no length")
                    .isNotNull();
            assertRejects(
                    "classes",
                    () -> new SegmentVerdicts(draw.normal(1, 1, 2), draw.of(new double[] {0}, 1, 1), draw.vector(1)));
            assertRejects(
                    "tokens", () -> new HallucinationRewards().tokens(verdicts(draw, fine, 1), 0, draw.vector(0)));
            assertRejects("attribute", () -> new HallucinationRewards(1, Double.NaN, 1));
        }
    }

    @Test
    void theKlPenaltyFallsOnEveryCountedToken() {
        try (Draws draw = new Draws(5)) {
            NDArray mask = draw.matrix(new double[][] {{1, 1, 0}});
            Rollouts rollouts = Rollouts.of(draw.matrix(new double[][] {{1, 0, Double.NaN}}), mask)
                    .withLogps(draw.matrix(new double[][] {{-1, -2, Double.NaN}}))
                    .withRefLogps(draw.matrix(new double[][] {{-3, -1, 0}}));
            assertThat(Tensors.toDoubles(new DenseKlPenalty().assign(rollouts)))
                    .containsExactly(new double[] {0.8, 0.1, 0}, within(1e-12));
            assertThat(Tensors.toDoubles(new DenseKlPenalty(0).assign(rollouts)))
                    .containsExactly(1, 0, 0);
            assertThat(Tensors.toDoubles(new DenseKlPenalty(9, KlEstimator.k3())
                            .assign(rollouts.withRefLogps(draw.matrix(new double[][] {{-1, -2, 0}})))))
                    .as("equal to the reference")
                    .containsExactly(1, 0, 0);
            LiveArrays.assertOneLeft(draw.manager(), () -> new DenseKlPenalty().assign(rollouts));
            assertRejects("coefficient", () -> new DenseKlPenalty(Double.NaN));
            assertRejects("logps", () -> new DenseKlPenalty().assign(Rollouts.of(rollouts.rewards(), mask)));
            assertRejects(
                    "refLogps",
                    () -> new DenseKlPenalty().assign(rollouts.withRefLogps(draw.matrix(new double[][] {
                        {Double.NaN, 0, 0}
                    }))));
        }
    }
}
