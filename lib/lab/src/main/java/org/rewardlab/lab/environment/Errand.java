package org.rewardlab.lab.environment;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.rewardlab.lab.model.SoftmaxTable;
import org.rewardlab.tensor.Check;

/**
 * An errand of several stages, paid when it is done: a delayed reward whose true credit can be computed.
 *
 * <p>Each turn has two tokens, a remark and a move. Remarks change nothing. At stage s move s is right and leads to the next stage; moves
 * that are right elsewhere, and looking around, do nothing; forcing the lock jams it, and from there on nothing moves any more. An
 * errand ends when its last stage is done, outcome 1, or when its turns are over, outcome 0.
 *
 * <p>A policy has two rows for each stage, one for remarks and one for moves, and as many again for a jammed lock, which one can see.
 *
 * @param stages how many right moves it takes, at least 1
 * @param turns how many there may be, at least as many as stages
 */
public record Errand(int stages, int turns) {

    /**
     * A turn and what came of it.
     *
     * @param stage before it, from 0
     * @param jammed whether the lock was jammed before it
     * @param remark what was said
     * @param move what was done
     * @param after the stage after it
     * @param jams whether the lock is jammed after it
     */
    public record Turn(int stage, boolean jammed, int remark, int move, int after, boolean jams) {
        /** Whether it led to the next stage. */
        public boolean advanced() {
            return after > stage;
        }
    }

    public Errand {
        Check.atLeast("stages", stages, 1);
        Check.atLeast("turns", turns, stages);
    }

    /** How many remarks, and how many moves, there are to choose from: one for each stage, looking and forcing. */
    public int choices() {
        return stages + 2;
    }

    /** The move that looks around. */
    public int look() {
        return stages;
    }

    /** The move that jams the lock. */
    public int force() {
        return stages + 1;
    }

    /** How many rows a policy has. */
    public int states() {
        return 4 * stages;
    }

    /** The policy's row for a remark or a move. */
    public int state(int stage, boolean jammed, boolean move) {
        return 2 * (stage + (jammed ? stages : 0)) + (move ? 1 : 0);
    }

    /** A policy that makes the right move with that probability, all other choices being alike; jammed or not. */
    public SoftmaxTable policy(double right) {
        if (!(right > 0 && right < 1)) {
            throw Check.failure("right", "a number in (0, 1)", right);
        }
        double[][] logits = new double[states()][choices()];
        for (int s = 0; s < stages; s++) {
            double logit = Math.log(right / (1 - right) * (choices() - 1));
            logits[state(s, false, true)][s] = logit;
            logits[state(s, true, true)][s] = logit;
        }
        return new SoftmaxTable(logits);
    }

    /**
     * The probability that the errand will be done, by turn and stage with a lock that is not jammed: exact, by going backwards.
     *
     * @return (turns + 1, stages + 1); the first number is that of the whole errand
     */
    public double[][] values(SoftmaxTable policy) {
        double[][] values = new double[turns + 1][stages + 1];
        values[turns][stages] = 1;
        for (int t = turns - 1; t >= 0; t--) {
            values[t][stages] = 1;
            for (int s = 0; s < stages; s++) {
                double[] p = policy.probabilities(state(s, false, true));
                values[t][s] = p[s] * values[t + 1][s + 1] + (1 - p[s] - p[force()]) * values[t + 1][s];
            }
        }
        return values;
    }

    /** The exact probability that the policy does the errand. */
    public double success(SoftmaxTable policy) {
        return values(policy)[0][0];
    }

    /** The turns that a policy makes of it. */
    public List<Turn> walk(SoftmaxTable policy, RandomGenerator random) {
        return walk(
                turns,
                (stage, jammed) -> policy.sample(state(stage, jammed, false), random),
                (stage, jammed) -> policy.sample(state(stage, jammed, true), random));
    }

    /** The turns that given moves make of it, beside the first remark; moves behind its end are not made. */
    public List<Turn> walk(int... moves) {
        for (int move : moves) {
            Check.within("moves", move, 0, force());
        }
        PrimitiveIterator.OfInt given = Arrays.stream(moves).iterator();
        return walk(Math.min(turns, moves.length), (stage, jammed) -> 0, (stage, jammed) -> given.nextInt());
    }

    private List<Turn> walk(int most, Choice remarks, Choice moves) {
        List<Turn> walked = new ArrayList<>();
        int stage = 0;
        boolean jammed = false;
        while (walked.size() < most && stage < stages) {
            int remark = remarks.at(stage, jammed);
            int move = moves.at(stage, jammed);
            boolean jams = jammed || move == force();
            int after = move == stage && !jams ? stage + 1 : stage;
            walked.add(new Turn(stage, jammed, remark, move, after, jams));
            stage = after;
            jammed = jams;
        }
        return walked;
    }

    @FunctionalInterface
    private interface Choice {
        int at(int stage, boolean jammed);
    }

    /** Errands sampled from a policy, with all that can be told of them. */
    public ErrandBatch sample(NDManager manager, SoftmaxTable policy, int rows, RandomGenerator random) {
        Check.atLeast("rows", rows, 1);
        return new ErrandBatch(
                this,
                policy,
                Stream.generate(() -> walk(policy, random)).limit(rows).toList(),
                manager);
    }
}
