package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.data.Preferences;

class RankingTest {
    @Test
    void countsRightRankingsAndHalvesTies() {
        Ranking ranking = Ranking.of(new double[] {2, -1, 0, 3});
        assertThat(ranking.accuracy()).isEqualTo(0.625);
        assertThat(ranking.meanMargin()).isEqualTo(1);
        assertThat(ranking.correct()).containsExactly(true, false, false, true);
        assertThat(ranking.confidence()[0]).isCloseTo(0.880797, within(1e-6));
        assertThat(ranking.confidence()[2]).isEqualTo(0.5);
        assertThat(ranking.interval().low()).isLessThan(0.5);
    }

    @Test
    void lossIsThatOfBradleyAndTerryAndStableFarOut() {
        assertThat(Ranking.of(new double[] {0, 0}).loss()).isCloseTo(Math.log(2), within(1e-12));
        double expected = (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(1))) / 2;
        assertThat(Ranking.of(new double[] {2, -1}).loss()).isCloseTo(expected, within(1e-12));
        assertThat(Ranking.of(new double[] {-1e6}).loss()).isEqualTo(1e6);
    }

    @Test
    void pooledRankingsCountAllPairs() {
        Ranking pooled = Ranking.pooled(List.of(Ranking.of(new double[] {1}), Ranking.of(new double[] {-2, 3})));
        assertThat(pooled.margins()).containsExactly(1, -2, 3);
    }

    @Test
    void emptyOrBrokenMarginsAreRejected() {
        assertThatThrownBy(() -> Ranking.of(new double[0])).hasMessageContaining("margins");
        assertThatThrownBy(() -> Ranking.of(new double[] {1, Double.NaN})).hasMessageContaining("NaN");
    }

    @Test
    void lengthBaselineLearnsWhichLengthWins() {
        Preferences longer = Preferences.of(List.of(
                new PreferencePair("p", "a b c", "a"),
                new PreferencePair("p", "a b", "a"),
                new PreferencePair("p", "a", "a b")));
        Preferences shorter = Preferences.of(List.of(new PreferencePair("p", "a", "a b c")));
        assertThat(LengthBaseline.fit(longer).longerWins()).isTrue();
        assertThat(LengthBaseline.fit(shorter).longerWins()).isFalse();
        assertThat(LengthBaseline.fit(longer).rank(longer).accuracy()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(LengthBaseline.fit(longer).rank(shorter).accuracy()).isZero();
        assertThat(new LengthBaseline(true)
                        .rank(Preferences.of(List.of(new PreferencePair("", "a!", "b"))))
                        .accuracy())
                .isEqualTo(0.5);
    }
}
