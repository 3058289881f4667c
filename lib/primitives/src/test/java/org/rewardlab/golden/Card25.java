package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.KeyUtterances;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.credit.UtteranceAttribution;
import org.rewardlab.reward.DimensionMix;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/** Card 25: a dialogue's score shared out among utterances, and several dimensions made one. */
final class Card25 extends Card {
    Card25() {
        add(
                "utterance_attribution_reward",
                c -> assign(
                        c,
                        new UtteranceAttribution(method(c), c.number("scale", 3), c.number("gamma", 0.9)),
                        "attributions"));
        add("key_utterance_credit", c -> assign(c, new KeyUtterances(c.number("gamma", 0.9)), "is_key"));
        add("multi_dimension_reward", c -> {
            NDArray rewards = c.array("rewards");
            Check.matrix("rewards", rewards);
            List<Double> weights = new ArrayList<>();
            for (JsonNode weight : c.param("weights")) {
                weights.add(Case.number(weight));
            }
            DimensionMix mix = c.param("weights").isArray()
                    ? new DimensionMix(weights, c.number("out_scale", 10))
                    : new DimensionMix(
                            DimensionMix.equal((int) rewards.getShape().get(1)).weights(), c.number("out_scale", 10));
            return Result.of("combined", mix.combine(rewards));
        });
    }

    /** One dialogue as one row, an utterance at each place. */
    private static Result assign(Case c, CreditAssignment credit, String judged) {
        NDArray scores = c.array(judged);
        Check.vector(judged, scores);
        NDArray row = c.own(scores.expandDims(0));
        NDArray score = Tensors.create(c.manager(), new double[] {c.inputNumber("episode_score")}, c.type(), 1);
        Rollouts rollouts = Rollouts.of(c.own(row.zerosLike()), c.own(row.onesLike()))
                .withStepScores(row)
                .withOutcomes(c.own(score));
        return Result.of("rewards", c.own(credit.assign(rollouts)).squeeze(0));
    }

    private static UtteranceAttribution.Method method(Case c) {
        String name = c.text("method", "scaled");
        for (UtteranceAttribution.Method method : UtteranceAttribution.Method.values()) {
            if (method.name().toLowerCase(Locale.ROOT).equals(name)) {
                return method;
            }
        }
        throw Check.failure("method", "one of " + List.of(UtteranceAttribution.Method.values()), name);
    }
}
