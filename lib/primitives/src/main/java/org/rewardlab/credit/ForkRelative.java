package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * How much better a step is than the other steps tried at the same fork of a tree. Wu et al. 2025 (PORTool).
 *
 * <p>{@code (R(s) - mean) / (std + epsilon)} over the distinct nodes with the parent of s; each counts once, whatever the
 * number of trajectories behind it. An only child gets 0, equal siblings get 0. A node has one advantage in all rows.
 *
 * <pre>{@code
 * var tree = StepTree.ofSteps(nd.create(new long[][] {{0, 1}, {0, 2}, {3, 4}}));
 * var nodeRewards = nd.create(new float[] {0.5f, 1, 0, 0, 0});
 * new ForkRelative(false, 0, 1).advantages(tree, nodeRewards)      // 0 against 3, 1 against 2, 4 alone
 * // => ND: (3, 2) cpu() float32 [[0.25, 0.5], [0.25, -0.5], [-0.25, 0.]]
 * new ForkRelative().advantages(tree, nodeRewards)
 * // => ND: (3, 2) cpu() float32 [[0.7071, 0.7071], [0.7071, -0.7071], [-0.7071, 0.]]
 * }</pre>
 *
 * @param normalize whether to divide by the deviation
 * @param epsilon added to it
 * @param ddof 1 for the divisor n-1, 0 for n
 */
public record ForkRelative(boolean normalize, double epsilon, int ddof) implements AdvantageEstimator {

    public ForkRelative {
        Check.notNegative("epsilon", epsilon);
        Check.within("ddof", ddof, 0, 1);
    }

    /** Normalized, with epsilon 1e-6 and divisor n-1. */
    public ForkRelative() {
        this(true, GroupRelative.EPSILON, 1);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.NODES);
    }

    /**
     * {@inheritDoc} Reads nodes, mask, rewards, whose sum over a step's tokens is the node's reward, and groups if there are
     * several prompts; rejects rows that reward a step they share differently.
     */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        rollouts.checkValues();
        StepTree tree = StepTree.ofTokens(rollouts);
        double[] advantage = ofNodes(tree, tree.agreed("rewards", Tensors.toRows(rollouts.rewards()), true));
        NDArray like = rollouts.rewards();
        return new Advantages(
                tree.matrix(like.getManager(), like.getDataType(), (b, t) -> advantage[tree.nodeAt(b, t)]), null);
    }

    /**
     * The advantages at each place of a tree, 0 where it has no node.
     *
     * @param nodeRewards (S)
     * @return (B,T) of their type
     * @throws IllegalArgumentException for another length or numbers that are not finite
     */
    public NDArray advantages(StepTree tree, NDArray nodeRewards) {
        double[] advantage = ofNodes(tree, tree.numbers("nodeRewards", nodeRewards));
        return tree.matrix(nodeRewards.getManager(), nodeRewards.getDataType(), (b, t) -> advantage[tree.nodeAt(b, t)]);
    }

    double[] ofNodes(StepTree tree, double[] rewards) {
        double[] advantages = rewards.clone();
        tree.forks().forEach(fork -> normalize(advantages, fork));
        return advantages;
    }

    /** Centres, and scales if so wished, the numbers at some places; 0 for a single one and for equal ones. */
    void normalize(double[] numbers, int[] places) {
        double mean = Groups.mean(numbers, places);
        double divisor = normalize && places.length > 1 ? Groups.std(numbers, places, ddof) + epsilon : 1;
        for (int i : places) {
            numbers[i] = numbers[i] == mean ? 0 : (numbers[i] - mean) / divisor;
        }
    }
}
