package org.rewardlab.lab.environment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.environment.Errand.Turn;
import org.rewardlab.lab.model.SoftmaxTable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Some errands as estimators and credit assignments read them: B rows of T tokens, two for each of at most K turns, in float32.
 *
 * <p>{@link #rollouts()} have the outcome on the last token, log-probabilities under the policy and under the start (all choices alike),
 * turns, one group, outcomes, and a tree: turns before which all moves were the same, and whose move is the same, are one node,
 * whatever was said beside it.
 */
public final class ErrandBatch {

    private final Errand errand;
    private final double[][] values;
    private final List<List<Turn>> walks;
    private final NDManager manager;
    private final Rollouts rollouts;

    /**
     * Given errands.
     *
     * @param policy that they are judged by: truth and log-probabilities are its own
     * @param walks at least one, each with a turn
     * @param manager that arrays are made in
     */
    public ErrandBatch(Errand errand, SoftmaxTable policy, List<List<Turn>> walks, NDManager manager) {
        this.errand = errand;
        this.values = errand.values(policy);
        this.walks = walks.stream().map(List::copyOf).toList();
        this.manager = manager;
        if (this.walks.isEmpty() || this.walks.stream().anyMatch(List::isEmpty)) {
            throw Check.failure("walks", "at least one, each with a turn", walks);
        }
        this.rollouts = rollouts(policy);
    }

    /** A number for a choice in a state. */
    @FunctionalInterface
    public interface ChoiceNumber {
        double of(int state, int choice);
    }

    @FunctionalInterface
    private interface Token {
        void at(int row, int token, int state, int choice);
    }

    private Rollouts rollouts(SoftmaxTable policy) {
        int rows = walks.size();
        int tokens = 2 * errand.turns();
        double[][] turns = new double[rows][tokens];
        double[][] nodes = new double[rows][tokens];
        double[][] rewards = new double[rows][tokens];
        Map<List<Integer>, Integer> tree = new HashMap<>();
        for (int b = 0; b < rows; b++) {
            Arrays.fill(turns[b], -1);
            Arrays.fill(nodes[b], -1);
            List<Integer> path = new ArrayList<>();
            for (int k = 0; k < walks.get(b).size(); k++) {
                path.add(walks.get(b).get(k).move());
                int node = tree.computeIfAbsent(List.copyOf(path), seen -> tree.size());
                Arrays.fill(turns[b], 2 * k, 2 * k + 2, k);
                Arrays.fill(nodes[b], 2 * k, 2 * k + 2, node);
            }
            rewards[b][2 * walks.get(b).size() - 1] = outcome(b);
        }
        double start = -Math.log(errand.choices());
        return Rollouts.of(matrix(rewards), byToken((state, choice) -> 1))
                .withLogps(byToken(policy::logp))
                .withRefLogps(byToken((state, choice) -> start))
                .withGroupsOf(rows)
                .withTurns(matrix(turns))
                .withNodes(matrix(nodes))
                .withOutcomes(outcomes());
    }

    private NDArray matrix(double[][] rows) {
        return Tensors.fromRows(manager, rows, DataType.FLOAT32);
    }

    /** The turns of each errand. */
    public List<List<Turn>> walks() {
        return walks;
    }

    /** The batch for everybody. */
    public Rollouts rollouts() {
        return rollouts;
    }

    /** 1 where an errand was done, else 0. */
    public double outcome(int row) {
        List<Turn> walk = walks.get(row);
        return walk.get(walk.size() - 1).after() == errand.stages() ? 1 : 0;
    }

    private NDArray outcomes() {
        double[] all = new double[walks.size()];
        Arrays.setAll(all, this::outcome);
        return Tensors.create(manager, all, DataType.FLOAT32, all.length);
    }

    /** A number for each turn (B,K), 0 where there is none; turns are visited in order. */
    public NDArray byTurn(ToDoubleFunction<Turn> number) {
        double[][] rows = new double[walks.size()][errand.turns()];
        for (int b = 0; b < rows.length; b++) {
            for (int k = 0; k < walks.get(b).size(); k++) {
                rows[b][k] = number.applyAsDouble(walks.get(b).get(k));
            }
        }
        return matrix(rows);
    }

    /** The same numbers on the tokens of the moves (B,T), 0 elsewhere. */
    public NDArray onMoves(ToDoubleFunction<Turn> number) {
        double[][] rows = new double[walks.size()][2 * errand.turns()];
        for (int b = 0; b < rows.length; b++) {
            for (int k = 0; k < walks.get(b).size(); k++) {
                rows[b][2 * k + 1] = number.applyAsDouble(walks.get(b).get(k));
            }
        }
        return matrix(rows);
    }

    /** A number for each token by what was chosen where (B,T), 0 behind the end. */
    public NDArray byToken(ChoiceNumber number) {
        double[][] rows = new double[walks.size()][2 * errand.turns()];
        each((row, token, state, choice) -> rows[row][token] = number.of(state, choice));
        return matrix(rows);
    }

    /**
     * The true advantage of each token under the policy (B,T): by how much it changed the probability that the errand will be done.
     * Exactly 0 on remarks and once the lock is jammed; a row's sum is its outcome less the value of the start, for an errand walked to its end.
     */
    public NDArray truth() {
        double[][] rows = new double[walks.size()][2 * errand.turns()];
        for (int b = 0; b < rows.length; b++) {
            for (int k = 0; k < walks.get(b).size(); k++) {
                Turn turn = walks.get(b).get(k);
                double before = turn.jammed() ? 0 : values[k][turn.stage()];
                rows[b][2 * k + 1] = (turn.jams() ? 0 : values[k + 1][turn.after()]) - before;
            }
        }
        return matrix(rows);
    }

    /** Moves a table along the gradient of each token's log-probability, times its weight (B,T) and the rate. */
    public void move(SoftmaxTable table, NDArray weights, double rate) {
        double[][] rows = Tensors.toRows(weights);
        each((row, token, state, choice) -> table.reinforce(state, choice, rows[row][token]));
        table.step(rate);
    }

    private void each(Token visit) {
        for (int b = 0; b < walks.size(); b++) {
            for (int k = 0; k < walks.get(b).size(); k++) {
                Turn turn = walks.get(b).get(k);
                visit.at(b, 2 * k, errand.state(turn.stage(), turn.jammed(), false), turn.remark());
                visit.at(b, 2 * k + 1, errand.state(turn.stage(), turn.jammed(), true), turn.move());
            }
        }
    }
}
