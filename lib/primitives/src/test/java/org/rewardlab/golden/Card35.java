package org.rewardlab.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.rewardlab.credit.DenseKlPenalty;
import org.rewardlab.credit.HallucinationRewards;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.credit.SegmentVerdicts;
import org.rewardlab.reward.PrmTokenLoss;
import org.rewardlab.reward.StepLogits;
import org.rewardlab.tensor.Check;

/** Card 35: rewards for segments by types of hallucination. */
final class Card35 extends Card {
    Card35() {
        add("segmentClassifierLoss", c -> {
            StepLogits segments = StepLogits.ignoring(
                    c.array("logits"), c.integers("labels"), c.whole("ignoreIndex", StepLogits.UNLABELLED));
            c.own(segments.labels());
            return Result.of(c, new PrmTokenLoss(), segments, Map.of("logits", "logits"));
        });
        add("hallucinationSegmentReward", c -> {
            SegmentVerdicts verdicts =
                    new SegmentVerdicts(c.array("classes"), c.array("segmentEnds"), c.array("lengths"));
            HallucinationRewards.Tokens tokens = weights(c).tokens(verdicts, c.whole("T"), c.array("lengths"));
            return Result.of("reward", tokens.reward())
                    .and("existence", tokens.existence())
                    .and("attribute", tokens.attribute())
                    .and("relation", tokens.relation());
        });
        add("fineGrainedPpoReward", c -> {
            Rollouts rollouts = Rollouts.of(c.array("reward"), c.array("mask"))
                    .withLogps(c.array("logps"))
                    .withRefLogps(c.array("refLogps"));
            return Result.of("shaped", new DenseKlPenalty(c.number("klCoef", 0.1)).assign(rollouts));
        });
    }

    private static HallucinationRewards weights(Case c) {
        JsonNode weights = c.param("weights");
        if (!weights.isArray()) {
            return new HallucinationRewards();
        }
        if (weights.size() != 3) {
            throw Check.failure("weights", "three numbers", weights);
        }
        return new HallucinationRewards(
                Case.number(weights.get(0)), Case.number(weights.get(1)), Case.number(weights.get(2)));
    }
}
