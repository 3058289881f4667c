package org.rewardlab.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.reward.JudgedSentence.Status.FAIL;
import static org.rewardlab.reward.JudgedSentence.Status.HUMAN;
import static org.rewardlab.reward.JudgedSentence.Status.PASS;
import static org.rewardlab.reward.JudgedSentence.Strategy.INQUIRY;
import static org.rewardlab.reward.JudgedSentence.Strategy.NONE;
import static org.rewardlab.reward.JudgedSentence.Strategy.PERSUASIVE;
import static org.rewardlab.testing.LossLaws.assertRejects;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceRewardTest {

    private static final SentenceReward TABLE = new SentenceReward();

    private static double reward(JudgedSentence.Status status, JudgedSentence.Strategy strategy, int length) {
        return TABLE.reward(new JudgedSentence(status, strategy, length), true);
    }

    @Test
    void theFirstRuleThatAppliesDecides() {
        assertThat(reward(HUMAN, NONE, 0)).as("a human may be brief").isEqualTo(10);
        assertThat(reward(PASS, PERSUASIVE, 2)).isEqualTo(-3);
        assertThat(reward(FAIL, PERSUASIVE, 50)).as("length before failure").isEqualTo(-3);
        assertThat(reward(FAIL, PERSUASIVE, 3)).isEqualTo(-2);
        assertThat(reward(PASS, PERSUASIVE, 49)).isEqualTo(4);
        assertThat(reward(PASS, INQUIRY, 10)).isEqualTo(2);
        assertThat(reward(PASS, NONE, 10)).isEqualTo(2);
        assertThat(TABLE.rewards(
                        List.of(new JudgedSentence(PASS, PERSUASIVE, 10), new JudgedSentence(FAIL, NONE, 10)), false))
                .containsExactly(0.5, -2);
    }

    @Test
    void withoutBonusStrategiesAreAlike() {
        var values = new SentenceReward.Values(10, -3, -2, 0.5, 4, 3, 2);
        JudgedSentence asking = new JudgedSentence(PASS, INQUIRY, 10);
        assertThat(new SentenceReward(values, true, 2, 50).reward(asking, true)).isEqualTo(3);
        assertThat(new SentenceReward(values, false, 2, 50).reward(asking, true))
                .isEqualTo(2);
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        assertRejects("length", () -> new JudgedSentence(PASS, NONE, -1));
        assertRejects("maxLength", () -> new SentenceReward(new SentenceReward.Values(), true, 5, 5));
        assertRejects("minLength", () -> new SentenceReward(new SentenceReward.Values(), true, -1, 5));
        assertRejects("backup", () -> new SentenceReward.Values(1, 1, 1, Double.NaN, 1, 1, 1));
        assertRejects("sentences", () -> TABLE.rewards(List.of(), true));
    }
}
