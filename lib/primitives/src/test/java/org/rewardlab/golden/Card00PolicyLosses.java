package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.PpoClip;

/** Card 00, section 6. */
final class Card00PolicyLosses extends Card {

    private static final Map<String, String> INPUTS = Map.of("logps", "log_probs");

    Card00PolicyLosses() {
        add("ppo_clip_loss", c -> {
            PpoClip loss = new PpoClip(
                    c.number("clip_low", 0.2),
                    c.number("clip_high", 0.2),
                    c.numberOrNull("dual_clip", 3.0),
                    Card00MaskedOps.aggregation(c, c.text("agg", "token-mean")));
            var metrics = loss.loss(batch(c)).metrics();
            Result result = loss(c, loss)
                    .and("clip_frac", metrics.get("clip_ratio"))
                    .and("approx_kl", metrics.get("approx_kl"));
            return loss.dualClip() == null ? result : result.and("clip_frac_lower", metrics.get("clip_ratio/dual"));
        });
    }

    private static PolicyBatch batch(Case c) {
        return new PolicyBatch(
                c.array("log_probs"),
                c.array("old_log_probs"),
                c.array("advantages"),
                c.array("mask"),
                c.arrayOrNull("ref_log_probs"),
                c.arrayOrNull("rollout_log_probs"),
                c.arrayOrNull("entropy"),
                c.arrayOrNull("is_weights"));
    }

    private static Result loss(Case c, PolicyLoss loss) {
        return Result.of(c, loss, batch(c), INPUTS);
    }
}
