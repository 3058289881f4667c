package org.rewardlab.lab.environment;

import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;

/**
 * A simulated user with an emotion and a hidden need: somebody who wants to be heard, or to be advised. After the toy world of Wang et al. 2025
 * (RLVER).
 *
 * <p>The emotion starts at 40 of 100. A turn changes it by what the agent does and by noise of deviation 2, rounded and bounded by 10. The
 * dialogue ends at 0, at 100, or after the last turn.
 *
 * @param turns most turns of a dialogue
 * @param hard users to whom everything is worth 2.5 less, and who open up half as often
 */
public record EmotionalUser(int turns, boolean hard) {

    /** What the user needs and does not say. */
    public enum Need {
        /** To be heard. */
        VENT,
        /** To be told what to do. */
        ADVICE
    }

    /** What the agent may do in a turn. */
    public enum Act {
        /** Show understanding. */
        EMPATHISE,
        /** Ask what the matter is. */
        PROBE,
        /** Say what to do. */
        ADVISE,
        /** Wave it off. */
        DISMISS
    }

    /**
     * Where a dialogue stands.
     *
     * @param need hidden from the agent until revealed
     * @param emotion 0 to 100
     * @param probed whether the agent has asked before
     * @param revealed whether the need is known to the agent
     * @param turn how many turns have passed
     */
    public record State(Need need, int emotion, boolean probed, boolean revealed, int turn) {}

    public EmotionalUser {
        Check.atLeast("turns", turns, 1);
    }

    /** Eight turns with an ordinary user. */
    public EmotionalUser() {
        this(8, false);
    }

    /** A new user whose need is drawn. */
    public State start(RandomGenerator random) {
        return start(random.nextBoolean() ? Need.VENT : Need.ADVICE);
    }

    /** A new user with that need. */
    public State start(Need need) {
        return new State(need, 40, false, false, 0);
    }

    /** Whether the dialogue is over. */
    public boolean isOver(State state) {
        return state.turn() >= turns || state.emotion() <= 0 || state.emotion() >= 100;
    }

    /** The mean change of the emotion by an act, before noise. */
    public double effect(State state, Act act) {
        boolean vent = state.need() == Need.VENT;
        double change = switch (act) {
            case EMPATHISE -> vent ? 6 : 2;
            case PROBE -> state.probed() ? -3 : 4;
            case ADVISE -> (vent ? -4 : 8) - (state.revealed() ? 0 : 4);
            case DISMISS -> -9;
        };
        return hard ? change - 2.5 : change;
    }

    /** One turn. Rejects a dialogue that is over. */
    public State step(State state, Act act, RandomGenerator random) {
        if (isOver(state)) {
            throw Check.failure("state", "a dialogue that goes on", state);
        }
        double noise = random.nextGaussian() * 2;
        long change = Math.max(-10, Math.min(10, Math.round(effect(state, act) + noise)));
        boolean opens = random.nextDouble() < (hard ? 0.5 : 0.9);
        boolean probe = act == Act.PROBE;
        return new State(
                state.need(),
                (int) Math.max(0, Math.min(100, state.emotion() + change)),
                state.probed() || probe,
                state.revealed() || (probe && opens),
                state.turn() + 1);
    }
}
