package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.reward.BradleyTerry;
import org.rewardlab.reward.LogExp;
import org.rewardlab.reward.OrmBce;
import org.rewardlab.reward.PlackettLuce;
import org.rewardlab.reward.PrmTokenLoss;
import org.rewardlab.reward.RankedRewards;
import org.rewardlab.reward.RewardModelLoss;
import org.rewardlab.reward.RewardPairs;
import org.rewardlab.reward.RewardRegression;
import org.rewardlab.reward.RewardTargets;
import org.rewardlab.reward.StepLogits;
import org.rewardlab.reward.TokenLabels;

/** Card 00, section 4. */
final class Card00RewardModelLosses extends Card {
    Card00RewardModelLosses() {
        add("bradley_terry_loss", c -> {
            Double center = c.numberOrNull("center_rewards_coefficient", null);
            return paired(
                    c,
                    new BradleyTerry(center == null ? 0 : center),
                    new RewardPairs(c.array("chosen_rewards"), c.array("rejected_rewards"), c.arrayOrNull("margin")));
        });
        add(
                "log_exp_loss",
                c -> paired(c, new LogExp(), new RewardPairs(c.array("chosen_rewards"), c.array("rejected_rewards"))));
        add("prm_token_loss", c -> {
            StepLogits steps = new StepLogits(c.array("logits"), c.array("labels"));
            return Result.of(c, new PrmTokenLoss(), steps, Map.of("logits", "logits"))
                    .andMetric("accuracy", "accuracy");
        });
        add(
                "orm_bce_loss",
                c -> Result.of(
                        c,
                        new OrmBce(),
                        new TokenLabels(c.array("logits"), c.array("labels"), c.array("mask")),
                        Map.of("logits", "logits")));
        add(
                "plackett_luce_loss",
                c -> Result.of(
                        c, new PlackettLuce(), new RankedRewards(c.array("rewards")), Map.of("rewards", "rewards")));
        add(
                "reward_regression_loss",
                c -> Result.of(
                        c,
                        new RewardRegression(),
                        new RewardTargets(c.array("rewards"), c.array("targets"), c.arrayOrNull("weights")),
                        Map.of("rewards", "rewards")));
    }

    private static Result paired(Case c, RewardModelLoss<RewardPairs> loss, RewardPairs pairs) {
        return Result.of(
                        c,
                        loss,
                        pairs,
                        Map.of("chosenRewards", "chosen_rewards", "rejectedRewards", "rejected_rewards"))
                .andMetric("accuracy", "accuracy")
                .andMetric("margin", "margin");
    }
}
