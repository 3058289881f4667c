package org.rewardlab.lab.environment;

import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;

/**
 * A grid in which a key opens a door and the goal lies behind it: one reward at the end of a long walk, and a message each step.
 *
 * <p>The walker starts at (0,0), the key lies at (size-1, 0). The last column is walled off but for the goal cell, which is entered
 * from the door cell beside it once the door is open. The door opens when the walker who has the key steps on the door cell. A sign that
 * may be read again and again stands at (1,0): a trap for rewards that pay for messages. Klissarov et al. and Zheng et al. 2024 (ONI).
 *
 * @param size of a side, at least 4
 * @param horizon most steps of an episode
 * @param breeze the share of empty steps on which a breeze is felt
 */
public record KeyDoorGrid(int size, int horizon, double breeze) {

    /** What the walker hears after a step. */
    public enum Message {
        /** Nothing. */
        NOTHING,
        /** The key was picked up. */
        KEY,
        /** The door opened. */
        DOOR,
        /** A wall was hit. */
        WALL,
        /** A breeze, which means nothing. */
        BREEZE,
        /** The sign was read. */
        SIGN,
        /** The goal was reached. */
        GOAL
    }

    /** Where the walker may go. */
    public enum Move {
        /** One row less. */
        UP(-1, 0),
        /** One row more. */
        DOWN(1, 0),
        /** One column less. */
        LEFT(0, -1),
        /** One column more. */
        RIGHT(0, 1);

        private final int rows;
        private final int columns;

        Move(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }
    }

    /**
     * Where things stand.
     *
     * @param row of the walker
     * @param column of the walker
     * @param hasKey whether the key was picked up
     * @param doorOpen whether the door was opened
     * @param steps taken so far
     */
    public record State(int row, int column, boolean hasKey, boolean doorOpen, int steps) {}

    /**
     * What a move led to.
     *
     * @param state after it
     * @param reward 1 at the goal, else 0
     * @param message what was heard
     * @param done whether the episode is over
     */
    public record Outcome(State state, double reward, Message message, boolean done) {}

    public KeyDoorGrid {
        Check.atLeast("size", size, 4);
        Check.atLeast("horizon", horizon, 1);
        Check.within("breeze", breeze, 0, 1);
    }

    /** 12 by 12, 120 steps, a breeze on a tenth of the empty steps. */
    public KeyDoorGrid() {
        this(12, 120, 0.1);
    }

    /** The beginning of an episode. */
    public State start() {
        return new State(0, 0, false, false, 0);
    }

    /** The row of the door and the goal. */
    public int doorRow() {
        return size / 3;
    }

    /** How many states differ for a table: cells times key times door. */
    public int stateCount() {
        return 4 * size * size;
    }

    /** The number of a state in a table; steps do not count. */
    public int index(State state) {
        return ((state.row() * size + state.column()) * 2 + (state.hasKey() ? 1 : 0)) * 2 + (state.doorOpen() ? 1 : 0);
    }

    /** One step; the generator decides on the breeze alone. Rejects a state whose episode is over. */
    public Outcome step(State state, Move move, RandomGenerator random) {
        if (state.steps() >= horizon) {
            throw Check.failure("state", "an episode of at most " + horizon + " steps", state.steps());
        }
        int row = state.row() + move.rows;
        int column = state.column() + move.columns;
        int steps = state.steps() + 1;
        boolean late = steps >= horizon;
        if (!isFree(state, row, column)) {
            State stays = new State(state.row(), state.column(), state.hasKey(), state.doorOpen(), steps);
            return new Outcome(stays, 0, Message.WALL, late);
        }
        boolean key = state.hasKey() || (row == size - 1 && column == 0);
        boolean atDoor = row == doorRow() && column == size - 2;
        boolean open = state.doorOpen() || (key && atDoor);
        State after = new State(row, column, key, open, steps);
        if (column == size - 1) {
            return new Outcome(after, 1, Message.GOAL, true);
        }
        Message message = key != state.hasKey()
                ? Message.KEY
                : open != state.doorOpen() ? Message.DOOR : row == 1 && column == 0 ? Message.SIGN : empty(random);
        return new Outcome(after, 0, message, late);
    }

    private Message empty(RandomGenerator random) {
        return random.nextDouble() < breeze ? Message.BREEZE : Message.NOTHING;
    }

    private boolean isFree(State state, int row, int column) {
        if (row < 0 || row >= size || column < 0 || column >= size) {
            return false;
        }
        return column < size - 1
                || (row == doorRow() && state.doorOpen() && state.row() == row && state.column() == size - 2);
    }
}
