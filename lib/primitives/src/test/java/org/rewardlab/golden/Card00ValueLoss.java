package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.evaluate.ExplainedVariance;
import org.rewardlab.policy.SquaredValue;
import org.rewardlab.policy.ValueBatch;
import org.rewardlab.policy.ValueLoss;

/** Card 00, section 7. */
final class Card00ValueLoss extends Card {
    Card00ValueLoss() {
        add("value_loss", c -> {
            ValueLoss loss = new SquaredValue(
                    c.numberOrNull("clip_range", null), Card00MaskedOps.aggregation(c, c.text("agg", "token-mean")));
            ValueBatch batch =
                    new ValueBatch(c.array("values"), c.arrayOrNull("old_values"), c.array("returns"), c.array("mask"));
            Result result = Result.of(c, loss, batch, Map.of("values", "values"));
            boolean clipped = c.numberOrNull("clip_range", null) != null;
            return clipped ? result.andMetric("clip_frac", "critic/vf_clipfrac") : result;
        });
        add(
                "explained_variance",
                c -> Result.of(
                        "explained_variance",
                        ExplainedVariance.of(
                                c.array("values"),
                                c.array("returns"),
                                c.array("mask"),
                                c.flag("unbiased", false),
                                c.number("eps", 0))));
    }
}
