package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.preference.ExploredPairs;
import org.rewardlab.preference.Selm;
import org.rewardlab.select.BestAndWorst;

/** SELM. */
final class Card53 extends Card {
    Card53() {
        add(
                "selm_loss",
                c -> Result.of(
                        c,
                        new Selm(c.number("beta", 0.01), c.number("alpha", 0.001)),
                        new ExploredPairs(
                                Card47.pairs(c), c.array("policy_response_logps"), c.array("ref_response_logps")),
                        Map.of(
                                "chosenLogps",
                                "policy_chosen_logps",
                                "rejectedLogps",
                                "policy_rejected_logps",
                                "responseLogps",
                                "policy_response_logps")));
        add("online_relabel", c -> {
            BestAndWorst pair = BestAndWorst.of(c.array("scores"));
            return Result.of("chosen", pair.chosen())
                    .and("rejected", pair.rejected())
                    .and("skip", pair.skip());
        });
    }
}
