package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.lab.generate.SamplingInterrupted;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyLoss;

/** A run that is interrupted goes on where it stopped, and ends where it would have ended. */
class PolicyInterruptTest {

    @Test
    void anInterruptLeavesTheRunUsable() {
        try (CausalLm model = PolicyTrainingTest.model(5);
                PolicyRun run = PolicyTrainingTest.training(model).start()) {
            int taken = 0;
            for (PolicyStep step : run.steps(10)) {
                taken = step.number();
                if (taken == 2) {
                    Thread.currentThread().interrupt();
                }
            }
            assertThat(Thread.interrupted()).isTrue();
            assertThat(run.taken()).isEqualTo(taken).isEqualTo(2);
            assertThat(run.step().number()).isEqualTo(3);
        }
    }

    @Test
    void anInterruptWhileSamplingLeavesTheRunUsableToo() {
        try (CausalLm model = PolicyTrainingTest.model(5);
                PolicyRun run = PolicyTrainingTest.training(model).start()) {
            double[] before = LettersFixture.numbers(model.parameters());
            Thread.currentThread().interrupt();
            assertThatThrownBy(run::step).isInstanceOf(SamplingInterrupted.class);
            assertThat(run.taken()).isZero();
            assertThat(LettersFixture.numbers(model.parameters())).containsExactly(before);
            assertThat(run.step().number()).isEqualTo(1);
        }
    }

    /** Where an interrupt may come in a step. */
    private enum Site {
        PROMPTS,
        REWARD,
        ESTIMATOR,
        LOSS,
        LISTENER
    }

    @ParameterizedTest
    @EnumSource(Site.class)
    void anInterruptAnywhereInAStepLeavesTheEndAsItWouldHaveBeen(Site site) {
        double[] whole = interrupted(site, Integer.MAX_VALUE);
        assertThat(interrupted(site, 3)).containsExactly(whole);
    }

    /** Five steps of a run that is interrupted at the n-th time that it comes to a place, and goes on. */
    private static double[] interrupted(Site site, int time) {
        int[] times = {0};
        Consumer<Site> at = now -> {
            if (now == site && ++times[0] == time) {
                Thread.currentThread().interrupt();
            }
        };
        try (CausalLm model = PolicyTrainingTest.model(5);
                ValueModel critic = ValueModel.from(model)) {
            PolicyTraining setup = PolicyTrainingTest.training(model)
                    .prompts((count, random) -> {
                        at.accept(Site.PROMPTS);
                        return PolicyTrainingTest.PROMPTS.draw(count, random);
                    })
                    .reward("seen", (prompt, text, row) -> {
                        at.accept(Site.REWARD);
                        return 0;
                    })
                    .critic(critic)
                    .advantages(rollouts -> {
                        at.accept(Site.ESTIMATOR);
                        return AdvantageEstimator.gae(1, 0.95).estimate(rollouts);
                    })
                    .loss(batch -> {
                        at.accept(Site.LOSS);
                        return PolicyLoss.ppoClip(0.2).loss(batch);
                    })
                    .kl(KlEstimator.k2(), KlController.adaptive(0.02, 0.1, 100))
                    .options(new PolicyOptions(6, 6, 2, 12, 1e-2, 1e-2, 1))
                    .listener(new TrainingListener() {
                        @Override
                        public void stepped(TrainingStep step) {
                            at.accept(Site.LISTENER);
                        }
                    });
            int loops = 0;
            try (PolicyRun run = setup.start()) {
                while (run.taken() < 5) {
                    loops++;
                    try {
                        for (PolicyStep step : run.steps(5 - run.taken())) {
                            assertThat(step.number()).isEqualTo(run.taken());
                        }
                        assertThat(Thread.interrupted()).isEqualTo(run.taken() < 5);
                    } catch (SamplingInterrupted sampling) {
                        assertThat(site).isEqualTo(Site.PROMPTS);
                    }
                }
            }
            assertThat(loops).isEqualTo(time == Integer.MAX_VALUE ? 1 : 2);
            return DoubleStream.concat(
                            Arrays.stream(LettersFixture.numbers(model.parameters())),
                            Arrays.stream(LettersFixture.numbers(critic.parameters())))
                    .toArray();
        }
    }
}
