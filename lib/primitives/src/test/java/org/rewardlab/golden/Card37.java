package org.rewardlab.golden;

import java.util.Map;
import org.rewardlab.credit.InducedTokenRewards;
import org.rewardlab.policy.ExtrapolatedDistillation;
import org.rewardlab.policy.ExtrapolatedTeacher;
import org.rewardlab.policy.TwoModelBatch;

/** AlignDistil. */
final class Card37 extends Card {
    Card37() {
        add(
                "dpoTokenReward",
                c -> Result.of(
                        "reward",
                        InducedTokenRewards.ofVocabulary(
                                c.array("dpoLogits"), c.array("refLogits"), c.number("beta", 0.1))));
        add("alignDistilTeacher", c -> {
            var teaching = teacher(c).teach(c.array("dpoLogits"), c.array("refLogits"));
            return Result.of("tvd", teaching.distances())
                    .and("weight", teaching.weights())
                    .and("coefficient", teaching.coefficients())
                    .and("teacherLogProbs", teaching.logps());
        });
        add("alignDistilLoss", c -> {
            var loss = new ExtrapolatedDistillation(teacher(c), c.flag("lengthNormalize", true));
            TwoModelBatch batch = new TwoModelBatch(
                    c.array("studentLogits"), c.array("dpoLogits"), c.array("refLogits"), c.array("mask"));
            return Result.of(c, loss, batch, Map.of("studentLogits", "studentLogits"))
                    .andLosses("perToken");
        });
    }

    private static ExtrapolatedTeacher teacher(Case c) {
        return new ExtrapolatedTeacher(
                ExtrapolatedTeacher.Mode.of(c.text("mode", "aligndistil")),
                c.number("beta", 0.1),
                c.number("strength"),
                c.number("temperature", 1),
                c.number("tvdScale", 1),
                c.number("eps", 1e-3));
    }
}
