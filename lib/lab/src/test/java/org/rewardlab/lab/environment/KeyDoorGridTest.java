package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.environment.KeyDoorGrid.Message;
import org.rewardlab.lab.environment.KeyDoorGrid.Move;
import org.rewardlab.lab.environment.KeyDoorGrid.Outcome;
import org.rewardlab.lab.environment.KeyDoorGrid.State;

class KeyDoorGridTest {

    private final KeyDoorGrid grid = new KeyDoorGrid();
    private final SplittableRandom random = new SplittableRandom(1);

    private Outcome walk(State from, String moves) {
        Outcome last = new Outcome(from, 0, Message.NOTHING, false);
        for (int i = 0; i < moves.length(); i++) {
            char c = moves.charAt(i);
            Move move = c == 'U' ? Move.UP : c == 'D' ? Move.DOWN : c == 'L' ? Move.LEFT : Move.RIGHT;
            last = grid.step(last.state(), move, random);
        }
        return last;
    }

    @Test
    void theGoalIsReachedThroughKeyAndDoorAlone() {
        Outcome key = walk(grid.start(), "D".repeat(11));
        assertThat(key.message()).isEqualTo(Message.KEY);
        Outcome door = walk(key.state(), "R".repeat(10) + "U".repeat(7));
        assertThat(door.message()).isEqualTo(Message.DOOR);
        assertThat(door.state()).isEqualTo(new State(4, 10, true, true, 28));
        assertThat(walk(door.state(), "R"))
                .isEqualTo(new Outcome(new State(4, 11, true, true, 29), 1, Message.GOAL, true));
        Outcome without = walk(grid.start(), "R".repeat(10) + "D".repeat(4));
        assertThat(without.message()).isNotEqualTo(Message.DOOR);
        assertThat(walk(without.state(), "R").message()).isEqualTo(Message.WALL);
        assertThat(walk(door.state(), "UR").message()).isEqualTo(Message.WALL);
    }

    @Test
    void theShortestWayIsTwentyNineSteps() {
        Map<Integer, Integer> distance = new HashMap<>(Map.of(grid.index(grid.start()), 0));
        ArrayDeque<State> open = new ArrayDeque<>();
        open.add(grid.start());
        int shortest = -1;
        while (shortest < 0) {
            State state = open.remove();
            for (Move move : Move.values()) {
                Outcome outcome = grid.step(state, move, random);
                int index = grid.index(outcome.state());
                assertThat(index).isBetween(0, grid.stateCount() - 1);
                if (outcome.reward() > 0 && shortest < 0) {
                    shortest = outcome.state().steps();
                }
                if (distance.putIfAbsent(index, outcome.state().steps()) == null && !outcome.done()) {
                    open.add(outcome.state());
                }
            }
        }
        assertThat(shortest).isEqualTo(29);
    }

    @Test
    void theSignSpeaksEachTimeAndABreezeSometimes() {
        assertThat(walk(grid.start(), "D").message()).isEqualTo(Message.SIGN);
        assertThat(walk(grid.start(), "DUDUD").message()).isEqualTo(Message.SIGN);
        int breezes = 0;
        for (int i = 0; i < 5000; i++) {
            breezes += walk(grid.start(), "R").message() == Message.BREEZE ? 1 : 0;
        }
        assertThat(breezes / 5000.0).isCloseTo(0.1, within(0.02));
    }

    @Test
    void episodesEndAtTheHorizon() {
        Outcome last = walk(grid.start(), "U".repeat(120));
        assertThat(last.done()).isTrue();
        assertThatThrownBy(() -> grid.step(last.state(), Move.UP, random)).hasMessageStartingWith("state: expected");
        assertThatThrownBy(() -> new KeyDoorGrid(3, 10, 0)).hasMessageStartingWith("size: expected");
    }
}
