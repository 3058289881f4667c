package org.rewardlab.reward;

import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossInput;

/**
 * A loss that a reward model is trained with.
 *
 * @param <I> what it reads: pairs of scores, token logits and labels, ranked scores
 */
@FunctionalInterface
public interface RewardModelLoss<I extends LossInput<I>> extends Loss<I> {

    /** The logistic loss on score differences. */
    static RewardModelLoss<RewardPairs> bradleyTerry() {
        return new BradleyTerry();
    }

    /** The logistic loss with a penalty that keeps scores around 0. */
    static RewardModelLoss<RewardPairs> bradleyTerry(double centerRewardsCoefficient) {
        return new BradleyTerry(centerRewardsCoefficient);
    }

    /** The logistic loss in its other spelling. */
    static RewardModelLoss<RewardPairs> logExp() {
        return new LogExp();
    }

    /** Cross-entropy at the ends of steps, for process reward models. */
    static RewardModelLoss<StepLogits> prmToken() {
        return new PrmTokenLoss();
    }

    /** Binary cross-entropy at every token, for outcome reward models. */
    static RewardModelLoss<TokenLabels> ormBce() {
        return new OrmBce();
    }

    /** The likelihood of whole rankings. */
    static RewardModelLoss<RankedRewards> plackettLuce() {
        return new PlackettLuce();
    }

    /** The square loss on ratings. */
    static RewardModelLoss<RewardTargets> regression() {
        return new RewardRegression();
    }

    /** Cross-entropy with comparisons that may be ties. */
    static RewardModelLoss<ComparedRewards> preferenceCrossEntropy() {
        return new PreferenceCrossEntropy();
    }

    /** Outcomes on the log-ratio of a language model to a reference, for implicit process reward models. */
    static RewardModelLoss<OutcomeLogps> implicitPrm(double beta) {
        return new ImplicitPrmLoss(beta);
    }

    /** Successes against failures of the same start, for implicit process reward models of agents. */
    static RewardModelLoss<StepTrajectories> trajectoryDpo() {
        return new TrajectoryDpo();
    }

    /** Rewards of steps from returns of episodes. */
    static RewardModelLoss<EpisodeReturns> returnDecomposition() {
        return new ReturnDecomposition();
    }
}
