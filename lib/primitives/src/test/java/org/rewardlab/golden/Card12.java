package org.rewardlab.golden;

import java.util.Map;
import java.util.Set;
import org.rewardlab.credit.ImplicitReward;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.credit.StepEpisodeAdvantage;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.StepPpo;
import org.rewardlab.reward.StepTrajectories;
import org.rewardlab.reward.TrajectoryDpo;
import org.rewardlab.tensor.Check;

/** Implicit rewards of steps. */
final class Card12 extends Card {
    Card12() {
        add(
                "implicit_step_reward",
                c -> Result.of(
                        "step_rewards",
                        ImplicitReward.ofTurns(
                                c.array("logps"),
                                c.array("old_logps"),
                                c.integers("step_ids"),
                                c.whole("num_steps"),
                                c.number("beta", 0.05))));
        add("trajectory_dpo_loss", c -> {
            TrajectoryDpo loss = new TrajectoryDpo(
                    c.number("threshold", 0),
                    Names.find("aggregate", c.text("aggregate", "sum"), TrajectoryDpo.Aggregate.values()));
            StepTrajectories trajectories = StepTrajectories.ofGroups(
                    c.array("step_rewards"), c.array("step_mask"), c.array("outcome"), c.whole("group_size", 8));
            c.own(trajectories.groups());
            return Result.of(c, loss, trajectories, Map.of("stepRewards", "step_rewards"))
                    .andMetric("num_pairs", "num_pairs")
                    .and("trajectory_scores", loss.scores(trajectories));
        });
        add("istar_advantage", c -> {
            StepEpisodeAdvantage estimator = new StepEpisodeAdvantage(
                    c.number("alpha", 1),
                    Names.find("estimator", c.text("estimator", "rloo"), StepEpisodeAdvantage.Estimator.values()),
                    Names.find(
                            "step_baseline",
                            c.text("step_baseline", "all_steps"),
                            StepEpisodeAdvantage.StepBaseline.values()),
                    combination(c.text("variant", "sum")),
                    c.number("eps", 1e-6));
            StepEpisodeAdvantage.Parts parts = estimator.parts(c.inGroups(
                    Rollouts.of(c.array("step_rewards"), c.array("step_mask")).withOutcomes(c.array("outcome")),
                    "group_size",
                    8));
            return Result.of("advantages", parts.advantages())
                    .and("episode_advantages", parts.episode())
                    .and("step_advantages", parts.step());
        });
        add("step_ppo_loss", c -> {
            double clip = c.number("clip", 0.2);
            StepPpo loss = new StepPpo(clip, clip);
            Check.matrix("advantages", c.array("advantages"));
            if (c.array("advantages").getShape().get(1) != c.whole("num_steps")) {
                throw Check.failure(
                        "advantages",
                        "a column for each of num_steps",
                        c.array("advantages").getShape());
            }
            PolicyBatch batch = PolicyBatch.ofTurns(
                    c.array("logps"), c.array("old_logps"), c.array("advantages"), c.integers("step_ids"));
            c.own(batch.advantages());
            c.own(batch.mask());
            return Result.of(c, loss, batch, Map.of("logps", "logps")).andMetric("clip_fraction", "actor/pg_clipfrac");
        });
    }

    private static StepEpisodeAdvantage.Combination combination(String name) {
        return Set.of("full", "default", "additive").contains(name)
                ? StepEpisodeAdvantage.Combination.SUM
                : Names.find("variant", name, StepEpisodeAdvantage.Combination.values());
    }
}
