package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.credit.InducedTokenRewards;
import org.rewardlab.preference.Tgdpo;
import org.rewardlab.preference.TokenPairs;

/** TGDPO. */
final class Card39 extends Card {
    Card39() {
        add(
                "inducedTokenReward",
                c -> Result.of(
                        "reward",
                        InducedTokenRewards.of(
                                c.array("logps"), c.array("refLogps"), c.array("mask"), c.number("beta", 0.1))));
        add("tgdpoLoss", c -> {
            Tgdpo loss = new Tgdpo(c.number("beta", 0.1), c.number("alpha", 0.5), c.flag("clampFactor", false), 0);
            TokenPairs pairs = new TokenPairs(
                    c.array("chosenLogps"),
                    c.array("rejectedLogps"),
                    c.array("refChosenLogps"),
                    c.array("refRejectedLogps"),
                    c.array("chosenMask"),
                    c.array("rejectedMask"),
                    c.array("chosenTokenReward"),
                    c.array("rejectedTokenReward"));
            Result result =
                    Result.of(c, loss, pairs, Map.of("chosenLogps", "chosenLogps", "rejectedLogps", "rejectedLogps"));
            Tgdpo.Guidance guidance = loss.guidance(pairs);
            return result.andLosses("perPair")
                    .and("margin", guidance.margins())
                    .and("chosenFactor", guidance.chosenFactors())
                    .and("rejectedFactor", guidance.rejectedFactors())
                    .and("chosenReward", guidance.chosenRewards())
                    .and("rejectedReward", guidance.rejectedRewards());
        });
    }
}
