package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewardlab.credit.FlowRewards;
import org.rewardlab.credit.OutcomePlusTokens;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.reward.FlowMatching;
import org.rewardlab.reward.FlowUpdate;
import org.rewardlab.reward.FlowUpdate.Criterion;
import org.rewardlab.reward.FlowUpdateBatch;
import org.rewardlab.reward.FlowVelocities;
import org.rewardlab.reward.VelocityDeviation;
import org.rewardlab.tensor.Check;

/** Card 36: rewards from how far hidden states lie from those of good trajectories. */
final class Card36 extends Card {
    Card36() {
        add("flowMatchingLoss", c -> {
            NDArray target = c.array("target");
            NDArray noise = c.array("noise");
            FlowVelocities flow = new FlowVelocities(target, noise, c.array("t"), c.array("velocity"), c.array("mask"));
            Result result = Result.of(c, new FlowMatching(), flow, Map.of("velocity", "velocity"));
            return result.and("perToken", FlowMatching.errors(flow))
                    .and("xt", FlowVelocities.interpolated(target, noise, c.array("t")))
                    .and("targetVelocity", FlowVelocities.targetVelocity(target, noise));
        });
        add("velocityDeviation", c -> {
            List<Double> timesteps = new ArrayList<>();
            for (JsonNode time : c.param("timesteps")) {
                timesteps.add(Case.number(time));
            }
            return Result.of(
                    "score",
                    new VelocityDeviation(
                                    c.param("timesteps").isArray() ? timesteps : List.of(0.8), c.flag("debias", true))
                            .score(c.array("target"), c.array("noise"), c.array("velocity")));
        });
        add("flowReward", c -> {
            FlowRewards rewards = new FlowRewards(
                    c.number("coef", 0.01),
                    bilateral(c),
                    c.number("threshold", 0.6),
                    c.whole("topK", 15),
                    c.number("power", 1));
            return Result.of("normalized", rewards.normalized(c.array("score"), c.array("mask")))
                    .and("reward", rewards.rewards(c.array("score"), c.array("mask")));
        });
        add("rlfrAdvantage", c -> {
            Rollouts rollouts = c.inGroups(
                    Rollouts.of(c.array("flowReward"), c.array("mask")).withOutcomes(c.array("outcome")),
                    "groupSize",
                    c.number("groupSize"));
            OutcomePlusTokens estimator = new OutcomePlusTokens(c.number("gamma", 1), c.number("eps", 1e-9));
            return Result.of("normalizedOutcome", c.own(estimator.normalizedOutcomes(rollouts)))
                    .and("advantages", estimator.estimate(rollouts).advantages());
        });
        add("flowUpdateLoss", c -> {
            FlowUpdate update =
                    new FlowUpdate(criteria(c), c.number("softWeight", 0), c.number("entropyQuantile", 0.5));
            FlowUpdateBatch batch = new FlowUpdateBatch(
                    c.array("perToken"), c.array("mask"), c.array("rewards"), c.arrayOrNull("entropy"));
            Result result = Result.of(c, update, batch, Map.of("tokenLosses", "perToken"));
            return result.and("tokenWeights", update.tokenWeights(batch))
                    .and("sequenceWeights", update.sequenceWeights(batch));
        });
    }

    private static boolean bilateral(Case c) {
        String norm = c.text("norm", "minmax");
        return switch (norm) {
            case "minmax" -> false;
            case "minmax-bil" -> true;
            default -> throw Check.failure("norm", "minmax or minmax-bil", norm);
        };
    }

    private static Set<Criterion> criteria(Case c) {
        if (!c.param("metrics").isArray()) {
            return EnumSet.of(Criterion.CORRECT);
        }
        EnumSet<Criterion> criteria = EnumSet.noneOf(Criterion.class);
        for (JsonNode metric : c.param("metrics")) {
            criteria.add(
                    switch (metric.asText()) {
                        case "correct" -> Criterion.CORRECT;
                        case "entropy" -> Criterion.ENTROPY;
                        default -> throw Check.failure("metrics", "correct or entropy", metric);
                    });
        }
        return criteria;
    }
}
