package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * The reward of a step in a tree of trajectories: what became of those that pass through it, the less the farther off their
 * end, and whether the step itself is well formed. Wu et al. 2025 (PORTool).
 *
 * <p>{@code R(s) = agg_j gamma^(L_j - 1 - t) outcome_j + formatWeight format(s)} over the trajectories j through s, L_j steps
 * long, t the depth of s. A step that trajectories share has one reward. With gamma 1, the mean and no format it is the share
 * of successes behind the step; without shared steps, a decayed outcome for each trajectory.
 *
 * <pre>{@code
 * var tree = StepTree.ofSteps(nd.create(new long[][] {{0, 1}, {0, 2}, {3, 4}}));
 * var outcomes = nd.create(new float[] {1, 0, 0});
 * var format = nd.create(new float[] {0, 0, 0, 1, 0});
 * new TreeStepRewards(0.5, TreeStepRewards.Aggregate.MEAN, 0.1).nodeRewards(tree, outcomes, format)
 * // => ND: (5) cpu() float32 [0.25, 1., 0., 0.1, 0.]
 * new TreeStepRewards(0.5, TreeStepRewards.Aggregate.MAX, 0.1).nodeRewards(tree, outcomes, format)
 * // => ND: (5) cpu() float32 [0.5, 1., 0., 0.1, 0.]
 * }</pre>
 *
 * @param gamma decay for each step between a step and the end, in [0, 1]
 * @param aggregate over the trajectories through a step
 * @param formatWeight what a well-formed step is worth
 */
public record TreeStepRewards(double gamma, Aggregate aggregate, double formatWeight) implements CreditAssignment {

    /** How the outcomes behind a step become one number. */
    public enum Aggregate {
        /** What the step leads to on average. */
        MEAN,
        /** The best that was reached through it. */
        MAX
    }

    public TreeStepRewards {
        Check.within("gamma", gamma, 0, 1);
        Check.finite("formatWeight", formatWeight);
    }

    /** The mean, with gamma 0.95 and format weight 1. */
    public TreeStepRewards() {
        this(0.95, Aggregate.MEAN, 1);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.NODES);
    }

    /**
     * {@inheritDoc} Each step's reward stands on its last counted token. Reads nodes, mask, groups if there are several prompts,
     * outcomes (or the row sums of rewards), and stepScores, if present, as format.
     */
    @Override
    public NDArray assign(Rollouts rollouts) {
        rollouts.checkValues();
        StepTree tree = StepTree.ofTokens(rollouts);
        double[] format = rollouts.stepScores() == null
                ? new double[tree.nodes()]
                : tree.agreed("stepScores", Tensors.toRows(rollouts.stepScores()), false);
        double[] reward = nodeRewards(tree, Groups.outcomes(rollouts), format);
        NDArray like = rollouts.rewards();
        return tree.matrix(
                like.getManager(), like.getDataType(), (b, t) -> tree.isLast(b, t) ? reward[tree.nodeAt(b, t)] : 0);
    }

    /**
     * The reward of each node; {@link StepTree#spread} lays it over the rows.
     *
     * @param outcomes of the trajectories (B), as a rule 1 for a right final answer and 0 otherwise
     * @param format share of the checks that each node passed (S)
     * @return (S) of the type of the outcomes
     * @throws IllegalArgumentException for other lengths or numbers that are not finite
     */
    public NDArray nodeRewards(StepTree tree, NDArray outcomes, NDArray format) {
        double[] reward = nodeRewards(tree, tree.ofTrajectories("outcomes", outcomes), tree.numbers("format", format));
        return Tensors.create(outcomes.getManager(), reward, outcomes.getDataType(), reward.length);
    }

    private double[] nodeRewards(StepTree tree, double[] outcomes, double[] format) {
        double[] reward = new double[tree.nodes()];
        int[] through = new int[tree.nodes()];
        Arrays.fill(reward, aggregate == Aggregate.MAX ? Double.NEGATIVE_INFINITY : 0);
        for (int j = 0; j < outcomes.length; j++) {
            int[] path = tree.path(j);
            for (int t = 0; t < path.length; t++) {
                double decayed = Math.pow(gamma, path.length - 1 - t) * outcomes[j];
                int node = path[t];
                reward[node] = aggregate == Aggregate.MAX ? Math.max(reward[node], decayed) : reward[node] + decayed;
                through[node]++;
            }
        }
        for (int node = 0; node < reward.length; node++) {
            double led = aggregate == Aggregate.MAX ? reward[node] : reward[node] / through[node];
            reward[node] = led + formatWeight * format[node];
        }
        return reward;
    }
}
