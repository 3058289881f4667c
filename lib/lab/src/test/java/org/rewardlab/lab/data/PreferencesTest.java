package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreferencesTest {
    private static Preferences hundred() {
        return Preferences.of(IntStream.range(0, 100)
                .mapToObj(i -> new PreferencePair("p" + i / 2, "one two three " + i, "four " + i))
                .toList());
    }

    @Test
    void splitKeepsAllPairsOnceAndNoPromptOnBothSides() {
        Preferences.Split split = hundred().split(0.2, 7);
        assertThat(split.test().size()).isBetween(19, 21);
        assertThat(split.train().size() + split.test().size()).isEqualTo(100);
        Set<String> seen =
                split.train().pairs().stream().map(PreferencePair::prompt).collect(Collectors.toSet());
        assertThat(split.test().pairs()).extracting(PreferencePair::prompt).doesNotContainAnyElementsOf(seen);
        assertThat(split.train().pairs())
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(split.test().pairs());
    }

    @Test
    void splitAndShuffleDependOnTheSeedAlone() {
        assertThat(hundred().split(0.2, 7).test().pairs())
                .isEqualTo(hundred().split(0.2, 7).test().pairs())
                .isNotEqualTo(hundred().split(0.2, 8).test().pairs());
        assertThat(hundred().shuffled(3).pairs())
                .isEqualTo(hundred().shuffled(3).pairs())
                .isNotEqualTo(hundred().pairs())
                .containsExactlyInAnyOrderElementsOf(hundred().pairs());
    }

    @Test
    void splitNeverLeavesASideEmpty() {
        Preferences two = Preferences.of(List.of(new PreferencePair("a", "b", "c"), new PreferencePair("d", "e", "f")));
        for (double share : new double[] {0.001, 0.5, 0.999}) {
            assertThat(two.split(share, 1).train().size()).isEqualTo(1);
            assertThat(two.split(share, 1).test().size()).isEqualTo(1);
        }
    }

    @Test
    void sharesOutOfRangeAndASinglePromptAreRejected() {
        assertThatThrownBy(() -> hundred().split(1, 1))
                .hasMessageContaining("testShare")
                .hasMessageContaining("1.0");
        assertThatThrownBy(() -> hundred().split(Double.NaN, 1)).hasMessageContaining("testShare");
        Preferences one = Preferences.of(List.of(new PreferencePair("a", "b", "c"), new PreferencePair("a", "d", "e")));
        assertThatThrownBy(() -> one.split(0.5, 1)).hasMessageContaining("two different prompts");
        assertThatThrownBy(() -> Preferences.of(List.of())).hasMessageContaining("at least one pair");
        assertThatThrownBy(() -> hundred().first(0)).hasMessageContaining("count");
        assertThatThrownBy(() -> hundred().where(pair -> false)).hasMessageContaining("condition");
    }

    @Test
    void describesCountsAndLengthsInWords() {
        assertThat(hundred())
                .hasToString(
                        "100 preference pairs, 50 prompts; median words: prompt 1, chosen 4, rejected 2; chosen is the longer one in 100 %");
        assertThat(hundred().describe().doubleColumn("mean").asDoubleArray()).containsExactly(1, 4, 2);
    }

    @Test
    void isShownByCountsAndLengthsAndNeverByItsTexts() {
        Preferences secret = Preferences.of(List.of(new PreferencePair("ask <b>", "tell", "keep silent")));
        assertThat(secret.mimeBundle()).containsOnlyKeys("text/html", "text/plain");
        assertThat(secret.mimeBundle().toString())
                .contains("1 preference pairs")
                .doesNotContain("<b>", "tell", "silent");
    }

    @Test
    void selectionsLeaveTheOriginalAlone() {
        Preferences all = hundred();
        assertThat(all.first(3).size()).isEqualTo(3);
        assertThat(all.where(pair -> pair.prompt().equals("p0")).size()).isEqualTo(2);
        all.table().removeColumns("prompt");
        assertThat(all.pair(0).prompt()).isEqualTo("p0");
        assertThat(all.size()).isEqualTo(100);
    }

    @Test
    void wordsAreRunsOfLettersAndSingleSigns() {
        assertThat(Words.of("Don\u2019t stop, 3.5 caf\u00e9s! \u4f60\u597d"))
                .containsExactly("don't", "stop", ",", "3", ".", "5", "caf\u00e9s", "!", "\u4f60", "\u597d");
        assertThat(Words.count("Don't stop, now! ")).isEqualTo(3);
        assertThat(Words.of(" \n")).isEmpty();
    }
}
