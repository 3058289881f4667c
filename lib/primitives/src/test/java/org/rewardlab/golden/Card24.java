package org.rewardlab.golden;

import org.rewardlab.credit.BootstrappedRelative;
import org.rewardlab.select.GroupSkew;
import org.rewardlab.select.PairwiseVote;

/** Pairwise verdicts as advantages. */
final class Card24 extends Card {
    Card24() {
        add(
                "pairwise_vote",
                c -> Result.of(
                        "preference",
                        PairwiseVote.preference(
                                c.vector("first_scores"),
                                c.vector("second_scores"),
                                orders(c),
                                Choice.of("rule", c.text("rule", "unanimous"), PairwiseVote.Rule.values()),
                                c.whole("tie_value", 0))));
        add(
                "brpo_advantage",
                c -> Result.of(
                        "advantages",
                        BootstrappedRelative.advantages(
                                c.array("preferences"), Case.whole("reference", c.inputNumber("reference")))));
        add("brpo_group_filter", c -> {
            GroupSkew groups = GroupSkew.of(c.array("advantages"), c.number("threshold", 0.6));
            return Result.of("skew", groups.skew()).and("keep", groups.keep()).and("filtered", groups.filtered());
        });
    }

    private static int[] orders(Case c) {
        double[] numbers = c.vector("order");
        int[] orders = new int[numbers.length];
        for (int v = 0; v < orders.length; v++) {
            orders[v] = Case.whole("order", numbers[v]);
        }
        return orders;
    }
}
