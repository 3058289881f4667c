package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.DenseKlPenalty;
import org.rewardlab.credit.KlPenalizedRewards;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.ValueLoss;

/** The parts of policy training in all pairs: each choice of one part meets each choice of every other part in some run. */
class PolicyMixturesTest {

    /** One way to choose a part. */
    private record Choice(String name, BiFunction<PolicyTraining, ValueModel, PolicyTraining> chosen) {
        PolicyTraining in(PolicyTraining training, ValueModel critic) {
            return chosen.apply(training, critic);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Choice credit(String name, CreditAssignment part) {
        return new Choice(name, (training, critic) -> training.credit(part));
    }

    private static Choice estimator(String name, AdvantageEstimator part) {
        return new Choice(name, (training, critic) -> training.advantages(part));
    }

    private static Choice loss(String name, PolicyLoss part) {
        return new Choice(name, (training, critic) -> training.loss(part));
    }

    /** The place of KL estimator and controller among the parts. */
    private static final int KL = 4;

    private static final List<List<Choice>> PARTS = List.of(
            List.of( // rewards, beside that of the fixture
                    new Choice("one reward", (training, critic) -> training),
                    new Choice(
                            "weighted",
                            (training, critic) ->
                                    training.reward("brief", (prompt, text, row) -> -text.length(), 0.01)),
                    new Choice(
                            "sometimes null",
                            (training, critic) -> training.reward(
                                    "for a", (prompt, text, row) -> prompt.equals("a") ? text.length() : null, 0.1))),
            List.of(
                    credit("as given", CreditAssignment.asGiven()),
                    credit("uniform", CreditAssignment.uniform()),
                    credit("implicit", CreditAssignment.implicitReward(0.1)),
                    credit("KL in the reward", new KlPenalizedRewards(0.05)),
                    credit("KL on each token", new DenseKlPenalty(0.05)),
                    credit("normed", CreditAssignment.uniform().then(CreditAssignment.returnNorm())),
                    credit("on the last turn", CreditAssignment.outcomeOnLastTurn()),
                    credit("a lambda", rollouts -> rollouts.rewards().mul(2))),
            List.of(
                    new Choice(
                            "GAE with a critic",
                            (training, critic) -> training.critic(critic, ValueLoss.clipped(0.2))
                                    .advantages(AdvantageEstimator.gae(1, 0.95))),
                    estimator("group relative", AdvantageEstimator.groupRelative()),
                    estimator("group centred", AdvantageEstimator.groupCentred()),
                    estimator("reinforce", AdvantageEstimator.reinforce(0.99)),
                    estimator("reinforce++", AdvantageEstimator.reinforcePlusPlus(1)),
                    estimator("reinforce++ baseline", AdvantageEstimator.reinforcePlusPlusBaseline()),
                    estimator("rloo", AdvantageEstimator.rloo()),
                    estimator("opo", AdvantageEstimator.opo()),
                    estimator("gpg", AdvantageEstimator.gpg()),
                    estimator("positional", AdvantageEstimator.positionalGroupBaseline(1)),
                    estimator("turn relative", AdvantageEstimator.turnGroupRelative(1)),
                    estimator("step and episode", AdvantageEstimator.stepEpisode(1)),
                    estimator("process and outcome", AdvantageEstimator.processOutcomeRloo()),
                    estimator("MiniLLM", AdvantageEstimator.miniLlm(1))),
            List.of(
                    loss("ppo", PolicyLoss.ppoClip(0.2)),
                    loss("gspo", PolicyLoss.gspo(0.2, 0.2)),
                    loss("sapo", PolicyLoss.sapo(1, 1.05)),
                    loss("cispo", PolicyLoss.cispo(0.2, 0.3)),
                    loss("reinforce", PolicyLoss.reinforce()),
                    loss("gpg", PolicyLoss.gpg()),
                    loss("clip-cov", PolicyLoss.clipCov(0.2, 0.1, 0, 5, 1)),
                    loss("kl-cov", PolicyLoss.klCov(0.1, 1)),
                    loss("gmpo", PolicyLoss.gmpo(0.4)),
                    loss("rloo", PolicyLoss.rloo(0.2)),
                    loss("grpo", PolicyLoss.grpo(0.2)),
                    loss("dr grpo", PolicyLoss.drGrpo(0.2, 4)),
                    loss("dapo", PolicyLoss.dapo(0.2, 0.28)),
                    loss("luspo", PolicyLoss.luspo(0.2, 0.2)),
                    loss("vespo", PolicyLoss.vespo()),
                    loss("length-normalized", PolicyLoss.lengthNormalizedPpo(0.2, 0.01))),
            klChoices(),
            List.of(
                    new Choice("keep", (training, critic) -> training),
                    new Choice("filter", (training, critic) -> training.equalGroups(PolicyTraining.EqualGroups.FILTER)),
                    new Choice(
                            "resample",
                            (training, critic) -> training.equalGroups(PolicyTraining.EqualGroups.RESAMPLE))));

    /** KL estimators with controllers; the pair of them is one part, as they go into one method. */
    private static List<Choice> klChoices() {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("no KL", (training, critic) -> training));
        for (KlEstimator kl : List.of(
                KlEstimator.k1(), KlEstimator.k2(), KlEstimator.k3(), KlEstimator.k3(20), KlEstimator.absolute())) {
            for (KlController controller : List.of(
                    KlController.fixed(0.05),
                    KlController.adaptive(0.05, 0.1, 100),
                    KlController.adaptiveEntropy(0.05))) {
                choices.add(new Choice(kl + " " + controller, (training, critic) -> training.kl(kl, controller)));
            }
        }
        return choices;
    }

    /** Rows of choices in which each pair of choices of two parts stands at least once, put together greedily. */
    static Stream<List<Choice>> pairs() {
        Set<List<Choice>> open = new LinkedHashSet<>();
        for (int i = 0; i < PARTS.size(); i++) {
            for (int j = i + 1; j < PARTS.size(); j++) {
                for (Choice one : PARTS.get(i)) {
                    for (Choice other : PARTS.get(j)) {
                        open.add(List.of(one, other));
                    }
                }
            }
        }
        List<List<Choice>> rows = new ArrayList<>();
        while (!open.isEmpty()) {
            List<Choice> first = open.iterator().next();
            Choice[] row = new Choice[PARTS.size()];
            first.forEach(choice -> row[partOf(choice)] = choice);
            for (int part = 0; part < row.length; part++) {
                if (row[part] == null) {
                    row[part] = best(PARTS.get(part), row, open);
                }
            }
            List<Choice> done = List.of(row);
            for (int i = 0; i < row.length; i++) {
                for (int j = i + 1; j < row.length; j++) {
                    open.remove(List.of(row[i], row[j]));
                }
            }
            rows.add(done);
        }
        return rows.stream();
    }

    private static int partOf(Choice choice) {
        return IntStream.range(0, PARTS.size())
                .filter(part -> PARTS.get(part).contains(choice))
                .findFirst()
                .orElseThrow();
    }

    private static Choice best(List<Choice> choices, Choice[] row, Set<List<Choice>> open) {
        Choice best = choices.get(0);
        long most = -1;
        for (Choice choice : choices) {
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

    @ParameterizedTest
    @MethodSource("pairs")
    void anyTwoPartsGoTogether(List<Choice> mixture) {
        try (CausalLm model = LettersFixture.model(4);
                CausalLm reference = LettersFixture.model(5);
                ValueModel critic = ValueModel.from(model)) {
            PolicyTraining training = LettersFixture.policyTraining(model)
                    .reference(reference) // of another start: where the two agree some credit is zero
                    .options(new PolicyOptions(3, 4, 2, 6, 1e-2, 1e-2, 1).withMicroBatch(4));
            for (Choice choice : mixture) {
                training = choice.in(training, critic);
            }
            double[] before = LettersFixture.numbers(model.parameters());
            for (PolicyStep step : training.steps(2)) {
                assertThat(step.metrics())
                        .containsKeys("loss", "policy_loss", "grad_norm", "kl", "entropy", "reward")
                        .allSatisfy((name, value) -> {
                            if (!name.startsWith("rewards/")) {
                                assertThat(value).as(name).isFinite();
                            }
                        });
                boolean withKl = !mixture.get(KL).equals(PARTS.get(KL).get(0));
                assertThat(step.metrics().containsKey("kl_loss")).isEqualTo(withKl);
                for (ScoredCompletion sample : step.samples()) {
                    assertThat(sample.kl()).hasSize(sample.tokens().length());
                    assertThat(sample.kl()[0]).isEqualTo(sample.logps()[0] - sample.refLogps()[0]);
                }
            }
            double[] after = LettersFixture.numbers(model.parameters());
            assertThat(after).isNotEqualTo(before);
            assertThat(Arrays.stream(after).allMatch(Double::isFinite)).isTrue();
        }
    }
}
