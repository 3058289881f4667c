package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Two comparisons in a tree at once: trajectories with each other, and steps with those at the same fork. Wu et al. 2025
 * (PORTool).
 *
 * <p>{@code A = trajectoryWeight A_trajectory + forkWeight A_fork}: the trajectory's reward normalised within its group, the
 * same on all its steps, and {@link ForkRelative}. Without the fork part it is GRPO on tree rollouts, except that a single
 * trajectory gets 0.
 *
 * <pre>{@code
 * var tree = StepTree.ofSteps(nd.create(new long[][] {{0, 1}, {0, 2}, {0, 3}}));
 * var nodeRewards = nd.create(new float[] {5, 2, 1, 0});           // 0, an only child; 1, 0 and -1 at the fork
 * var outcomes = nd.create(new float[] {2, 0, 1});                 // 1, -1 and 0 in the group
 * new TreeRelative().advantages(tree, nodeRewards, outcomes)
 * // => ND: (3, 2) cpu() float32 [[1., 2.], [-1., -1.], [0., -1.]]
 * new TreeRelative(1, 0).advantages(tree, nodeRewards, outcomes)   // GRPO
 * // => ND: (3, 2) cpu() float32 [[1., 1.], [-1., -1.], [0., 0.]]
 * }</pre>
 *
 * @param trajectoryWeight of the comparison of trajectories
 * @param forkWeight of the comparison of steps
 * @param epsilon added to both deviations
 * @param ddof 1 for the divisor n-1, 0 for n
 */
public record TreeRelative(double trajectoryWeight, double forkWeight, double epsilon, int ddof)
        implements AdvantageEstimator {

    public TreeRelative {
        Check.finite("trajectoryWeight", trajectoryWeight);
        Check.finite("forkWeight", forkWeight);
        Check.notNegative("epsilon", epsilon);
        Check.within("ddof", ddof, 0, 1);
    }

    /** With epsilon 1e-6 and divisor n-1. */
    public TreeRelative(double trajectoryWeight, double forkWeight) {
        this(trajectoryWeight, forkWeight, GroupRelative.EPSILON, 1);
    }

    /** Both weights 1. */
    public TreeRelative() {
        this(1, 1);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.NODES, Rollouts.Part.OUTCOMES);
    }

    /**
     * {@inheritDoc} Reads nodes, mask, rewards, whose sum over a step's tokens is the node's reward, outcomes as the rewards of
     * trajectories, and groups if there are several prompts.
     */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        NDArray outcomes = Check.present("outcomes", rollouts.outcomes(), "the comparison of trajectories");
        StepTree tree = StepTree.ofTokens(rollouts);
        double[] nodes = tree.agreed("rewards", Tensors.toRows(rollouts.rewards()), true);
        return new Advantages(blend(tree, nodes, tree.ofTrajectories("outcomes", outcomes), rollouts.rewards()), null);
    }

    /**
     * The advantages at each place of a tree, 0 where it has no node.
     *
     * @param nodeRewards (S)
     * @param trajectoryRewards (B)
     * @return (B,T) of the type of the node rewards
     * @throws IllegalArgumentException for other lengths or numbers that are not finite
     */
    public NDArray advantages(StepTree tree, NDArray nodeRewards, NDArray trajectoryRewards) {
        double[] nodes = tree.numbers("nodeRewards", nodeRewards);
        return blend(tree, nodes, tree.ofTrajectories("trajectoryRewards", trajectoryRewards), nodeRewards);
    }

    private NDArray blend(StepTree tree, double[] nodeRewards, double[] trajectoryRewards, NDArray like) {
        ForkRelative relative = new ForkRelative(true, epsilon, ddof);
        double[] fork = relative.ofNodes(tree, nodeRewards);
        double[] trajectory = trajectoryRewards.clone();
        tree.groups().forEach(rows -> relative.normalize(trajectory, rows));
        return tree.matrix(
                like.getManager(),
                like.getDataType(),
                (b, t) -> trajectoryWeight * trajectory[b] + forkWeight * fork[tree.nodeAt(b, t)]);
    }
}
