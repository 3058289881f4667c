package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.rewardlab.credit.ForkRelative;
import org.rewardlab.credit.StepTree;
import org.rewardlab.credit.TreeRelative;
import org.rewardlab.credit.TreeStepRewards;
import org.rewardlab.tensor.Check;

/** Card 20: rewards and advantages on trees of tool calls. */
final class Card20 extends Card {
    Card20() {
        add("tree_step_rewards", c -> {
            TreeStepRewards rewards =
                    new TreeStepRewards(c.number("gamma", 0.95), aggregate(c), c.number("format_weight", 1));
            StepTree tree = StepTree.ofSteps(c.integers("node_ids"));
            NDArray nodes = rewards.nodeRewards(tree, c.array("outcome"), c.array("format"));
            return Result.of("node_reward", nodes).and("step_reward", tree.spread(nodes));
        });
        add(
                "fork_relative_advantage",
                c -> Result.of(
                        "advantages",
                        new ForkRelative(c.flag("normalize", true), c.number("eps", 1e-6), c.whole("ddof", 1))
                                .advantages(StepTree.ofSteps(c.integers("node_ids")), c.array("node_reward"))));
        add("tree_blended_advantage", c -> {
            TreeRelative blended = new TreeRelative(
                    c.number("trajectory_weight", 1),
                    c.number("fork_weight", 1),
                    c.number("eps", 1e-6),
                    c.whole("ddof", 1));
            return Result.of(
                    "advantages",
                    blended.advantages(
                            StepTree.ofSteps(c.integers("node_ids")),
                            c.array("node_reward"),
                            c.array("trajectory_reward")));
        });
    }

    private static TreeStepRewards.Aggregate aggregate(Case c) {
        String name = c.text("aggregate", "mean");
        for (TreeStepRewards.Aggregate aggregate : TreeStepRewards.Aggregate.values()) {
            if (aggregate.name().toLowerCase(Locale.ROOT).equals(name)) {
                return aggregate;
            }
        }
        throw Check.failure("aggregate", "mean or max", name);
    }
}
