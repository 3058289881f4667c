package org.rewardlab.credit;

import java.io.Serializable;
import java.util.Set;

/**
 * From token rewards to advantages. Pure numbers: nothing here is differentiated.
 *
 * <p>Estimators with a critic read {@code values}; group estimators read {@code groups} and give every counted token of
 * a row the same number, 0 elsewhere.
 */
@FunctionalInterface
public interface AdvantageEstimator extends Serializable {

    /**
     * The advantages of a batch, computed as a whole: groups and whitening look at all rows.
     *
     * @throws IllegalArgumentException if an array that the estimator reads is absent
     */
    Advantages estimate(Rollouts rollouts);

    /**
     * The optional arrays of its rollouts that it cannot do without, so that a trainer makes those that cost something where they are
     * read and nowhere else. A lambda says nothing and gets what costs nothing.
     */
    default Set<Rollouts.Part> reads() {
        return Set.of();
    }

    /** Generalized advantage estimation. */
    static AdvantageEstimator gae(double gamma, double lambda) {
        return new Gae(gamma, lambda);
    }

    /** GRPO: reward minus group mean, divided by the group's standard deviation. */
    static AdvantageEstimator groupRelative() {
        return new GroupRelative();
    }

    /** Dr. GRPO: reward minus group mean. */
    static AdvantageEstimator groupCentred() {
        return new GroupRelative(false, GroupRelative.EPSILON);
    }

    /** REINFORCE: discounted reward-to-go. */
    static AdvantageEstimator reinforce(double gamma) {
        return new DiscountedReturns(gamma);
    }

    /** REINFORCE++: discounted returns whitened over the batch. */
    static AdvantageEstimator reinforcePlusPlus(double gamma) {
        return new ReinforcePlusPlus(gamma);
    }

    /** REINFORCE++ with a group baseline: reward minus group mean, whitened over the batch. */
    static AdvantageEstimator reinforcePlusPlusBaseline() {
        return new ReinforcePlusPlusBaseline();
    }

    /** RLOO: reward minus the mean of the others of its group. */
    static AdvantageEstimator rloo() {
        return new Rloo();
    }

    /** ReMax: reward-to-go minus the reward of a greedy answer. */
    static AdvantageEstimator remax() {
        return new Remax();
    }

    /** OPO: reward minus the length-weighted mean of its group. */
    static AdvantageEstimator opo() {
        return new Opo();
    }

    /** GPG: the centred reward, enlarged by the share of rewards that are 0. */
    static AdvantageEstimator gpg() {
        return new Gpg();
    }

    /** Pass@k training: only the best of a group, by how far it is ahead. */
    static AdvantageEstimator passAtK() {
        return new PassAtK();
    }

    /** MaxRL: the centred binary reward divided by the group mean. */
    static AdvantageEstimator maxRl() {
        return new MaxRl();
    }

    /** The baseline of least variance at each token position. */
    static AdvantageEstimator optimalTokenBaseline() {
        return new OptimalTokenBaseline();
    }

    /** MiniLLM: how much more the teacher likes what the student wrote. */
    static AdvantageEstimator miniLlm(double gamma) {
        return new MiniLlm(gamma, true);
    }

    /** PRIME: dense process rewards and an outcome, each minus the mean of the others. */
    static AdvantageEstimator processOutcomeRloo() {
        return new ProcessOutcomeRloo();
    }

    /** IGPO: rewards of turns normalised within the group, summed over the turns to come. */
    static AdvantageEstimator turnGroupRelative(double gamma) {
        return new TurnGroupRelative(TurnGroupRelative.Normalization.JOINT, gamma, GroupRelative.EPSILON);
    }

    /** Reward-to-go minus the group's mean at the same position. */
    static AdvantageEstimator positionalGroupBaseline(double gamma) {
        return new PositionalGroupBaseline(gamma);
    }

    /** iStar: an advantage of the episode plus alpha times one of the step. */
    static AdvantageEstimator stepEpisode(double alpha) {
        return new StepEpisodeAdvantage(alpha);
    }
}
