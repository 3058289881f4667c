package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.reward.BradleyTerry;
import org.rewardlab.reward.RewardPairs;

/** Card 00, section 4. */
final class Card00RewardModelLosses extends Card {
    Card00RewardModelLosses() {
        add("bradley_terry_loss", c -> {
            RewardPairs pairs =
                    new RewardPairs(c.array("chosen_rewards"), c.array("rejected_rewards"), c.arrayOrNull("margin"));
            BradleyTerry loss = new BradleyTerry(c.number("center_rewards_coefficient", 0));
            var metrics = loss.loss(pairs).metrics();
            return Result.of(
                            c,
                            loss,
                            pairs,
                            Map.of("chosenRewards", "chosen_rewards", "rejectedRewards", "rejected_rewards"))
                    .and("accuracy", metrics.get("accuracy"))
                    .and("margin", metrics.get("margin"));
        });
    }
}
