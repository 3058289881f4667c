package org.rewardlab.golden;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.preference.Prdp;
import org.rewardlab.preference.ScoredTrajectories;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GaussianLogProbs;

/** PRDP. */
final class Card46 extends Card {
    Card46() {
        add(
                "gaussian_step_logps",
                c -> Result.of("logps", GaussianLogProbs.of(c.array("x_prev"), c.array("mean"), c.array("sigma"))));
        add("reward_difference_prediction_loss", c -> {
            Prdp loss = new Prdp(c.number("beta"), null, c.flag("scale", false));
            ScoredTrajectories trajectories = trajectories(c);
            return result(c, loss, trajectories)
                    .and("reward_estimate", loss.rewardEstimates(trajectories))
                    .andMetric("num_pairs", "num_pairs");
        });
        add("prdp_loss", c -> {
            Prdp loss = new Prdp(c.number("beta"), clip(c), c.flag("scale", false));
            ScoredTrajectories trajectories = trajectories(c);
            return result(c, loss, trajectories)
                    .and("reward_estimate", loss.rewardEstimates(trajectories))
                    .andMetric("num_pairs", "num_pairs")
                    .andMetric("clipped_pair_fraction", "clip_ratio");
        });
    }

    private static @Nullable Double clip(Case c) {
        Double clip = c.numberOrNull("clip", null);
        if (clip == null) {
            throw Check.failure("clip", "a number", "none");
        }
        return clip;
    }

    private static Result result(Case c, Prdp loss, ScoredTrajectories trajectories) {
        return Result.of(c, loss, trajectories, Map.of("logps", "logps"));
    }

    private static ScoredTrajectories trajectories(Case c) {
        return new ScoredTrajectories(
                c.array("logps"),
                c.array("ref_logps"),
                c.arrayOrNull("old_logps"),
                c.array("rewards"),
                c.array("mask"),
                c.integers("group_ids"));
    }
}
