package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashedTextTest {
    private static final HashedText COUNTS = new HashedText(1 << 14, 2, false, Set.of());

    private static double[] dense(HashedText features, String prompt, String response) {
        SparseVector vector = features.of(prompt, response);
        double[] dense = new double[features.width()];
        for (int i = 0; i < vector.size(); i++) {
            dense[vector.position(i)] = vector.value(i);
        }
        return dense;
    }

    @Test
    void eachWordAndEachPairOfWordsCountsOnce() {
        assertThat(COUNTS.of("", "one two three").size()).isEqualTo(5);
        assertThat(new HashedText(1 << 14, 1, false, Set.of())
                        .of("", "one two three")
                        .size())
                .isEqualTo(3);
        double[] counts = Arrays.stream(dense(COUNTS, "", "one One ONE"))
                .map(Math::abs)
                .filter(count -> count > 0)
                .sorted()
                .toArray();
        assertThat(counts).containsExactly(2, 3); // the pair twice, the word three times
    }

    @Test
    void bagOfWordsIgnoresOrderWhilePairsDoNot() {
        HashedText words = new HashedText(1 << 14, 1, true, Set.of());
        assertThat(words.of("", "a b c")).isEqualTo(words.of("", "c a b"));
        assertThat(COUNTS.of("", "a b c")).isNotEqualTo(COUNTS.of("", "c a b"));
    }

    @Test
    void unitLengthIsOneWhateverTheLength() {
        HashedText unit = HashedText.standard().wordsOnly();
        for (String text : List.of("yes", "yes yes yes", "a longer text, of several words and signs!")) {
            double squares =
                    Arrays.stream(dense(unit, "", text)).map(x -> x * x).sum();
            assertThat(squares).isCloseTo(1, within(1e-6));
        }
        assertThat(unit.of("", "").size()).isZero();
    }

    @Test
    void signsAreBalancedAndPositionsSpread() {
        double[] sum = new double[1 << 10];
        HashedText words = new HashedText(1 << 10, 1, false, Set.of());
        for (int i = 0; i < 50_000; i++) {
            SparseVector one = words.of("", "word" + i);
            sum[one.position(0)] += one.value(0);
        }
        assertThat(Arrays.stream(sum).average().orElseThrow()).isCloseTo(0, within(1.0));
        assertThat(Arrays.stream(sum).map(x -> x * x).average().orElseThrow())
                .isCloseTo(50_000 / 1024.0, within(10.0)); // a random walk in each position
    }

    @Test
    void hashesNeverChange() {
        SparseVector vector = COUNTS.of("", "reward model");
        assertThat(IntStream.range(0, 3).map(vector::position).toArray()).containsExactly(1792, 9551, 14955);
    }

    @Test
    void styleStandsBehindTheBag() {
        HashedText all = HashedText.standard();
        double[] dense = dense(all, "How do I boil an egg?", "Boil the egg. Which size?");
        int at = all.dimension();
        assertThat(dense[at]).isCloseTo(Math.log1p(7) / 5, within(1e-6)); // five words and two signs
        assertThat(dense[at + 1]).isCloseTo(10.0 / 17, within(1e-6)); // one question mark
        assertThat(dense[at + 2]).isCloseTo(2.0 / 3, within(1e-6)); // boil, egg of boil, egg, size
        assertThat(dense[at + 3]).isCloseTo(1, within(1e-6)); // boil, egg of boil, egg
        assertThat(all.without(StyleFeature.LENGTH).style())
                .isEqualTo(EnumSet.complementOf(EnumSet.of(StyleFeature.LENGTH)));
        assertThat(all.without(StyleFeature.LENGTH).width()).isEqualTo(all.dimension() + 3);
    }

    @Test
    void featuresPrintThemselvesForLegends() {
        assertThat(HashedText.standard()).hasToString("1-2-grams + style");
        assertThat(HashedText.standard().wordsOnly()).hasToString("1-2-grams");
        assertThat(new HashedText(16, 1, true, Set.of(StyleFeature.ECHO))).hasToString("words + echo");
        assertThat(StyleFeature.LENGTH.alone()).hasToString("length alone");
    }

    @Test
    void styleAloneIsTheSameWithoutWords() {
        TextFeatures alone = new StyleAlone(EnumSet.of(StyleFeature.COVERAGE, StyleFeature.LENGTH));
        SparseVector vector = alone.of("boil an egg", "an egg");
        assertThat(alone.width()).isEqualTo(2);
        assertThat(vector).isEqualTo(new SparseVector(new int[] {0, 1}, new float[] {(float) Math.log1p(2) / 5, 0.5f}));
        assertThatThrownBy(() -> new StyleAlone(Set.of())).hasMessageContaining("style");
    }

    @Test
    void sizesOutOfRangeAreRejected() {
        assertThatThrownBy(() -> new HashedText(1000, 2, true, Set.of()))
                .hasMessageContaining("dimension")
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> new HashedText(1 << 10, 0, true, Set.of())).hasMessageContaining("ngrams");
        assertThatThrownBy(() -> new SparseVector(new int[] {1}, new float[0])).hasMessageContaining("values");
        assertThatThrownBy(() -> new SparseVector(new int[] {2, 2}, new float[2]))
                .hasMessageContaining("positions");
        assertThatThrownBy(() -> new SparseVector(new int[] {-1}, new float[1])).hasMessageContaining("positions");
    }
}
