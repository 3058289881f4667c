package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileUserTest {

    private static ProfileUser.State finished(ProfileUser user, SplittableRandom random) {
        ProfileUser.State state = user.start(random);
        while (!user.isOver(state)) {
            state = user.step(state, random);
        }
        return state;
    }

    @Test
    void symbolsOfASlotAreAPermutationFixedByTheCode() {
        ProfileUser user = new ProfileUser(3);
        Set<List<Integer>> permutations = new HashSet<>();
        for (int slot = 0; slot < 6; slot++) {
            int each = slot;
            List<Integer> symbols = IntStream.range(0, 5)
                    .mapToObj(value -> user.symbol(each, value))
                    .toList();
            assertThat(symbols).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            permutations.add(symbols);
            assertThat(new ProfileUser(3).symbol(slot, 2)).isEqualTo(symbols.get(2));
        }
        assertThat(permutations.size()).isGreaterThan(2);
    }

    @Test
    void hintsComeAsOftenAndAsHonestlyAsSaidAndNeverTwiceOfASlot() {
        ProfileUser user = new ProfileUser(7);
        SplittableRandom random = new SplittableRandom(5);
        int first = 0;
        int honest = 0;
        int hints = 0;
        for (int dialogue = 0; dialogue < 2000; dialogue++) {
            ProfileUser.State start = user.start(random);
            first += user.step(start, random).hints().size();
            ProfileUser.State end = finished(user, random);
            assertThat(end.hints()).extracting(ProfileUser.Hint::slot).doesNotHaveDuplicates();
            assertThat(end.turn()).isEqualTo(8);
            for (ProfileUser.Hint hint : end.hints()) {
                hints++;
                honest += user.symbol(hint.slot(), end.profile().get(hint.slot())) == hint.symbol() ? 1 : 0;
            }
        }
        assertThat(first / 2000.0).isCloseTo(0.8, within(0.04));
        assertThat(honest / (double) hints).isCloseTo(0.9 + 0.1 / 5, within(0.015));
    }

    @Test
    void aSeedFixesADialogue() {
        ProfileUser user = new ProfileUser(1);
        ProfileUser.State one = finished(user, new SplittableRandom(4));
        assertThat(finished(user, new SplittableRandom(4))).isEqualTo(one);
        assertThat(finished(user, new SplittableRandom(6))).isNotEqualTo(one);
    }

    @Test
    void questionsAreAnsweredWithTheValueOrNotAtAll() {
        ProfileUser forgetful = new ProfileUser(4, 3, 5, 1, 0, 0.4, 2);
        SplittableRandom random = new SplittableRandom(8);
        int silent = 0;
        for (int i = 0; i < 2000; i++) {
            ProfileUser.State state = forgetful.start(random);
            int answer = forgetful.answer(state, i % 4, random);
            silent += answer == ProfileUser.UNKNOWN ? 1 : 0;
            assertThat(answer).isIn(ProfileUser.UNKNOWN, state.profile().get(i % 4));
        }
        assertThat(silent / 2000.0).isCloseTo(0.4, within(0.05));
        assertThat(finished(forgetful, random).hints()).hasSize(4); // nothing is left to say
    }

    @Test
    void badNumbersAndFinishedDialoguesAreRejected() {
        ProfileUser user = new ProfileUser(1);
        SplittableRandom random = new SplittableRandom(1);
        ProfileUser.State over = finished(user, random);
        assertThatThrownBy(() -> user.step(over, random)).hasMessageContaining("a dialogue that goes on");
        assertThatThrownBy(() -> user.answer(over, 6, random)).hasMessageContaining("slot");
        assertThatThrownBy(() -> new ProfileUser(0, 5, 8, 1, 0, 0, 1)).hasMessageContaining("slots");
        assertThatThrownBy(() -> new ProfileUser(2, 5, 8, 1.5, 0, 0, 1)).hasMessageContaining("talkative");
    }
}
