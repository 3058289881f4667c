package org.rewardlab.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewardlab.credit.Returns;
import org.rewardlab.policy.SquaredValue;
import org.rewardlab.policy.ValueBatch;
import org.rewardlab.select.ValueAugmentedSampling;
import org.rewardlab.select.ValueAugmentedSampling.NextToken;
import org.rewardlab.select.ValueAugmentedSampling.Outside;

/** Value augmented sampling. */
final class Card34 extends Card {
    Card34() {
        add(
                "tdLambdaReturns",
                c -> Result.of(
                        "returns",
                        Returns.tdLambda(
                                c.array("rewards"),
                                c.array("values"),
                                c.array("mask"),
                                c.number("gamma", 1),
                                c.number("lambda", 0.95))));
        add(
                "vasValueLoss",
                c -> Result.of(
                        c,
                        new SquaredValue(),
                        new ValueBatch(c.array("values"), c.array("returns"), c.array("mask")),
                        Map.of("values", "values")));
        add("vasLogits", c -> {
            List<Double> betas = new ArrayList<>();
            if (c.param("beta").isArray()) {
                Case.flatten(c.param("beta"), betas);
            } else {
                betas.add(c.number("beta"));
            }
            NextToken next = new ValueAugmentedSampling(
                            betas, c.whole("topK", 20), Outside.of(c.text("outside", "keep")))
                    .augment(c.array("logits"), c.array("values"));
            return Result.of("logits", next.logits()).and("probs", next.probabilities());
        });
    }
}
