package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.preference.Consistency;
import org.rewardlab.preference.ConsistentDpo;
import org.rewardlab.preference.GenerativePreference;
import org.rewardlab.preference.ImplicitPreference;
import org.rewardlab.preference.ModelLogits;
import org.rewardlab.preference.UnlabelledPairs;
import org.rewardlab.select.ConsistentPreference;

/** Self-consistency of internal reward models. */
final class Card28 extends Card {
    Card28() {
        add("implicit_preference_probability", c -> {
            ImplicitPreference preference = ImplicitPreference.of(pairs(c), c.number("beta", 0.1));
            return Result.of("logit", preference.logit()).and("probability", preference.probability());
        });
        add("generative_preference_probability", c -> {
            GenerativePreference preference = GenerativePreference.of(
                    c.array("logit_first_given_12"),
                    c.array("logit_second_given_12"),
                    c.array("logit_first_given_21"),
                    c.array("logit_second_given_21"));
            return Result.of("probability", preference.probability())
                    .and("order_12", preference.order12())
                    .and("order_21", preference.order21());
        });
        add("internal_consistency_loss", c -> {
            Consistency loss = new Consistency(kind(c));
            ModelLogits judges = new ModelLogits(c.array("logits"));
            return Result.of(c, loss, judges, Map.of("logits", "logits")).andLosses("per_pair");
        });
        add("consistent_preference_selection", c -> {
            ConsistentPreference selected = ConsistentPreference.of(c.array("probabilities"), c.number("margin", 0));
            return Result.of("label", selected.label()).and("keep", selected.keep());
        });
        add("scir_loss", c -> {
            ConsistentDpo loss = new ConsistentDpo(
                    c.number("beta", 0.1), c.number("consistency_weight", 1), kind(c), c.number("margin", 0));
            UnlabelledPairs pairs = pairs(c).withGenerativeLogits(c.array("generative_logits"));
            ConsistentPreference selection = loss.selection(pairs);
            return Result.of(
                            c,
                            loss,
                            pairs,
                            Map.of(
                                    "logps1", "logps_1",
                                    "logps2", "logps_2",
                                    "generativeLogits", "generative_logits"))
                    .and("keep", selection.keep())
                    .and("label", selection.label())
                    .andMetric("dpo_loss", "dpo_loss")
                    .andMetric("consistency_loss", "consistency_loss");
        });
    }

    private static Consistency.Kind kind(Case c) {
        return Choice.of("kind", c.text("kind", "cross_entropy"), Consistency.Kind.values());
    }

    private static UnlabelledPairs pairs(Case c) {
        return new UnlabelledPairs(
                        c.array("logps_1"), c.array("logps_2"), c.array("ref_logps_1"), c.array("ref_logps_2"))
                .withLengths(c.arrayOrNull("lengths_1"), c.arrayOrNull("lengths_2"));
    }
}
