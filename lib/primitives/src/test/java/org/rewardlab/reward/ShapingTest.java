package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Reward shaping by length, truncation and repetition. */
class ShapingTest {

    private static double[] shape(RewardTransform transform, ScoredResponses responses) {
        return Tensors.toDoubles(transform.transform(responses));
    }

    @Test
    void theOverlongPenaltyAddsThePunishment() {
        try (Draws draw = new Draws(3)) {
            NDArray lengths = draw.vector(0, 79, 80, 90, 100, 101, 500);
            double[] punishment = Tensors.toDoubles(OverlongPenalty.punishment(lengths, 100, 20));
            assertThat(punishment).containsExactly(new double[] {0, 0, 0, -0.5, -1, -1, -1}, within(1e-15));
            ScoredResponses responses = new ScoredResponses(draw.vector(1, 1, 1, 1, 1, 1, 1)).withLengths(lengths);
            assertThat(shape(RewardTransform.overlongPenalty(100, 20), responses))
                    .containsExactly(new double[] {1, 1, 1, 0.5, 0, 0, 0}, within(1e-15));
            assertThat(shape(new OverlongPenalty(100, 20, 0), responses)).containsOnly(1);
            assertThat(Tensors.toDoubles(OverlongPenalty.punishment(lengths, 100, 0)))
                    .containsExactly(0, 0, 0, 0, 0, -1, -1);
            LiveArrays.assertOneLeft(draw.manager(), () -> OverlongPenalty.punishment(lengths, 100, 20));
        }
    }

    @Test
    void truncatedResponsesShrinkOrPay() {
        try (Draws draw = new Draws(3)) {
            ScoredResponses responses = new ScoredResponses(draw.vector(2, 2, -4)).withTruncated(draw.vector(0, 1, 1));
            assertThat(shape(RewardTransform.stopProperly(0.25), responses)).containsExactly(2, 0.5, -1);
            assertThat(shape(RewardTransform.stopProperly(-0.25), responses)).containsExactly(2, -0.25, -0.25);
            assertThat(shape(RewardTransform.stopProperly(1), responses)).containsExactly(2, 2, -4);
            assertThat(shape(RewardTransform.stopProperly(0), responses)[1]).isZero();
        }
    }

    @Test
    void theCosineRewardsShortRightAnswersAndLongWrongOnes() {
        try (Draws draw = new Draws(3)) {
            ScoredResponses responses =
                    new ScoredResponses(draw.vector(1, 1, 1, 0, 0, 0)).withLengths(draw.vector(0, 50, 900, 0, 50, 100));
            assertThat(shape(RewardTransform.cosineLength(100), responses))
                    .containsExactly(new double[] {1, 0.75, 0.5, -1, -0.75, -0.5}, within(1e-15));
            assertThat(shape(new CosineLength(100, 0, 0, 1, 1), responses)).containsExactly(1, 1, 1, 0, 0, 0);
        }
    }

    @Test
    void transformsChainInOrderAndLeaveNothingOver() {
        try (Draws draw = new Draws(3, DataType.FLOAT32)) {
            ScoredResponses responses = new ScoredResponses(draw.vector(1, 1))
                    .withLengths(draw.vector(100, 0))
                    .withTruncated(draw.vector(1, 0))
                    .withGroups(draw.integers(4, 4));
            RewardTransform first = RewardTransform.overlongPenalty(100, 10).then(RewardTransform.stopProperly(-2));
            RewardTransform last = RewardTransform.stopProperly(-2).then(RewardTransform.overlongPenalty(100, 10));
            assertThat(shape(first, responses)).containsExactly(-2, 1);
            assertThat(shape(last, responses)).containsExactly(-3, 1);
            assertThat(first.transform(responses).getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(first)
                    .isEqualTo(RewardTransform.overlongPenalty(100, 10).then(RewardTransform.stopProperly(-2)));
            LiveArrays.assertOneLeft(draw.manager(), () -> first.transform(responses));
        }
    }

    @Test
    void repetitionCostsTheShareOfNgramsThatWereSaidBefore() {
        RepetitionPenalty penalty = new RepetitionPenalty(2, -1);
        assertThat(penalty.rewards(List.of(
                        new long[] {1, 2, 1, 2, 1}, new long[] {1, 2, 3}, new long[] {1}, new long[0], new long[] {
                            5, 5, 5
                        })))
                .containsExactly(-0.5, 0, 0, 0, -0.5);
        assertThat(new RepetitionPenalty().reward(new long[] {1, 1, 1})).isZero();
        assertThat(new RepetitionPenalty(2, -0.5).reward(new long[] {1, 2, 1, 2, 1}))
                .isEqualTo(-0.25);
        assertThat(new RepetitionPenalty(2, 0).reward(new long[] {1, 2, 1, 2, 1}))
                .isZero();
        assertThatThrownBy(() -> penalty.rewards(List.of())).hasMessageStartingWith("completions: ");
        assertThatThrownBy(() -> new RepetitionPenalty(0, -1)).hasMessageStartingWith("ngramSize: ");
        assertThatThrownBy(() -> new RepetitionPenalty(3, 0.1)).hasMessageStartingWith("maxPenalty: ");
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(3)) {
            ScoredResponses bare = new ScoredResponses(draw.vector(1, 0));
            assertThatThrownBy(() -> new OverlongPenalty(10, 11, 1)).hasMessageStartingWith("buffer: ");
            assertThatThrownBy(() -> new OverlongPenalty(10, 0, 1)).hasMessageStartingWith("buffer: ");
            assertThatThrownBy(() -> OverlongPenalty.punishment(draw.vector(1), 10, 11))
                    .hasMessageStartingWith("cache: ");
            assertThatThrownBy(() -> new StopProperly(1.1)).hasMessageStartingWith("coefficient: ");
            assertThatThrownBy(() -> new CosineLength(0)).hasMessageStartingWith("maxLength: ");
            assertThatThrownBy(() -> shape(new CosineLength(10), bare)).hasMessageStartingWith("lengths: ");
            assertThatThrownBy(() -> shape(new StopProperly(0), bare)).hasMessageStartingWith("truncated: ");
            assertThatThrownBy(() -> shape(new StopProperly(0), bare.withTruncated(draw.vector(2, 0))))
                    .hasMessageStartingWith("truncated: ");
            assertThatThrownBy(() -> shape(
                            new CosineLength(10), new ScoredResponses(draw.vector(0.5)).withLengths(draw.vector(1))))
                    .hasMessageStartingWith("rewards: ");
            assertThatThrownBy(() -> shape(new OverlongPenalty(10, 2, 1), bare.withLengths(draw.vector(-1, 2))))
                    .hasMessageStartingWith("lengths: ");
            assertThatThrownBy(() -> bare.withLengths(draw.vector(1))).hasMessageStartingWith("lengths: ");
            assertThatThrownBy(() -> new ScoredResponses(draw.vector())).hasMessageStartingWith("rewards: ");
        }
    }
}
