package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.credit.TurnBroadcast;
import org.rewardlab.credit.TurnWeightedRelative;
import org.rewardlab.reward.EmotionDynamics;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.verify.ThinkBlock;

/** Card 43: a simulated user's emotion as the reward of a dialogue. */
final class Card43 extends Card {
    Card43() {
        add("emotionTrajectory", c -> {
            EmotionDynamics.Trajectory played = new EmotionDynamics(
                            c.whole("start", 40), c.whole("maxChange", 10), c.whole("cap", 100), c.whole("maxTurns", 8))
                    .play(Arrays.stream(c.numbers("changes"))
                            .mapToInt(change -> Case.whole("changes", change))
                            .toArray());
            return Result.of("points", played.points())
                    .and("states", played.moods())
                    .and("end", played.end());
        });
        add("emotionReward", c -> Result.of("reward", EmotionDynamics.rewards(c.array("finalEmotion"))));
        add("turnRewards", Card43::turnRewards);
        add("turnGroupAdvantage", c -> {
            int[] turns = Arrays.stream(c.numbers("turns"))
                    .mapToInt(turn -> Case.whole("turns", turn))
                    .toArray();
            double[] advantages = new TurnWeightedRelative(c.number("eps", 1e-6))
                    .advantages(Tensors.toDoubles(c.own(EmotionDynamics.rewards(c.array("finalEmotion")))), turns);
            List<List<Double>> ragged = new ArrayList<>();
            for (int d = 0; d < turns.length; d++) {
                ragged.add(Collections.nCopies(turns[d], advantages[d]));
            }
            return Result.of("advantages", ragged);
        });
        add("thinkThenSay", c -> {
            List<ThinkBlock> read = new ArrayList<>();
            for (JsonNode text : c.input("texts")) {
                read.add(ThinkBlock.of(text.asText()));
            }
            return Result.of("visible", read.stream().map(ThinkBlock::visible).toList())
                    .and("wellFormed", read.stream().map(ThinkBlock::wellFormed).toList());
        });
    }

    /** Each dialogue as one row, its turns one after another. */
    private static Result turnRewards(Case c) {
        NDArray masks = c.array("masks");
        Check.rank("masks", masks, 3);
        long[] shape = masks.getShape().getShape();
        double[] turn = new double[Math.toIntExact(masks.size())];
        for (int i = 0; i < turn.length; i++) {
            turn[i] = (i / shape[2]) % shape[1];
        }
        NDArray mask = c.own(masks.reshape(shape[0], shape[1] * shape[2]));
        NDArray turns = c.own(
                Tensors.create(c.manager(), turn, c.type(), mask.getShape().getShape()));
        Rollouts rollouts = Rollouts.of(c.own(mask.zerosLike()), mask)
                .withTurns(turns)
                .withOutcomes(c.own(EmotionDynamics.rewards(c.array("finalEmotion"))));
        return Result.of(
                "tokenRewards", c.own(new TurnBroadcast().assign(rollouts)).reshape(new Shape(shape)));
    }
}
