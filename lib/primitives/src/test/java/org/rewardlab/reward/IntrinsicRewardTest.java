package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.LiveArrays;

/** Rewards that an annotator's labels give to messages. */
class IntrinsicRewardTest {

    private static NDArray ids(Draws draw, long rows, long steps, long... numbers) {
        return Tensors.create(draw.manager(), numbers, rows, steps);
    }

    @Test
    void anEmptyTablePaysNothingAndKnowsWhatItHasNotSeen() {
        try (Draws draw = new Draws(2)) {
            NDArray messages = ids(draw, 2, 3, 5, 0, 5, 9, 0, 1);
            LabelTable empty = LabelTable.empty();
            assertThat(Tensors.toDoubles(empty.rewards(messages, DataType.FLOAT32)))
                    .containsOnly(0);
            assertThat(empty.unseen(messages)).containsExactly(5L, 0L, 9L, 1L);
            LabelTable table = empty.with(Map.of(5L, 1, 0L, 0)).with(Map.of(0L, 1));
            assertThat(Tensors.toDoubles(table.rewards(messages, DataType.FLOAT64)))
                    .containsExactly(1, 1, 1, 0, 1, 0);
            assertThat(table.unseen(messages)).containsExactly(9L, 1L);
            assertThat(new LabelTable(Map.of(), -0.5).reward(3)).isEqualTo(-0.5);
            NDArray combined = new IntrinsicBonus()
                    .combine(
                            draw.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}}),
                            empty.rewards(messages, DataType.FLOAT64),
                            EpisodicCounts.of(messages, draw.flags(2, 3)));
            assertThat(Tensors.toDoubles(combined))
                    .containsExactly(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, within(1e-12));
        }
    }

    @Test
    void aClassifierPaysAboveItsThresholdOnly() {
        try (Draws draw = new Draws(2)) {
            NDArray logits = draw.of(new double[] {1, 1, 0, Math.log(3), 800, -800}, 3, 2);
            assertThat(Tensors.toDoubles(ClassificationReward.probabilities(logits)))
                    .containsExactly(new double[] {0.5, 0.75, 0}, within(1e-12));
            assertThat(Tensors.toDoubles(new ClassificationReward().rewards(logits)))
                    .as("strictly above")
                    .containsExactly(0, 1, 0);
            assertThat(Tensors.toDoubles(new ClassificationReward(0.75 + 1e-9).rewards(logits)))
                    .containsOnly(0);
            LiveArrays.assertOneLeft(draw.manager(), () -> new ClassificationReward().rewards(logits));
        }
    }

    @Test
    void countsStartAgainAfterEachEpisodeAndEachRow() {
        try (Draws draw = new Draws(2)) {
            NDArray counts = EpisodicCounts.of(ids(draw, 2, 4, 3, 3, 3, 3, 3, 4, 3, 4), draw.matrix(new double[][] {
                {0, 1, 0, 0}, {0, 0, 0, 1}
            }));
            assertThat(counts.toLongArray()).containsExactly(1, 2, 1, 2, 1, 1, 2, 2);
        }
    }

    @Test
    void whatIsMetOnceIsNotDiscountedWhateverTheExponent() {
        assertThat(new IntrinsicBonus(0.1, 0.4, 3).combine(2, 1, 1))
                .isEqualTo(new IntrinsicBonus(0.1, 0.4, 0).combine(2, 1, 1));
        assertThat(new IntrinsicBonus(10, 0.4, 3).combine(0, 1, 2)).isCloseTo(0.05, within(1e-15));
        assertThat(new IntrinsicBonus(0, 1, 0).combine(7, 1, 5)).isEqualTo(1);
    }

    @Test
    void aThresholdOfMinusInfinityIsPlainStandardisation() {
        try (Draws draw = new Draws(2)) {
            NDArray values = draw.vector(-9, 1, 3, 5);
            RunningMoments moments = new RunningMoments(1, 4, 10);
            assertThat(Tensors.toDoubles(new StandardizedThreshold(Double.NEGATIVE_INFINITY).rewards(values, moments)))
                    .containsExactly(-5, 0, 1, 2);
            assertThat(Tensors.toDoubles(new StandardizedThreshold(1).rewards(values, moments)))
                    .as("strictly above")
                    .containsExactly(0, 0, 0, 2);
        }
    }

    @Test
    void momentsOfManyNumbersInChunksNearThePlainOnes() {
        try (Draws draw = new Draws(2)) {
            RunningMoments moments = RunningMoments.initial(1e-4);
            RunningMoments exact = RunningMoments.initial();
            for (int chunk = 0; chunk < 200; chunk++) {
                double[] numbers = Tensors.toDoubles(draw.normal(100));
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = 3 + 2 * numbers[i];
                }
                moments = moments.nextUnbiased(numbers);
                exact = exact.next(numbers);
            }
            assertThat(moments.count()).isCloseTo(20_000, within(1e-3));
            assertThat(moments.mean()).isCloseTo(exact.mean(), within(1e-6));
            assertThat(moments.variance()).isCloseTo(exact.variance(), within(0.05));
        }
    }

    @Test
    void theNewestMessagesAreAnnotatedFirstAndTheOldestForgotten() {
        AnnotationQueue queue = new AnnotationQueue(2, 3);
        AnnotationQueue.Tick tick = queue.next(queue.initial(), List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L));
        assertThat(tick.annotated()).containsExactly(6L, 7L);
        assertThat(tick.pending()).containsExactly(3L, 4L, 5L);
        tick = queue.next(tick, List.of(8L));
        assertThat(tick.annotated()).containsExactly(5L, 8L);
        tick = queue.next(queue.next(tick, List.of()), List.of());
        assertThat(tick).isEqualTo(queue.initial());
        assertThat(new AnnotationQueue(1, 0).next(tick, List.of(1L, 2L)).pending())
                .isEmpty();
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(2)) {
            NDArray messages = ids(draw, 1, 2, 0, 1);
            NDArray row = draw.matrix(new double[][] {{1, 1}});
            IntrinsicBonus bonus = new IntrinsicBonus();
            RunningMoments moments = RunningMoments.initial(1e-4);
            assertRejects("labels", () -> new LabelTable(Map.of(1L, 2), 0));
            assertRejects("fallback", () -> new LabelTable(Map.of(), Double.NaN));
            assertRejects("messageIds", () -> LabelTable.empty().rewards(row, DataType.FLOAT32));
            assertRejects("messageIds", () -> LabelTable.empty().unseen(draw.integers(1, 2)));
            assertRejects("threshold", () -> new ClassificationReward(1.1));
            assertRejects("logits", () -> new ClassificationReward().rewards(draw.vector(1, 2, 3)));
            assertRejects("logits", () -> new ClassificationReward().rewards(draw.vector(1, Double.NaN)));
            assertRejects("done", () -> EpisodicCounts.of(messages, draw.matrix(new double[][] {{1, 2}})));
            assertRejects("done", () -> EpisodicCounts.of(messages, draw.matrix(new double[][] {{1}})));
            assertRejects("counts", () -> bonus.combine(row, row, draw.matrix(new double[][] {{1, 0.5}})));
            assertRejects("counts", () -> bonus.combine(row, row, draw.matrix(new double[][] {{1, Double.NaN}})));
            assertRejects("counts", () -> bonus.combine(row, row, draw.matrix(new double[][] {{1}})));
            assertRejects("intrinsic", () -> bonus.combine(row, draw.matrix(new double[][] {{1, Double.NaN}}), row));
            assertRejects("countExponent", () -> new IntrinsicBonus(1, 1, -1));
            assertRejects("threshold", () -> new StandardizedThreshold(Double.NaN));
            assertRejects("values", () -> new StandardizedThreshold().rewards(draw.vector(Double.NaN), moments));
            assertRejects(
                    "variance", () -> new StandardizedThreshold().rewards(draw.vector(1), new RunningMoments(0, 0, 1)));
            assertRejects("batch", () -> moments.nextUnbiased(1));
            assertRejects("batch", () -> moments.nextUnbiased(1, Double.POSITIVE_INFINITY));
            assertRejects("weight", () -> RunningMoments.initial(0));
            assertRejects("batchSize", () -> new AnnotationQueue(0));
            assertRejects("keepLast", () -> new AnnotationQueue(1, -1));
        }
    }
}
