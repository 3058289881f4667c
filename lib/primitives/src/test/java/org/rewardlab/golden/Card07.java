package org.rewardlab.golden;

import org.rewardlab.credit.CentredStepRewards;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.reward.PrincipleScore;

/** Principles and centred step rewards. */
final class Card07 extends Card {
    Card07() {
        add(
                "principle_score",
                c -> Result.of("score", PrincipleScore.of(c.array("points"), c.array("max_points"), c.array("mask"))));
        add("renorm_step_rewards", c -> {
            CentredStepRewards credit = new CentredStepRewards(
                    Names.find("mode", c.text("mode", "renorm"), CentredStepRewards.Mode.values()),
                    Names.find("final", c.text("final", "outcome"), CentredStepRewards.Answer.values()),
                    c.number("process_coef", 1),
                    c.number("eps", 1e-6));
            CentredStepRewards.Assigned assigned = credit.assignWithReturns(
                    Rollouts.of(c.array("process"), c.array("step_mask")).withOutcomes(c.array("outcome")));
            return Result.of("rewards", assigned.rewards()).and("returns", assigned.returns());
        });
    }
}
