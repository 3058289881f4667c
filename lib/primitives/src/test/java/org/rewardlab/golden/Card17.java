package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.reward.EpisodeReturns;
import org.rewardlab.reward.LatentRidge;
import org.rewardlab.reward.ReturnDecomposition;

/** Rewards of steps from returns. */
final class Card17 extends Card {
    Card17() {
        add("return_decomposition_loss", c -> {
            ReturnDecomposition loss = new ReturnDecomposition(
                    Names.find("variant", c.text("variant", "rd"), ReturnDecomposition.Variant.values()));
            EpisodeReturns episodes = new EpisodeReturns(
                    c.array("rewards"),
                    c.array("mask"),
                    c.array("returns"),
                    c.has("sample_index") ? c.integers("sample_index") : null);
            return Result.of(c, loss, episodes, Map.of("rewards", "rewards"));
        });
        add("latent_reward_ridge", c -> {
            LatentRidge.Fit fit =
                    new LatentRidge(c.number("lambda")).fit(c.array("latent"), c.array("mask"), c.array("returns"));
            return Result.of("weights", fit.weights()).and("proxy_rewards", fit.proxyRewards());
        });
    }
}
