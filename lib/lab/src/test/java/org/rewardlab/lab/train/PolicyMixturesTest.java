package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.MultiRewardEstimator;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyLoss;

/** The parts of policy training in all pairs: each choice of one part meets each choice of every other part in some run. */
class PolicyMixturesTest {

    /** A factory that is new has to be put among the parts. */
    @Test
    void allFactoriesAreAmongTheParts() {
        for (Class<?> family : List.of(
                CreditAssignment.class,
                AdvantageEstimator.class,
                MultiRewardEstimator.class,
                PolicyLoss.class,
                KlEstimator.class,
                KlController.class)) {
            Set<String> made = Arrays.stream(family.getDeclaredMethods())
                    .filter(method -> Modifier.isStatic(method.getModifiers()) || method.isDefault())
                    .filter(method -> family.isAssignableFrom(method.getReturnType()))
                    .map(method -> method.getName() + "/" + method.getParameterCount())
                    .collect(Collectors.toSet());
            assertThat(made).as(family.getSimpleName()).hasSizeGreaterThan(2);
            int part = family == CreditAssignment.class
                    ? 1
                    : family == PolicyLoss.class
                            ? 3
                            : family == KlEstimator.class || family == KlController.class ? PolicyChoices.KL : 2;
            Set<String> chosen = PolicyChoices.PARTS.get(part).stream()
                    .flatMap(choice -> Stream.of(choice.name().split(" ")))
                    .collect(Collectors.toSet());
            assertThat(chosen).as(family.getSimpleName()).containsAll(made);
        }
    }

    /** Rows of choices in which each pair of choices of two parts stands at least once, put together greedily. */
    static Stream<List<PolicyChoices.Choice>> pairs() {
        Set<List<PolicyChoices.Choice>> open = new LinkedHashSet<>();
        for (int i = 0; i < PolicyChoices.PARTS.size(); i++) {
            for (int j = i + 1; j < PolicyChoices.PARTS.size(); j++) {
                for (PolicyChoices.Choice one : PolicyChoices.PARTS.get(i)) {
                    for (PolicyChoices.Choice other : PolicyChoices.PARTS.get(j)) {
                        if (!PolicyChoices.apart(one, other)) {
                            open.add(List.of(one, other));
                        }
                    }
                }
            }
        }
        List<List<PolicyChoices.Choice>> rows = new ArrayList<>();
        while (!open.isEmpty()) {
            List<PolicyChoices.Choice> first = open.iterator().next();
            PolicyChoices.Choice[] row = new PolicyChoices.Choice[PolicyChoices.PARTS.size()];
            first.forEach(choice -> row[PolicyChoices.partOf(choice)] = choice);
            for (int part = 0; part < row.length; part++) {
                if (row[part] == null) {
                    row[part] = best(PolicyChoices.PARTS.get(part), row, open);
                }
            }
            List<PolicyChoices.Choice> done = List.of(row);
            for (int i = 0; i < row.length; i++) {
                for (int j = i + 1; j < row.length; j++) {
                    open.remove(List.of(row[i], row[j]));
                }
            }
            rows.add(done);
        }
        return rows.stream();
    }

    private static PolicyChoices.Choice best(
            List<PolicyChoices.Choice> choices, PolicyChoices.Choice[] row, Set<List<PolicyChoices.Choice>> open) {
        PolicyChoices.Choice best = choices.get(0);
        long most = -1;
        for (PolicyChoices.Choice choice : choices) {
            if (Arrays.stream(row).anyMatch(other -> other != null && PolicyChoices.apart(other, choice))) {
                continue;
            }
            long closed = Arrays.stream(row)
                    .filter(other -> other != null)
                    .filter(other -> open.contains(List.of(other, choice)) || open.contains(List.of(choice, other)))
                    .count();
            if (closed > most) {
                most = closed;
                best = choice;
            }
        }
        return best;
    }

    /** Pairs that cannot go together, as scores are not what one of them is made for. */
    static Stream<List<PolicyChoices.Choice>> pairsApart() {
        return PolicyChoices.PARTS.get(0).stream()
                .flatMap(reward -> PolicyChoices.PARTS.get(1).stream()
                        .flatMap(credit -> PolicyChoices.PARTS.get(2).stream()
                                .map(estimator -> List.of(reward, credit, estimator))))
                .filter(row -> PolicyChoices.apart(row.get(0), row.get(1)) // one reason at a time
                        ? row.get(2).name().equals("groupRelative/0")
                        : PolicyChoices.apart(row.get(0), row.get(2)) != PolicyChoices.apart(row.get(1), row.get(2))
                                && (row.get(0).name().equals("binary")
                                        || row.get(1).name().equals("asGiven/0")));
    }

    @ParameterizedTest
    @MethodSource("pairsApart")
    void whatCannotGoTogetherIsNamed(List<PolicyChoices.Choice> mixture) {
        try (Mixed mixed = new Mixed(mixture)) {
            assertThatThrownBy(() -> mixed.training.steps(1).forEach(step -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)(rewards|outcomes): expected .*");
        }
    }

    /** A training with the parts of a mixture, and its models. */
    private static final class Mixed implements AutoCloseable {

        private final CausalLm model = LettersFixture.model(4);
        private final CausalLm reference = LettersFixture.model(5); // where the two agree some credit is zero
        private final ValueModel critic = ValueModel.from(model);
        private final PolicyTraining training;

        Mixed(List<PolicyChoices.Choice> mixture) {
            PolicyTraining mixed = PolicyTraining.of(model, LettersFixture.LETTERS)
                    .prompts(LettersFixture.PROMPTS)
                    .sampling(Sampling.of(4).stopAt(LettersFixture.LETTERS.endId()))
                    .seed(3)
                    .reference(reference)
                    .options(new PolicyOptions(3, 4, 2, 6, 1e-2, 1e-2, 1).withMicroBatch(4));
            for (PolicyChoices.Choice choice : mixture) {
                mixed = choice.in(mixed, critic);
            }
            training = mixed;
        }

        @Override
        public void close() {
            critic.close();
            reference.close();
            model.close();
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anyTwoPartsGoTogether(List<PolicyChoices.Choice> mixture) {
        try (Mixed mixed = new Mixed(mixture)) {
            double[] before = LettersFixture.numbers(mixed.model.parameters());
            for (PolicyStep step : mixed.training.steps(2)) {
                assertThat(step.metrics())
                        .containsKeys("loss", "policy_loss", "grad_norm", "kl", "entropy", "reward")
                        .allSatisfy((name, value) -> {
                            if (!name.startsWith("rewards/")) {
                                assertThat(value).as(name).isFinite();
                            }
                        });
                boolean withKl = !mixture.get(PolicyChoices.KL)
                        .equals(PolicyChoices.PARTS.get(PolicyChoices.KL).get(0));
                assertThat(step.metrics().containsKey("kl_loss")).isEqualTo(withKl);
                for (ScoredCompletion sample : step.samples()) {
                    assertThat(sample.kl()).hasSize(sample.tokens().length());
                    assertThat(sample.kl()[0]).isEqualTo(sample.logps()[0] - sample.refLogps()[0]);
                }
            }
            double[] after = LettersFixture.numbers(mixed.model.parameters());
            assertThat(after).isNotEqualTo(before);
            assertThat(Arrays.stream(after).allMatch(Double::isFinite)).isTrue();
        }
    }
}
