package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.preference.Dpo;
import org.rewardlab.preference.FDivergence;
import org.rewardlab.preference.ImplicitRewards;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.tensor.Check;

/** Card 00, section 3. */
final class Card00PreferenceLosses extends Card {

    private static final Map<String, String> INPUTS =
            Map.of("chosenLogps", "policy_chosen_logps", "rejectedLogps", "policy_rejected_logps");

    Card00PreferenceLosses() {
        add("dpo_sigmoid", c -> paired(c, new Dpo(beta(c), 0, divergence(c))));
        add("dpo_cdpo", c -> paired(c, new Dpo(beta(c), c.number("label_smoothing", 0), divergence(c))));
    }

    private static double beta(Case c) {
        return c.number("beta", 0.1);
    }

    private static PairLogps pairs(Case c) {
        return new PairLogps(
                c.array("policy_chosen_logps"),
                c.array("policy_rejected_logps"),
                c.array("ref_chosen_logps"),
                c.array("ref_rejected_logps"),
                c.arrayOrNull("chosen_lengths"),
                c.arrayOrNull("rejected_lengths"));
    }

    private static FDivergence divergence(Case c) {
        String name = c.text("f_divergence", "reverse_kl");
        return switch (name) {
            case "reverse_kl" -> FDivergence.reverseKl();
            case "forward_kl" -> FDivergence.forwardKl();
            case "js_divergence" -> FDivergence.jensenShannon();
            case "alpha_divergence" -> FDivergence.alpha(c.number("f_alpha", 0.5));
            default ->
                throw Check.failure(
                        "f_divergence", "one of reverse_kl, forward_kl, js_divergence, alpha_divergence", name);
        };
    }

    private static Result paired(Case c, PreferenceLoss loss) {
        PairLogps pairs = pairs(c);
        Result result = Result.of(c, loss, pairs, INPUTS);
        ImplicitRewards rewards = ImplicitRewards.of(pairs, beta(c));
        var metrics = loss.loss(pairs).metrics();
        return result.and("chosen_rewards", rewards.chosen())
                .and("rejected_rewards", rewards.rejected())
                .and("accuracy", metrics.get("rewards/accuracies"))
                .and("margin", metrics.get("rewards/margins"));
    }
}
