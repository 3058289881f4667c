package org.rewardlab.lab.environment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.rewardlab.lab.data.Shuffle;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.tensor.Check;

/**
 * A simulated user with a hidden profile: attributes with one value each, revealed bit by bit. After the toy worlds of Zhao et
 * al. 2025 (RLPA), where the user drops hints that have to be read, and of Sun et al. 2025 (Nous), where an agent asks.
 *
 * <p>A hint names a slot that was not hinted at before and a symbol for its value. What a symbol stands for is a permutation of
 * the values, drawn for each slot with the world and unknown to the agent; now and then the symbol is any. An answer to a
 * question is the value itself, or nothing where the user does not know.
 *
 * @param slots attributes of a profile
 * @param values of each attribute
 * @param turns most turns of a dialogue
 * @param talkative chance of a hint in a turn, while there is something left to hint at
 * @param misleading chance that the symbol of a hint is drawn from all, evenly
 * @param ignorance chance that a question is answered with nothing
 * @param code seed of what the symbols stand for
 */
public record ProfileUser(
        int slots, int values, int turns, double talkative, double misleading, double ignorance, long code) {

    /** What {@link #answer} gives where the user does not know. */
    public static final int UNKNOWN = -1;

    /**
     * What a user said of itself.
     *
     * @param slot attribute that it is about
     * @param symbol for its value
     */
    public record Hint(int slot, int symbol) {}

    /**
     * Where a dialogue stands.
     *
     * @param profile the value of each slot, hidden from the agent
     * @param hints in the order in which they came
     * @param turn how many turns have passed
     */
    public record State(List<Integer> profile, List<Hint> hints, int turn) {
        public State {
            profile = List.copyOf(profile);
            hints = List.copyOf(hints);
        }
    }

    public ProfileUser {
        Check.atLeast("slots", slots, 1);
        Check.atLeast("values", values, 2);
        Check.atLeast("turns", turns, 1);
        Check.within("talkative", talkative, 0, 1);
        Check.within("misleading", misleading, 0, 1);
        Check.within("ignorance", ignorance, 0, 1);
    }

    /** Six slots of five values, eight turns, a hint in four turns of five of which one in ten is any symbol; answers are right. */
    public ProfileUser(long code) {
        this(6, 5, 8, 0.8, 0.1, 0, code);
    }

    /** A new user, each value as likely as any other. */
    public State start(RandomGenerator random) {
        List<Integer> profile = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            profile.add(random.nextInt(values));
        }
        return new State(profile, List.of(), 0);
    }

    /** Whether the dialogue is over. */
    public boolean isOver(State state) {
        return state.turn() >= turns;
    }

    /** One turn, with a hint or without; the last of {@link State#hints} is new if there is one more. Rejects a dialogue that is over. */
    public State step(State state, RandomGenerator random) {
        if (isOver(state)) {
            throw Check.failure("state", "a dialogue that goes on", state);
        }
        boolean talks = random.nextDouble() < talkative;
        List<Integer> left = left(state);
        List<Hint> hints = new ArrayList<>(state.hints());
        if (talks && !left.isEmpty()) {
            int slot = left.get(random.nextInt(left.size()));
            boolean any = random.nextDouble() < misleading;
            hints.add(new Hint(
                    slot,
                    any ? random.nextInt(values) : symbol(slot, state.profile().get(slot))));
        }
        return new State(state.profile(), hints, state.turn() + 1);
    }

    private List<Integer> left(State state) {
        Set<Integer> said = new HashSet<>();
        state.hints().forEach(hint -> said.add(hint.slot()));
        List<Integer> left = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            if (!said.contains(slot)) {
                left.add(slot);
            }
        }
        return left;
    }

    /** The value of a slot that was asked for, or {@link #UNKNOWN}; a question takes no turn. */
    public int answer(State state, int slot, RandomGenerator random) {
        Check.within("slot", slot, 0, slots - 1);
        return random.nextDouble() < ignorance ? UNKNOWN : state.profile().get(slot);
    }

    /** The symbol that an honest hint has for a value: what an agent has to learn, and an oracle knows. */
    public int symbol(int slot, int value) {
        Check.within("slot", slot, 0, slots - 1);
        Check.within("value", value, 0, values - 1);
        return Shuffle.order(values, new Seeds(code).child(slot).value())[value];
    }
}
