package org.rewardlab.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.testing.LossLaws.assertRejects;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rewardlab.testing.Draws;

class RepetitionTest {

    private static final JaccardRepetition JACCARD = new JaccardRepetition();

    @Test
    void theSameSentenceOfThreeContentWordsIsARepetition() {
        RepetitionMatch match = JACCARD.detect(new long[] {4, 7, 9}, List.of(new long[] {9, 4, 7}));
        assertThat(match).isEqualTo(new RepetitionMatch(true, List.of(1.0)));
        assertThat(match.maxRatio()).isOne();
    }

    @Test
    void twoWordsNeverRepeatHoweverAlike() {
        RepetitionMatch match = JACCARD.detect(new long[] {4, 7}, List.of(new long[] {4, 7}));
        assertThat(match).isEqualTo(new RepetitionMatch(false, List.of(1.0)));
        assertThat(JACCARD.detect(new long[] {4, 4, 4}, List.of(new long[] {4})).repetition())
                .as("duplicates count towards the length")
                .isTrue();
    }

    @Test
    void stopWordsAreLeftOutUnlessNothingElseIsSaid() {
        Set<Long> stopWords = Set.of(0L, 1L);
        RepetitionMatch some = JACCARD.detect(new long[] {0, 1, 5, 6}, List.of(new long[] {0, 1, 5, 6}), stopWords);
        assertThat(some).isEqualTo(new RepetitionMatch(false, List.of(1.0)));
        RepetitionMatch one = JACCARD.detect(new long[] {0, 1, 1}, List.of(new long[] {5}), stopWords);
        assertThat(one).isEqualTo(new RepetitionMatch(false, List.of(0.0)));
        RepetitionMatch none = JACCARD.detect(new long[] {0, 1, 1}, List.of(new long[] {1, 0}), stopWords);
        assertThat(none).isEqualTo(new RepetitionMatch(true, List.of(1.0)));
    }

    @Test
    void theRatioIsSymmetricAndReachesTheThreshold() {
        List<Long> a = List.of(1L, 2L, 3L);
        List<Long> b = List.of(3L, 2L, 8L, 8L);
        assertThat(JaccardRepetition.ratio(a, b))
                .isEqualTo(JaccardRepetition.ratio(b, a))
                .isEqualTo(0.5);
        assertThat(JaccardRepetition.ratio(List.of(), List.of())).isZero();
        assertThat(JACCARD.detect(new long[] {1, 2, 3}, List.of(new long[] {2, 3, 8}))
                        .repetition())
                .isTrue();
        assertThat(new JaccardRepetition(1, 3)
                        .detect(new long[] {1, 2, 3}, List.of(new long[] {3, 1, 2}))
                        .repetition())
                .isTrue();
        assertThat(new JaccardRepetition(0.51, 3)
                        .detect(new long[] {1, 2, 3}, List.of(new long[] {2, 3, 8}))
                        .repetition())
                .isFalse();
    }

    @Test
    void withoutHistoryNothingIsRepeated() {
        assertThat(JACCARD.detect(new long[] {1, 2, 3}, List.of())).isEqualTo(new RepetitionMatch(false, List.of()));
        assertThat(JACCARD.detect(new long[0], List.of(new long[0])).maxRatio()).isZero();
    }

    @Test
    void vectorsRepeatEachOtherByTheirAngle() {
        try (Draws draw = new Draws(1)) {
            RepetitionMatch match = new SemanticRepetition().detect(draw.vector(1, 1), draw.matrix(new double[][] {
                {0, 3}, {-1, 1}, {2, 2.1}
            }));
            assertThat(match.ratios().get(0)).isCloseTo(Math.sqrt(0.5), within(1e-12));
            assertThat(match.ratios().get(1)).isCloseTo(0, within(1e-12));
            assertThat(match.repetition()).isTrue();
            var none = draw.manager().create(new Shape(0, 2), DataType.FLOAT64);
            assertThat(new SemanticRepetition().detect(draw.vector(1, 1), none).repetition())
                    .isFalse();
        }
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        try (Draws draw = new Draws(1)) {
            assertRejects("threshold", () -> new JaccardRepetition(-0.01, 3));
            assertRejects("threshold", () -> new JaccardRepetition(1.01, 3));
            assertRejects("minTokens", () -> new JaccardRepetition(0.5, -1));
            assertRejects("threshold", () -> new SemanticRepetition(Double.NaN));
            SemanticRepetition semantic = new SemanticRepetition();
            assertRejects("contexts", () -> semantic.detect(draw.vector(1, 1), draw.matrix(new double[][] {{0, 0}})));
            assertRejects(
                    "contexts", () -> semantic.detect(draw.vector(1, 1), draw.matrix(new double[][] {{0, 0, 1}})));
            assertRejects("contexts", () -> semantic.detect(draw.vector(1, 1), draw.vector(1, 1)));
            assertRejects("candidate", () -> semantic.detect(draw.vector(0, 0), draw.matrix(new double[][] {{0, 1}})));
            assertRejects(
                    "candidate",
                    () -> semantic.detect(draw.vector(0, Double.NaN), draw.matrix(new double[][] {{0, 1}})));
        }
    }
}
