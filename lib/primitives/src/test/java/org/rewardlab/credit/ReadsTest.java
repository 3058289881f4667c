package org.rewardlab.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.RolloutCorrectedPpo;
import org.rewardlab.testing.Draws;

/** What a part says that it reads is what it cannot do without. */
class ReadsTest {

    static Stream<Object> parts() {
        return Stream.of(
                AdvantageEstimator.gae(1, 0.9),
                AdvantageEstimator.groupRelative(),
                AdvantageEstimator.groupCentred(),
                AdvantageEstimator.reinforce(1),
                AdvantageEstimator.reinforcePlusPlus(1),
                AdvantageEstimator.reinforcePlusPlusBaseline(),
                AdvantageEstimator.rloo(),
                AdvantageEstimator.remax(),
                AdvantageEstimator.opo(),
                AdvantageEstimator.gpg(),
                AdvantageEstimator.passAtK(),
                AdvantageEstimator.maxRl(),
                AdvantageEstimator.optimalTokenBaseline(),
                AdvantageEstimator.miniLlm(1),
                AdvantageEstimator.processOutcomeRloo(),
                AdvantageEstimator.turnGroupRelative(1),
                AdvantageEstimator.positionalGroupBaseline(1),
                AdvantageEstimator.stepEpisode(1),
                new OutcomePlusTokens(1, 1e-6),
                new TurnWeightedRelative(1e-6),
                new ForkRelative(true, 1e-6, 1),
                CreditAssignment.asGiven(),
                CreditAssignment.implicitReward(0.1),
                new ImplicitReward(0.1, ImplicitReward.Granularity.TURN),
                CreditAssignment.returnNorm(),
                CreditAssignment.outcomeOnLastTurn(),
                CreditAssignment.centredSteps(),
                CreditAssignment.uniform(),
                CreditAssignment.uniform().then(CreditAssignment.implicitReward(1)),
                new KlPenalizedRewards(0.1),
                new DenseKlPenalty(0.1),
                new KeyUtterances(0.9),
                new UtteranceAttribution(UtteranceAttribution.Method.SCALED, 1, 1),
                new UtteranceAttribution(UtteranceAttribution.Method.UNIFORM, 1, 1),
                new TurnBroadcast());
    }

    @ParameterizedTest
    @MethodSource("parts")
    void ofRollouts(Object part) {
        try (Draws draw = new Draws(1)) {
            Set<Rollouts.Part> reads =
                    part instanceof AdvantageEstimator e ? e.reads() : ((CreditAssignment) part).reads();
            assertThat(run(part, rollouts(draw, reads)).getShape().get(1)).isEqualTo(2);
            for (Rollouts.Part missing : reads) {
                Set<Rollouts.Part> others = EnumSet.copyOf(reads);
                others.remove(missing);
                assertThatThrownBy(() -> run(part, rollouts(draw, others)))
                        .as("%s without %s", part, missing)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(camel(missing) + ": expected");
            }
        }
    }

    private static String camel(Enum<?> part) {
        StringBuilder name = new StringBuilder();
        for (String word : part.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static NDArray run(Object part, Rollouts rollouts) {
        return part instanceof AdvantageEstimator estimator
                ? estimator.estimate(rollouts).advantages()
                : ((CreditAssignment) part).assign(rollouts);
    }

    /** Four answers of two tokens to two prompts, right and wrong by turns. */
    private static Rollouts rollouts(Draws draw, Set<Rollouts.Part> parts) {
        NDArray mask = draw.matrix(new double[][] {{1, 1}, {1, 1}, {1, 1}, {1, 1}});
        NDArray tokens = draw.matrix(new double[][] {{-1, -2}, {-3, -1}, {-2, -2}, {-1, -1}});
        NDArray places = draw.matrix(new double[][] {{0, 1}, {0, 1}, {0, 1}, {0, 1}});
        Rollouts rollouts = Rollouts.of(draw.matrix(new double[][] {{0, 1}, {0, 0}, {0, 1}, {0, 0}}), mask);
        for (Rollouts.Part part : parts) {
            rollouts = switch (part) {
                case LOGPS -> rollouts.withLogps(tokens);
                case VALUES -> rollouts.withValues(tokens);
                case REF_LOGPS -> rollouts.withRefLogps(tokens.mul(1.5));
                case OLD_LOGPS -> rollouts.withOldLogps(tokens);
                case GROUPS -> rollouts.withGroups(draw.integers(7, 7, 8, 8));
                case TURNS -> rollouts.withTurns(places);
                case NODES -> rollouts.withNodes(draw.matrix(new double[][] {{0, 1}, {0, 2}, {0, 3}, {0, 4}}));
                case ENTROPIES -> rollouts.withEntropies(tokens.neg());
                case BASELINES -> rollouts.withBaselines(draw.vector(1, 1, 0, 0));
                case SQUARED_PROBABILITIES -> rollouts.withSquaredProbabilities(tokens.exp());
                case IS_WEIGHTS -> rollouts.withIsWeights(mask);
                case OUTCOMES -> rollouts.withOutcomes(draw.vector(1, 0, 1, 0));
                case STEP_SCORES -> rollouts.withStepScores(places);
            };
        }
        return rollouts;
    }

    static Stream<PolicyLoss> losses() {
        return Stream.of(
                PolicyLoss.ppoClip(0.2),
                PolicyLoss.rolloutCorrected(RolloutCorrectedPpo.Correction.TIS, 0, 2),
                PolicyLoss.gspo(0.2, 0.2),
                PolicyLoss.grpo(0.2),
                PolicyLoss.grpo(0.2).withKl(0.1),
                PolicyLoss.grpo(0.2).withTopEntropyShare(0.5),
                PolicyLoss.grpo(0.2).withKl(0.1).withTopEntropyShare(0.5),
                PolicyLoss.stepPpo(0.2),
                PolicyLoss.lengthNormalizedPpo(0.2, 0.1),
                PolicyLoss.lengthNormalizedPpo(0.2, 0),
                PolicyLoss.klCov(0.2, 1),
                PolicyLoss.stepPpo(0.2).plusKl(0.1).plusEntropy(0.1));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void ofBatches(PolicyLoss loss) {
        try (Draws draw = new Draws(1)) {
            assertThat(loss.loss(batch(draw, loss.reads())).value()).isFinite();
            for (PolicyBatch.Part missing : loss.reads()) {
                Set<PolicyBatch.Part> others = EnumSet.copyOf(List.copyOf(loss.reads()));
                others.remove(missing);
                assertThatThrownBy(() -> loss.loss(batch(draw, others)))
                        .as("%s without %s", loss, missing)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(camel(missing) + ": expected");
            }
        }
    }

    private static PolicyBatch batch(Draws draw, Set<PolicyBatch.Part> parts) {
        NDArray logps = draw.matrix(new double[][] {{-1, -2}, {-3, -1}});
        NDArray mask = draw.matrix(new double[][] {{1, 1}, {1, 1}});
        PolicyBatch batch = new PolicyBatch(logps, logps, mask, mask);
        for (PolicyBatch.Part part : parts) {
            batch = switch (part) {
                case REF_LOGPS -> batch.withRefLogps(logps);
                case ROLLOUT_LOGPS -> batch.withRolloutLogps(logps);
                case ENTROPIES -> batch.withEntropies(logps.neg());
                case IS_WEIGHTS -> batch.withIsWeights(mask);
                case TURNS -> batch.withTurns(draw.matrix(new double[][] {{0, 0}, {0, 1}}));
            };
        }
        return batch;
    }
}
