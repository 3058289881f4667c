package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.credit.ContrastiveTokenRewards;
import org.rewardlab.preference.TokenPairs;
import org.rewardlab.preference.TokenRegularizedDpo;
import org.rewardlab.preference.TokenRegularizedSimpo;
import org.rewardlab.preference.TokenRegularizer;

/** Token-level reward regularization. */
final class Card03 extends Card {

    private static final Map<String, String> INPUTS =
            Map.of("chosenLogps", "chosen_logps", "rejectedLogps", "rejected_logps");

    Card03() {
        add(
                "contrastive_token_reward",
                c -> Result.of(
                        "token_rewards",
                        ContrastiveTokenRewards.of(c.array("better_logps"), c.array("worse_logps"), c.array("mask"))));
        add(
                "token_reg_loss",
                c -> Result.of(
                        "loss_per_sequence",
                        TokenRegularizer.losses(
                                c.array("logps"),
                                c.array("token_rewards"),
                                c.array("mask"),
                                c.number("beta", 0.1),
                                reduction(c))));
        add("token_reg_dpo_loss", c -> {
            TokenRegularizedDpo loss = new TokenRegularizedDpo(
                    c.number("beta", 0.1),
                    c.number("alpha", 0.25),
                    Choice.of("weighting", c.text("weighting", "sequence"), TokenRegularizedDpo.Weighting.values()),
                    reduction(c));
            TokenPairs pairs = pairs(c);
            return Result.of(c, loss, pairs, INPUTS)
                    .andMetric("dpo_loss", "dpo_loss")
                    .andMetric("weighted_reg", "token_reg")
                    .and("weights", loss.weights(pairs));
        });
        add("token_reg_simpo_loss", c -> {
            TokenRegularizedSimpo loss =
                    new TokenRegularizedSimpo(c.number("beta", 10), c.number("gamma", 5), c.number("alpha", 0.25));
            TokenPairs pairs = pairs(c);
            return Result.of(c, loss, pairs, INPUTS)
                    .andMetric("simpo_loss", "simpo_loss")
                    .andMetric("weighted_reg", "token_reg")
                    .and("weights", loss.weights(pairs));
        });
    }

    private static TokenRegularizer.Reduction reduction(Case c) {
        return Choice.of("reduction", c.text("reduction", "sum"), TokenRegularizer.Reduction.values());
    }

    private static TokenPairs pairs(Case c) {
        return new TokenPairs(
                c.array("chosen_logps"),
                c.array("rejected_logps"),
                c.arrayOrNull("chosen_ref_logps"),
                c.arrayOrNull("rejected_ref_logps"),
                c.array("chosen_mask"),
                c.array("rejected_mask"),
                c.array("chosen_token_rewards"),
                c.array("rejected_token_rewards"));
    }
}
