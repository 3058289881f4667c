package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.rewardlab.credit.ProcessRewards;
import org.rewardlab.credit.ProcessRewards.Mechanism;
import org.rewardlab.credit.Returns;
import org.rewardlab.tensor.Check;

/** Card 21: process rewards that cannot be farmed. */
final class Card21 extends Card {
    Card21() {
        add(
                "clip_process_reward",
                c -> Result.of(
                        "rewards", ProcessRewards.clip(c.array("step_scores"), c.array("mask"), c.number("eta"))));
        add(
                "delta_process_reward",
                c -> Result.of("rewards", ProcessRewards.delta(c.array("step_scores"), c.array("mask"))));
        add("shaped_process_reward", c -> {
            NDArray mask = c.array("mask");
            Mechanism mechanism = mechanism(c);
            boolean clips = mechanism == Mechanism.CLIP || mechanism == Mechanism.CLIP_DELTA;
            double alpha = mechanism == Mechanism.SUCCESS_ONLY ? c.number("alpha", 0) : c.number("alpha");
            NDArray rewards = new ProcessRewards(mechanism, alpha, clips ? c.number("eta") : c.number("eta", 0))
                    .rewards(c.array("step_scores"), mask, c.array("success"));
            return Result.of("rewards", rewards).and("returns", Returns.toGo(rewards, mask));
        });
    }

    private static Mechanism mechanism(Case c) {
        String name = c.text("mechanism");
        for (Mechanism mechanism : Mechanism.values()) {
            if (mechanism.name().toLowerCase(Locale.ROOT).equals(name)) {
                return mechanism;
            }
        }
        throw Check.failure("mechanism", "one of " + java.util.List.of(Mechanism.values()), name);
    }
}
