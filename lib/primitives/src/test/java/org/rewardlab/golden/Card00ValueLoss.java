package org.rewardlab.golden;

import org.rewardlab.evaluate.ExplainedVariance;

/** Card 00, section 7. */
final class Card00ValueLoss extends Card {
    Card00ValueLoss() {
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
