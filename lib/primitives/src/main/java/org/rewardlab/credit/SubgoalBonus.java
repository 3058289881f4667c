package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * A bonus whenever a verifier says that a step has achieved a subgoal: a sparse task made denser by words alone. Pignatelli et
 * al. 2024 (CALM), where achieving a subgoal ends an option.
 *
 * <p>Unordered, each verdict pays, several at one step add up. Ordered, only the next subgoal of the list can pay, one at a step.
 * Paid once, a row's bonuses are at most {@code bonus K}, and with gamma 1 they are those of the potential {@code bonus x
 * subgoals achieved} without its terminal correction; paid every time, an agent may earn by undoing and redoing.
 *
 * @param bonus for a subgoal, at least 0
 * @param firstOnly whether a subgoal pays once in an episode; not read if ordered
 * @param ordered whether subgoals must be achieved in their order
 */
public record SubgoalBonus(double bonus, boolean firstOnly, boolean ordered) implements Serializable {

    public SubgoalBonus {
        Check.notNegative("bonus", bonus);
    }

    /** A bonus of 1, once, in any order. */
    public SubgoalBonus() {
        this(1, true, false);
    }

    /**
     * What was paid.
     *
     * @param auxiliary the bonuses (B,T)
     * @param shaped the environment's rewards and the bonuses (B,T), 0 outside the mask
     * @param activeSubgoal what is pursued as each step begins (B,T): the lowest subgoal not yet achieved, or the next of the list;
     *     -1 when all are achieved and outside the mask
     */
    public record Shaped(NDArray auxiliary, NDArray shaped, NDArray activeSubgoal) {}

    /** This rule as a credit assignment, with the verdicts on those rollouts: the bonuses are added to the rewards. */
    public CreditAssignment with(NDArray achieved) {
        return rollouts -> {
            Shaped all = shape(achieved, rollouts);
            all.auxiliary().close();
            all.activeSubgoal().close();
            return all.shaped();
        };
    }

    /**
     * The bonuses of a batch; steps outside the mask pay nothing and achieve nothing.
     *
     * @param achieved whether a step achieves each subgoal, 0 or 1 (B,T,K), K at least 1
     * @param rollouts whose rewards, of the environment, and mask are read
     * @return three arrays of the type of the rewards, constant
     * @throws IllegalArgumentException for other shapes, no subgoal, verdicts other than 0 and 1
     */
    public Shaped shape(NDArray achieved, Rollouts rollouts) {
        rollouts.checkValues();
        Check.rank("achieved", achieved, 3);
        NDArray rewards = rollouts.rewards();
        int rows = (int) rewards.getShape().get(0);
        int steps = (int) rewards.getShape().get(1);
        int goals = (int) achieved.getShape().get(2);
        if (goals == 0) {
            throw Check.failure("achieved", "at least one subgoal", "shape " + achieved.getShape());
        }
        Check.shape("achieved", achieved, rows, steps, goals);
        ValueCheck.of().mask("achieved", achieved).run();
        double[] verdicts = Tensors.toDoubles(achieved);
        double[][] mask = Tensors.toRows(rollouts.mask());
        double[][] environment = Tensors.toRows(rewards);
        double[][] auxiliary = new double[rows][steps];
        double[][] shaped = new double[rows][steps];
        double[][] active = new double[rows][steps];
        for (int b = 0; b < rows; b++) {
            boolean[] done = new boolean[goals];
            for (int t = 0; t < steps; t++) {
                active[b][t] = -1;
                if (mask[b][t] != 0) {
                    active[b][t] = next(done);
                    auxiliary[b][t] = bonus * paid(verdicts, (b * steps + t) * goals, done);
                    shaped[b][t] = auxiliary[b][t] + environment[b][t];
                }
            }
        }
        return new Shaped(matrix(rewards, auxiliary), matrix(rewards, shaped), matrix(rewards, active));
    }

    /** How many subgoals pay at a step; those achieved are marked. */
    private int paid(double[] verdicts, int from, boolean[] done) {
        if (ordered) {
            int next = next(done);
            if (next < 0 || verdicts[from + next] == 0) {
                return 0;
            }
            done[next] = true;
            return 1;
        }
        int paid = 0;
        for (int k = 0; k < done.length; k++) {
            if (verdicts[from + k] != 0) {
                paid += firstOnly && done[k] ? 0 : 1;
                done[k] = true;
            }
        }
        return paid;
    }

    /** The lowest subgoal not achieved, -1 if there is none. */
    private static int next(boolean[] done) {
        for (int k = 0; k < done.length; k++) {
            if (!done[k]) {
                return k;
            }
        }
        return -1;
    }

    private static NDArray matrix(NDArray like, double[][] rows) {
        return Tensors.fromRows(like.getManager(), rows, like.getDataType());
    }
}
