package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.evaluate.RankingConsistency;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.preference.SoftLabelDpo;
import org.rewardlab.preference.SoftLabelledPairs;
import org.rewardlab.reward.LikelihoodRewards;
import org.rewardlab.select.BestAndWorst;
import org.rewardlab.tensor.Check;

/** CREAM. */
final class Card47 extends Card {
    Card47() {
        add("self_reward", c -> {
            String mode = c.text("mode", "implicit");
            return Result.of(
                    "rewards",
                    switch (mode) {
                        case "implicit" ->
                            LikelihoodRewards.implicit(c.array("logps"), c.array("ref_logps"), c.array("mask"));
                        case "mean_logp" -> LikelihoodRewards.meanLogp(c.array("logps"), c.array("mask"));
                        default -> throw Check.failure("mode", "implicit or mean_logp", mode);
                    });
        });
        add("ranking_consistency", c -> {
            RankingConsistency consistency = RankingConsistency.of(
                    c.array("rewards_cur"),
                    c.array("rewards_prev"),
                    RankingConsistency.Method.of(c.text("method", "kendall")));
            return Result.of("per_prompt", consistency.perPrompt()).and("mean", consistency.mean());
        });
        add("select_preference_pair", c -> {
            BestAndWorst pair = BestAndWorst.of(c.own(c.array("rewards").expandDims(0)));
            return Result.of("chosen", c.own(pair.chosen()).squeeze(0))
                    .and("rejected", c.own(pair.rejected()).squeeze(0))
                    .and("skip", c.own(pair.skip()).squeeze(0));
        });
        add(
                "consistency_regularized_dpo_loss",
                c -> Result.of(
                        c,
                        new SoftLabelDpo(c.number("beta", 0.1)),
                        new SoftLabelledPairs(pairs(c), c.array("consistency")),
                        Map.of("chosenLogps", "policy_chosen_logps", "rejectedLogps", "policy_rejected_logps")));
    }

    static PairLogps pairs(Case c) {
        return new PairLogps(
                c.array("policy_chosen_logps"),
                c.array("policy_rejected_logps"),
                c.array("ref_chosen_logps"),
                c.array("ref_rejected_logps"));
    }
}
