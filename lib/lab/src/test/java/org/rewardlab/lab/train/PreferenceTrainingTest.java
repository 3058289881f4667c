package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.preference.PreferenceLoss;
import org.rewardlab.preference.UnpairedPreferenceLoss;

class PreferenceTrainingTest {

    private static PreferenceTraining training(CausalLm model) {
        return PreferenceTraining.of(model, LettersFixture.LETTERS)
                .on(LettersFixture.pairs(64))
                .options(new FitOptions(6, 16, 0, 3e-3, 0, 1))
                .quiet();
    }

    static Stream<PreferenceLoss> pairedLosses() {
        return Stream.of(
                PreferenceLoss.dpo(0.3),
                PreferenceLoss.ipo(0.1),
                PreferenceLoss.sigmoidNorm(1),
                PreferenceLoss.hinge(0.3),
                PreferenceLoss.simpo(2, 0.5),
                PreferenceLoss.orpo(0.5),
                PreferenceLoss.cpo(0.3),
                PreferenceLoss.dpo(0.3).plusNll(0.1),
                pairs -> PreferenceLoss.dpo(0.3).loss(pairs.withNll(null)));
    }

    @ParameterizedTest
    @MethodSource("pairedLosses")
    void everyPairedLossLearnsTheOrder(PreferenceLoss loss) {
        try (CausalLm model = LettersFixture.model(1)) {
            FitRun run = training(model).loss(loss).run();
            assertThat(ordered(model)).isGreaterThan(0.8);
            assertThat(run.steps()).isEqualTo(24);
            assertThat(run.metrics())
                    .containsKeys("loss", "rewards/chosen", "rewards/accuracies", "logps/chosen", "grad_norm");
        }
    }

    static Stream<UnpairedPreferenceLoss> unpairedLosses() {
        return Stream.of(
                UnpairedPreferenceLoss.kto(0.5), UnpairedPreferenceLoss.bco(0.5), UnpairedPreferenceLoss.apoZero(0.5));
    }

    @ParameterizedTest
    @MethodSource("unpairedLosses")
    void everyUnpairedLossLearnsTheOrder(UnpairedPreferenceLoss loss) {
        try (CausalLm model = LettersFixture.model(1)) {
            List<Example.Labelled> labelled = new ArrayList<>();
            for (PreferencePair pair : LettersFixture.pairs(64)) {
                labelled.add(new Example.Labelled(pair.prompt(), pair.chosen(), true));
                labelled.add(new Example.Labelled(pair.prompt(), pair.rejected(), false));
            }
            training(model).onLabelled(labelled).unpairedLoss(loss).run();
            assertThat(ordered(model)).isGreaterThan(0.8);
        }
    }

    /** The share of pairs whose preferred response gained on the other since the start. */
    private static double ordered(CausalLm model) {
        List<PreferencePair> pairs = LettersFixture.pairs(64);
        double[] now = margins(model, pairs);
        try (CausalLm start = LettersFixture.model(1)) {
            double[] before = margins(start, pairs);
            int gained = 0;
            for (int i = 0; i < now.length; i++) {
                gained += now[i] > before[i] ? 1 : 0;
            }
            return gained / (double) now.length;
        }
    }

    private static double[] margins(CausalLm model, List<PreferencePair> pairs) {
        List<int[]> prompts = pairs.stream()
                .map(p -> LettersFixture.LETTERS.encode(p.prompt()))
                .toList();
        double[] chosen = SequenceSums.of(
                model,
                prompts,
                pairs.stream()
                        .map(p -> Texts.ended(LettersFixture.LETTERS, p.chosen()))
                        .toList(),
                0);
        double[] rejected = SequenceSums.of(
                model,
                prompts,
                pairs.stream()
                        .map(p -> Texts.ended(LettersFixture.LETTERS, p.rejected()))
                        .toList(),
                0);
        double[] margins = new double[chosen.length];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = chosen[i] - rejected[i];
        }
        return margins;
    }

    @Test
    void theReferenceSaysTheSameLiveAndBeforehand() {
        double[] beforehand;
        try (CausalLm model = LettersFixture.model(1)) {
            training(model).run();
            beforehand = LettersFixture.numbers(model.parameters());
        }
        try (CausalLm model = LettersFixture.model(1)) {
            training(model).liveReference().run();
            assertThat(LettersFixture.numbers(model.parameters()))
                    .usingComparatorWithPrecision(2e-3)
                    .containsExactly(beforehand);
        }
    }

    @Test
    void theFirstLossOfDpoIsThatOfAPolicyThatIsItsReference() {
        try (CausalLm model = LettersFixture.model(1)) {
            List<Double> losses = new ArrayList<>();
            training(model)
                    .listener(new TrainingListener() {
                        @Override
                        public void stepped(TrainingStep step) {
                            losses.add(step.metrics().getOrDefault("loss", Double.NaN));
                        }
                    })
                    .run();
            assertThat(losses.get(0)).isCloseTo(Math.log(2), within(1e-6));
            assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0));
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        try (CausalLm model = LettersFixture.model(1)) {
            assertThatThrownBy(() -> training(model).on(List.of()).run()).hasMessageContaining("on(...)");
            assertThatThrownBy(() -> training(model).withoutReference().run()).hasMessageContaining("refChosenLogps");
            assertThatThrownBy(() -> training(model)
                            .unpairedLoss(UnpairedPreferenceLoss.kto(1))
                            .withoutReference()
                            .run())
                    .hasMessageContaining("reference");
        }
    }
}
