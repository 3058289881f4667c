package org.rewardlab.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.rewardlab.preference.Cpo;
import org.rewardlab.preference.ImplicitRewards;
import org.rewardlab.preference.Orpo;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.preference.Simpo;
import org.rewardlab.preference.Tpo;
import org.rewardlab.tensor.Check;

/** Card 00, section 3.5: paired losses without a reference. */
final class Card00ReferenceFreeLosses extends Card {
    Card00ReferenceFreeLosses() {
        add("cpo_sigmoid", c -> cpo(c, Cpo.Kind.SIGMOID, c.number("label_smoothing", 0)));
        add("cpo_hinge", c -> cpo(c, Cpo.Kind.HINGE, 0));
        add("cpo_ipo", c -> cpo(c, Cpo.Kind.IPO, 0));
        add("simpo", c -> {
            Simpo loss = new Simpo(
                    c.number("beta", 0.1),
                    c.number("gamma", 0.5),
                    c.number("label_smoothing", 0),
                    c.number("alpha", 0),
                    c.number("cpo_alpha", 1));
            return run(c, loss, loss::rewards);
        });
        add("tpo", c -> {
            Tpo.Kind kind = tpoKind(c.text("loss_type", "sigmoid"));
            boolean smoothed = kind == Tpo.Kind.SIGMOID || kind == Tpo.Kind.TPO_L;
            Tpo loss = new Tpo(
                    kind,
                    c.number("beta", 0.01),
                    smoothed ? c.number("label_smoothing", 0) : 0,
                    c.number("gamma", 0.5),
                    c.number("tpo_alpha", 1));
            return run(c, loss, loss::rewards);
        });
        add("orpo", c -> {
            Orpo loss = new Orpo(c.number("beta", 0.1));
            return run(c, loss, loss::rewards)
                    .andMetric("log_odds_ratio", "log_odds_ratio")
                    .andMetric("log_odds_chosen", "log_odds_chosen");
        });
    }

    private static Tpo.Kind tpoKind(String name) {
        return switch (name) {
            case "sigmoid" -> Tpo.Kind.SIGMOID;
            case "hinge" -> Tpo.Kind.HINGE;
            case "ipo" -> Tpo.Kind.IPO;
            case "tpo-l" -> Tpo.Kind.TPO_L;
            default -> throw Check.failure("loss_type", "one of sigmoid, hinge, ipo, tpo-l", name);
        };
    }

    private static Result cpo(Case c, Cpo.Kind kind, double labelSmoothing) {
        Cpo loss = new Cpo(kind, c.number("beta", 0.1), labelSmoothing, c.number("alpha", 0), c.number("cpo_alpha", 1));
        return run(c, loss, loss::rewards);
    }

    private static PairLogps pairs(Case c) {
        return new PairLogps(c.array("policy_chosen_logps"), c.array("policy_rejected_logps"))
                .withNll(c.arrayOrNull("nll"));
    }

    /** The loss first, so that what it rejects has made no rewards. */
    private static Result run(Case c, PreferenceLoss loss, Function<PairLogps, ImplicitRewards> logged) {
        Map<String, String> inputs =
                new HashMap<>(Map.of("chosenLogps", "policy_chosen_logps", "rejectedLogps", "policy_rejected_logps"));
        if (c.has("nll")) {
            inputs.put("nll", "nll");
        }
        Result result = Result.of(c, loss, pairs(c), inputs);
        ImplicitRewards rewards = logged.apply(pairs(c));
        return result.and("chosen_rewards", rewards.chosen())
                .and("rejected_rewards", rewards.rejected())
                .andMetric("accuracy", "rewards/accuracies")
                .andMetric("margin", "rewards/margins");
    }
}
