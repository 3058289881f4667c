package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.Preferences;
import org.rewardlab.lab.data.RealData;
import org.rewardlab.lab.model.HashedText;
import org.rewardlab.lab.model.TextRewardModel;

/** Training on real pairs, where they are at hand. */
class HarmlessTrainingTest {
    @Test
    void modelOfRealPairsIsReportedWithIntervalAgainstLengthAlone() {
        Preferences pairs = Preferences.read(RealData.hhRlhfHarmless());
        double gain = 0;
        for (long seed = 0; seed < 3; seed++) {
            Preferences.Split split = pairs.split(0.2, seed);
            assertThat(split.train().size() + split.test().size()).isEqualTo(2303);
            assertThat(split.test().size()).isBetween(460, 461);
            try (TextRewardModel model = TextRewardModel.linear(HashedText.standard())) {
                RewardModelRun run = RewardModelTraining.of(model)
                        .on(split)
                        .seed(seed)
                        .quiet()
                        .run();
                assertThat(run.test().interval().low()).isGreaterThan(0.5);
                assertThat(run)
                        .asString()
                        .matches("\\d+ steps; held out: accuracy 0\\.\\d+ \\[.*] on 46\\d pairs, by length alone .*");
                gain += run.gainOverLength() / 3;
            }
        }
        assertThat(gain).isPositive();
    }
}
