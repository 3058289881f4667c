package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.evaluate.PairwiseAccuracy;
import org.rewardlab.policy.SequenceNegativeLogLikelihood;
import org.rewardlab.policy.TokenLogps;
import org.rewardlab.reward.FollowupLikelihood;
import org.rewardlab.reward.Followups;
import org.rewardlab.select.BestAgainstWorst;

/** Follow-up likelihood as a reward. */
final class Card02 extends Card {
    Card02() {
        add("followup_likelihood_reward", c -> {
            FollowupLikelihood result = FollowupLikelihood.of(
                    new Followups(c.array("token_scores"), c.array("mask"), c.array("polarity"), c.array("category")),
                    c.whole("num_categories", 6),
                    Choice.of("mode", c.text("mode", "difference"), FollowupLikelihood.Mode.values()));
            return Result.of("reward", result.reward())
                    .and("by_category", result.byCategory())
                    .and("followup_scores", result.followupScores());
        });
        add("mine_preference_pairs", c -> {
            BestAgainstWorst pairs = BestAgainstWorst.of(c.array("rewards"), c.array("mask"), c.number("min_gap", 0));
            return Result.of("chosen", pairs.chosen())
                    .and("rejected", pairs.rejected())
                    .and("gap", pairs.gap())
                    .and("keep", pairs.keep());
        });
        add(
                "pairwise_accuracy",
                c -> Result.of("accuracy", PairwiseAccuracy.of(c.array("chosen"), c.array("rejected"))));
        add(
                "feedback_sft_loss",
                c -> Result.of(
                        c,
                        new SequenceNegativeLogLikelihood(),
                        new TokenLogps(c.array("logps"), c.array("mask")),
                        Map.of("logps", "logps")));
    }
}
