package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rewardlab.credit.Advantages;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.tensor.LossOutput;

class DivergenceTest {

    @Test
    void aPolicyLossThatIsNotANumberStopsTheRunAndSparesThePolicy() {
        try (CausalLm model = LettersFixture.model(1)) {
            PolicyLoss broken = batch -> {
                LossOutput loss = PolicyLoss.reinforce().loss(batch);
                return new LossOutput(loss.loss().mul(Float.NaN), loss.losses(), loss.metrics());
            };
            double[] before = LettersFixture.numbers(model.parameters());
            PolicyRun run = LettersFixture.policyTraining(model).loss(broken).start();
            assertThatThrownBy(run::step)
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessageContainingAll("the policy loss is NaN at step 1", "try", "learning rate below 0.01");
            assertThat(LettersFixture.numbers(model.parameters())).containsExactly(before);
            assertThat(run.taken()).isZero();
        }
    }

    @Test
    void advantagesAndRewardsAreNamed() {
        try (CausalLm model = LettersFixture.model(1)) {
            assertThatThrownBy(() -> LettersFixture.policyTraining(model)
                            .advantages(rollouts ->
                                    new Advantages(rollouts.rewards().mul(Float.NaN), null))
                            .start()
                            .step())
                    .hasMessageContaining("the mean advantage is NaN at step 1");
            assertThatThrownBy(() -> LettersFixture.policyTraining(model)
                            .reward("endless", (prompt, completion, row) -> Double.POSITIVE_INFINITY)
                            .start()
                            .step())
                    .hasMessageContaining("the reward \"endless\" is Infinity at step 1");
        }
    }

    @Test
    void aPreferenceLossThatIsNotANumberIsNamed() {
        try (CausalLm model = LettersFixture.model(1)) {
            PreferenceLoss broken = pairs -> {
                LossOutput loss = PreferenceLoss.dpo(0.1).loss(pairs);
                return new LossOutput(loss.loss().mul(Float.NaN), loss.losses(), loss.metrics());
            };
            assertThatThrownBy(() -> PreferenceTraining.of(model, LettersFixture.LETTERS)
                            .on(LettersFixture.pairs(10))
                            .loss(broken)
                            .quiet()
                            .run())
                    .hasMessageContainingAll("the preference loss is NaN at step 1", "smaller beta");
        }
    }
}
