package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.train.PreferenceRounds.Round;

class PreferenceRoundsTest {

    /** A policy is a number; samples lie around it, and it moves to the one that is nearest to ten. */
    private static PreferenceRounds<Double, List<Double>, List<Double>, Double> towardsTen() {
        return new PreferenceRounds<>(
                now -> List.of(
                        now.policy() - now.random().nextDouble(),
                        now.policy() + now.random().nextDouble()),
                (now, samples) -> samples.stream().map(x -> -Math.abs(10 - x)).toList(),
                (now, samples, labels) -> samples.get(labels.get(0) > labels.get(1) ? 0 : 1),
                (now, best) -> best);
    }

    private static RandomGenerator random() {
        return new SplittableRandom(7);
    }

    @Test
    void everyRoundGoesOnWhereTheLastOneEnded() {
        List<Round<Double, List<Double>, List<Double>, Double>> rounds = new ArrayList<>();
        towardsTen().from(0.0, 30, random()).forEach(rounds::add);
        assertThat(rounds).hasSize(30);
        assertThat(rounds.get(0).now().before()).isZero();
        for (int i = 1; i < 30; i++) {
            Round<Double, List<Double>, List<Double>, Double> round = rounds.get(i);
            assertThat(round.now().number()).isEqualTo(i + 1);
            assertThat(round.now().policy()).isEqualTo(rounds.get(i - 1).next());
            assertThat(round.now().before()).isEqualTo(rounds.get(i - 1).now().policy());
            assertThat(round.samples()).contains(round.data());
            assertThat(round.next()).isEqualTo(round.data());
        }
        assertThat(rounds.get(29).next()).isBetween(9.0, 11.0);
    }

    @Test
    void theSameSeedGivesTheSameRoundsAndOneRoundIsTheFirstOfMany() {
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        towardsTen().from(0.0, 5, random()).forEach(round -> one.add(round.next()));
        towardsTen().from(0.0, 5, random()).forEach(round -> two.add(round.next()));
        assertThat(one).isEqualTo(two);
        assertThat(towardsTen().next(0.0, random())).isEqualTo(one.get(0));
    }

    @Test
    void aRoundIsBegunWhenItIsAskedForAndNotBefore() {
        List<Integer> begun = new ArrayList<>();
        PreferenceRounds<Integer, Integer, Integer, Integer> counting = new PreferenceRounds<>(
                now -> {
                    begun.add(now.number());
                    return 0;
                },
                (now, samples) -> 0,
                (now, samples, labels) -> 0,
                (now, data) -> now.policy() + 1);
        for (Round<Integer, Integer, Integer, Integer> round : counting.from(0, 5, random())) {
            if (round.next() == 2) {
                break;
            }
        }
        assertThat(begun).containsExactly(1, 2);
        assertThat(counting.from(0, 0, random())).isEmpty();
        var none = counting.from(0, 0, random()).iterator();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    @SuppressWarnings("NullAway")
    void missingPartsAndPoliciesAreRejectedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PreferenceRounds<Integer, Integer, Integer, Integer>(
                        null, (a, b) -> 0, (a, b, c) -> 0, (a, b) -> 0))
                .withMessageContaining("sample: expected");
        var nothing = new PreferenceRounds<Integer, Integer, Integer, Integer>(
                now -> 0, (now, s) -> 0, (now, s, l) -> 0, (now, d) -> null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nothing.next(0, random()))
                .withMessageContaining("learn: expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> towardsTen().from(0.0, -1, random()))
                .withMessageContaining("rounds: expected");
    }
}
