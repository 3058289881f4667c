package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.OutcomeOnLastTurn;
import org.rewardlab.credit.PositionalGroupBaseline;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.credit.TurnGroupRelative;
import org.rewardlab.reward.AnswerBelief;
import org.rewardlab.reward.InformationGain;
import org.rewardlab.tensor.TurnTokens;

/** Information gains of turns. */
final class Card11 extends Card {
    Card11() {
        add(
                "answer_belief",
                c -> Result.of("belief", AnswerBelief.of(c.array("answer_logps"), c.array("answer_mask"))));
        add("information_gain", c -> {
            InformationGain gain =
                    new InformationGain(Names.find("kind", c.text("kind", "prob"), InformationGain.Kind.values()));
            return Result.of("gains", gain.of(c.array("belief"), c.array("turn_mask")));
        });
        add("turn_rewards", c -> {
            OutcomeOnLastTurn credit = new OutcomeOnLastTurn(
                    c.number("alpha", 1),
                    Names.find("last_turn", c.text("last_turn", "outcome"), OutcomeOnLastTurn.LastTurn.values()));
            return Result.of(
                    "rewards",
                    credit.assign(
                            Rollouts.of(c.array("gains"), c.array("turn_mask")).withOutcomes(c.array("outcome"))));
        });
        add("igpo_advantage", c -> {
            TurnGroupRelative estimator = new TurnGroupRelative(
                    Names.find("normalize", c.text("normalize", "joint"), TurnGroupRelative.Normalization.values()),
                    c.number("gamma", 1),
                    c.number("eps", 1e-6));
            Rollouts turns = c.inGroups(Rollouts.of(c.array("rewards"), c.array("turn_mask")), "group_size", 16);
            return Result.of("advantages", estimator.estimate(turns).advantages())
                    .and("normalized_rewards", estimator.normalizedRewards(turns));
        });
        add(
                "broadcast_turn_advantage",
                c -> Result.of("advantages", TurnTokens.broadcast(c.array("turn_advantages"), c.integers("turn_ids"))));
        add("positional_group_advantage", c -> {
            NDArray rewards = c.array("token_rewards");
            Advantages result = new PositionalGroupBaseline(c.number("gamma", 1))
                    .estimate(c.inGroups(Rollouts.of(rewards, c.array("mask")), "group_size", 16));
            return Result.of("advantages", result.advantages()).and("returns", result.requireReturns());
        });
    }
}
