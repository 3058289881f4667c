package org.rewardlab.golden;

import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.Gae;
import org.rewardlab.credit.GroupRelative;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.tensor.Check;

/** Card 00, section 5. */
final class Card00Advantages extends Card {
    Card00Advantages() {
        add("gae", c -> {
            String mode = c.text("mask_mode", "skip");
            Gae.MaskMode maskMode = switch (mode) {
                case "skip" -> Gae.MaskMode.SKIP;
                case "zero" -> Gae.MaskMode.ZERO;
                default -> throw Check.failure("mask_mode", "skip or zero", mode);
            };
            return estimate(
                    new Gae(c.number("gamma", 1), c.number("lam", 1), maskMode, c.flag("whiten", false)),
                    rollouts(c).withValues(c.array("values")));
        });
        add(
                "grpo_advantages",
                c -> estimate(
                        new GroupRelative(c.flag("norm_by_std", true), c.number("eps", GroupRelative.EPSILON)),
                        grouped(c)));
    }

    private static Rollouts rollouts(Case c) {
        return Rollouts.of(c.array("token_rewards"), c.array("mask"));
    }

    private static Rollouts grouped(Case c) {
        return rollouts(c).withGroups(c.integers("group_ids"));
    }

    private static Result estimate(AdvantageEstimator estimator, Rollouts rollouts) {
        Advantages advantages = estimator.estimate(rollouts);
        Result result = Result.of("advantages", advantages.advantages());
        return advantages.returns() == null ? result : result.and("returns", advantages.requireReturns());
    }
}
