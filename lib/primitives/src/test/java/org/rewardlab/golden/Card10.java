package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.Groups;
import org.rewardlab.credit.ImplicitReward;
import org.rewardlab.credit.ProcessOutcomeRloo;
import org.rewardlab.credit.ReturnNorm;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.evaluate.GroupRankingAccuracy;
import org.rewardlab.reward.ImplicitPrmLoss;
import org.rewardlab.reward.OutcomeLogps;
import org.rewardlab.select.AccuracyFilter;

/** Process rewards implied by outcomes. */
final class Card10 extends Card {
    Card10() {
        add("implicit_process_reward", c -> {
            ImplicitReward credit = new ImplicitReward(
                    c.number("beta", 0.05),
                    Names.find("granularity", c.text("granularity", "token"), ImplicitReward.Granularity.values()));
            return Result.of(
                    "rewards",
                    credit.assign(Rollouts.of(c.array("logps"), c.array("mask"))
                            .withLogps(c.array("logps"))
                            .withRefLogps(c.array("ref_logps"))));
        });
        add("implicit_prm_ce_loss", c -> {
            ImplicitPrmLoss loss = new ImplicitPrmLoss(c.number("beta", 0.05));
            OutcomeLogps responses =
                    new OutcomeLogps(c.array("logps"), c.array("ref_logps"), c.array("mask"), c.array("outcome"));
            return Result.of(c, loss, responses, Map.of("logps", "logps")).and("scores", loss.scores(responses));
        });
        add(
                "prm_batch_norm",
                c -> Result.of("rewards", new ReturnNorm(c.number("eps", 1e-6)).normalize(c.array("rewards"))));
        add("prime_rloo_advantage", c -> {
            ProcessOutcomeRloo estimator = new ProcessOutcomeRloo(
                    c.number("process_coef", 1),
                    c.number("outcome_coef", 1),
                    c.number("gamma_process", 1),
                    c.number("gamma_outcome", 1),
                    c.flag("whiten", true),
                    Names.find("baseline", c.text("baseline", "scaled"), ProcessOutcomeRloo.Baseline.values()));
            Rollouts rollouts =
                    Rollouts.of(c.array("process_rewards"), c.array("mask")).withOutcomes(c.array("outcome"));
            Advantages result = estimator.estimate(c.inGroups(rollouts, "group_size", 4));
            return Result.of("advantages", result.advantages()).and("returns", result.requireReturns());
        });
        add("accuracy_filter", c -> {
            AccuracyFilter.Kept kept = new AccuracyFilter(c.number("low", 0.2), c.number("high", 0.8))
                    .filter(c.array("outcome"), blocks(c));
            c.own(kept.keptRows());
            return Result.of("keep", c.own(kept.keep()).toType(ai.djl.ndarray.types.DataType.BOOLEAN, true))
                    .and("accuracy", kept.accuracy());
        });
        add(
                "implicit_prm_accuracy",
                c -> Result.of(
                        "accuracy",
                        GroupRankingAccuracy.of(c.array("rewards"), c.array("mask"), c.array("outcome"), blocks(c))));
    }

    private static NDArray blocks(Case c) {
        return c.own(Groups.blocks(c.array("outcome"), c.whole("group_size", 4)));
    }
}
