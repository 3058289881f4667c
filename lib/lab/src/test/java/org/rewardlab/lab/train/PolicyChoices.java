package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.DenseKlPenalty;
import org.rewardlab.credit.ImplicitReward;
import org.rewardlab.credit.KlPenalizedRewards;
import org.rewardlab.credit.MultiRewardEstimator;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.RolloutCorrectedPpo;
import org.rewardlab.policy.ValueLoss;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.Aggregation;

/** What there is to choose from for each part of policy training. */
final class PolicyChoices {

    /** One way to choose a part. */
    record Choice(String name, BiFunction<PolicyTraining, ValueModel, PolicyTraining> chosen) {
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

    private static Choice rewards(String name, MultiRewardEstimator part) {
        return new Choice(name, (training, critic) -> training.rewardAdvantages(part));
    }

    private static Choice loss(String name, PolicyLoss part) {
        return new Choice(name, (training, critic) -> training.loss(part));
    }

    private static Choice reward(String name, RewardFunction... functions) {
        return new Choice(name, (training, critic) -> {
            PolicyTraining more = training;
            for (int i = 0; i < functions.length; i++) {
                more = more.reward("reward " + i, functions[i], 1.0 / functions.length);
            }
            return more;
        });
    }

    /** The share of letters a, in [0, 1]. */
    private static final RewardFunction LETTER_A = (prompt, text, row) -> 0.25 * LettersFixture.count(text);

    /** The place of KL estimator and controller among the parts. */
    static final int KL = 4;

    /** Factories by their names and how many arguments they have; names without a slash are further ways to choose. */
    static final List<List<Choice>> PARTS = List.of(
            List.of(
                    reward("one reward", LETTER_A),
                    reward("two", LETTER_A, (prompt, text, row) -> 1 - 0.25 * text.length()),
                    reward("sometimes null", LETTER_A, (prompt, text, row) -> prompt.equals("a") ? 1.0 : null),
                    reward("below zero", (prompt, text, row) -> LettersFixture.count(text) - 1.5),
                    reward("binary", (prompt, text, row) -> text.contains("a") ? 1 : 0)),
            List.of(
                    credit("asGiven/0", CreditAssignment.asGiven()),
                    credit("uniform/0", CreditAssignment.uniform()),
                    credit("implicitReward/1", CreditAssignment.implicitReward(0.1)),
                    credit("implicit of turns", new ImplicitReward(0.1, ImplicitReward.Granularity.TURN)),
                    credit("KL in the reward", new KlPenalizedRewards(0.05)),
                    credit("KL on each token", new DenseKlPenalty(0.05)),
                    credit("then/1 returnNorm/0", CreditAssignment.uniform().then(CreditAssignment.returnNorm())),
                    credit("outcomeOnLastTurn/0", CreditAssignment.outcomeOnLastTurn()),
                    credit("centredSteps/0", CreditAssignment.centredSteps()),
                    credit("a lambda", rollouts -> rollouts.rewards().mul(2))),
            List.of(
                    new Choice(
                            "gae/2",
                            (training, critic) -> training.critic(critic, ValueLoss.clipped(0.2))
                                    .advantages(AdvantageEstimator.gae(1, 0.95))),
                    estimator("groupRelative/0", AdvantageEstimator.groupRelative()),
                    estimator("groupCentred/0", AdvantageEstimator.groupCentred()),
                    estimator("reinforce/1", AdvantageEstimator.reinforce(0.99)),
                    estimator("reinforcePlusPlus/1", AdvantageEstimator.reinforcePlusPlus(1)),
                    estimator("reinforcePlusPlusBaseline/0", AdvantageEstimator.reinforcePlusPlusBaseline()),
                    estimator("rloo/0", AdvantageEstimator.rloo()),
                    estimator("remax/0", AdvantageEstimator.remax()),
                    estimator("opo/0", AdvantageEstimator.opo()),
                    estimator("gpg/0", AdvantageEstimator.gpg()),
                    estimator("passAtK/0", AdvantageEstimator.passAtK()),
                    estimator("maxRl/0", AdvantageEstimator.maxRl()),
                    estimator("optimalTokenBaseline/0", AdvantageEstimator.optimalTokenBaseline()),
                    estimator("positionalGroupBaseline/1", AdvantageEstimator.positionalGroupBaseline(1)),
                    estimator("turnGroupRelative/1", AdvantageEstimator.turnGroupRelative(1)),
                    estimator("stepEpisode/1", AdvantageEstimator.stepEpisode(1)),
                    estimator("processOutcomeRloo/0", AdvantageEstimator.processOutcomeRloo()),
                    estimator("miniLlm/1", AdvantageEstimator.miniLlm(1)),
                    rewards("sumThenNormalize/1", MultiRewardEstimator.sumThenNormalize(4)),
                    rewards("normalizeThenSum/1", MultiRewardEstimator.normalizeThenSum(4)),
                    rewards("rloo/1", MultiRewardEstimator.rloo(4))),
            List.of(
                    loss("ppoClip/1", PolicyLoss.ppoClip(0.2)),
                    loss("ppoClip/2", PolicyLoss.ppoClip(0.2, 0.28)),
                    loss("rolloutCorrected/3", PolicyLoss.rolloutCorrected(RolloutCorrectedPpo.Correction.TIS, 0, 2)),
                    loss("gspo/2", PolicyLoss.gspo(0.2, 0.2)),
                    loss("sapo/2", PolicyLoss.sapo(1, 1.05)),
                    loss("cispo/2", PolicyLoss.cispo(0.2, 0.3)),
                    loss("reinforce/0", PolicyLoss.reinforce()),
                    loss("reinforce/1", PolicyLoss.reinforce(Aggregation.sequenceMeanTokenSum())),
                    loss("gpg/0", PolicyLoss.gpg()),
                    loss("clipCov/5", PolicyLoss.clipCov(0.2, 0.1, 0, 5, 1)),
                    loss("klCov/2", PolicyLoss.klCov(0.1, 1)),
                    loss("gmpo/1", PolicyLoss.gmpo(0.4)),
                    loss("rloo/1", PolicyLoss.rloo(0.2)),
                    loss("grpo/1", PolicyLoss.grpo(0.2)),
                    loss("grpo on forks", PolicyLoss.grpo(0.2).withTopEntropyShare(0.5)),
                    loss("drGrpo/2", PolicyLoss.drGrpo(0.2, 4)),
                    loss("dapo/2", PolicyLoss.dapo(0.2, 0.28)),
                    loss("luspo/2", PolicyLoss.luspo(0.2, 0.2)),
                    loss("vespo/0", PolicyLoss.vespo()),
                    loss("stepPpo/1", PolicyLoss.stepPpo(0.2)),
                    loss("lengthNormalizedPpo/2", PolicyLoss.lengthNormalizedPpo(0.2, 0.01)),
                    loss("plusKl/1", PolicyLoss.ppoClip(0.2).plusKl(0.05)),
                    loss(
                            "plusKl/3 plusEntropy/1",
                            PolicyLoss.grpo(0.2)
                                    .plusEntropy(0.01)
                                    .plusKl(0.05, KlEstimator.k2(), Aggregation.tokenMean()))),
            klChoices(),
            List.of(
                    new Choice("keep", (training, critic) -> training),
                    new Choice("filter", (training, critic) -> training.equalGroups(PolicyTraining.EqualGroups.FILTER)),
                    new Choice(
                            "resample",
                            (training, critic) -> training.equalGroups(PolicyTraining.EqualGroups.RESAMPLE))));

    /** KL estimators with controllers; the pair of them is one part, as they go into one method. */
    private static List<Choice> klChoices() {
        Map<String, KlEstimator> estimators = new LinkedHashMap<>();
        estimators.put("k1/0", KlEstimator.k1());
        estimators.put("k2/0", KlEstimator.k2());
        estimators.put("k3/0", KlEstimator.k3());
        estimators.put("k3/1", KlEstimator.k3(20));
        estimators.put("absolute/0", KlEstimator.absolute());
        estimators.put(
                "clampedTo/1 straightThrough/0", KlEstimator.k1().clampedTo(10).straightThrough());
        Map<String, KlController> controllers = new LinkedHashMap<>();
        controllers.put("fixed/1", KlController.fixed(0.05));
        controllers.put("adaptive/3", KlController.adaptive(0.05, 0.1, 100));
        controllers.put("adaptiveEntropy/1", KlController.adaptiveEntropy(0.05));
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("no KL", (training, critic) -> training));
        estimators.forEach((name, kl) -> controllers.forEach((how, controller) ->
                choices.add(new Choice(name + " " + how, (training, critic) -> training.kl(kl, controller)))));
        return choices;
    }

    /** What scores of its own choosing do not go with: MaxRL wants 0 and 1, and steps are centred in [0, 1]. */
    static boolean apart(Choice one, Choice other) {
        return refuses(one, other) || refuses(other, one);
    }

    private static boolean refuses(Choice one, Choice other) {
        return switch (one.name()) {
            case "maxRl/0" ->
                (partOf(other) == 0 && !other.name().equals("binary"))
                        || (partOf(other) == 1
                                && !Set.of("asGiven/0", "uniform/0", "then/1 returnNorm/0", "outcomeOnLastTurn/0")
                                        .contains(other.name()));
            case "centredSteps/0" -> other.name().equals("below zero");
            default -> false;
        };
    }

    /** Which part a choice is one of. */
    static int partOf(Choice choice) {
        return IntStream.range(0, PARTS.size())
                .filter(part -> PARTS.get(part).contains(choice))
                .findFirst()
                .orElseThrow();
    }

    private PolicyChoices() {}
}
