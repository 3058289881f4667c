package org.rewardlab.golden;

import org.rewardlab.credit.Rollouts;
import org.rewardlab.credit.SubgoalBonus;
import org.rewardlab.evaluate.BinaryScores;

/** Card 33: bonuses for subgoals, and how good their verifier is. */
final class Card33 extends Card {
    Card33() {
        add("subgoalReward", c -> {
            SubgoalBonus bonus =
                    new SubgoalBonus(c.number("bonus", 1), c.flag("firstOnly", true), c.flag("ordered", false));
            SubgoalBonus.Shaped shaped =
                    bonus.shape(c.array("achieved"), Rollouts.of(c.array("envReward"), c.array("mask")));
            return Result.of("auxiliary", shaped.auxiliary())
                    .and("shaped", shaped.shaped())
                    .and("activeSubgoal", shaped.activeSubgoal());
        });
        add("verifierMetrics", c -> {
            BinaryScores scores = BinaryScores.of(c.array("predicted"), c.array("label"));
            return Result.of("tp", scores.truePositives())
                    .and("fp", scores.falsePositives())
                    .and("fn", scores.falseNegatives())
                    .and("tn", scores.trueNegatives())
                    .and("accuracy", scores.accuracy())
                    .and("precision", scores.precision())
                    .and("recall", scores.recall())
                    .and("f1", scores.f1());
        });
    }
}
