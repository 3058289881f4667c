package org.rewardlab.golden;

import org.rewardlab.policy.Kl;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.tensor.Check;

/** Card 00, section 2. */
final class Card00Kl extends Card {
    Card00Kl() {
        add("kl_estimate", c -> Result.of("kl", estimator(c).estimate(c.array("log_probs"), c.array("ref_log_probs"))));
        add(
                "kl_estimate_straight_through",
                c -> Result.of(
                        "kl", estimator(c).straightThrough().estimate(c.array("log_probs"), c.array("ref_log_probs"))));
    }

    /** The estimator that a case names, with its clamps. */
    static KlEstimator estimator(Case c) {
        String name = c.text("estimator", "k1");
        Double ratio = c.numberOrNull("log_ratio_clamp", null);
        KlEstimator plain = switch (name) {
            case "k1" -> KlEstimator.k1();
            case "k2" -> KlEstimator.k2();
            case "k3" -> new Kl.K3(ratio);
            case "abs" -> KlEstimator.absolute();
            default -> throw Check.failure("estimator", "one of k1, k2, k3, abs", name);
        };
        Double bound = c.numberOrNull("value_clamp", null);
        return bound == null ? plain : plain.clampedTo(bound);
    }
}
