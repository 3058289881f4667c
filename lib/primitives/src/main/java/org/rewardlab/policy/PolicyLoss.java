package org.rewardlab.policy;

import java.util.Set;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Loss;

/**
 * A surrogate whose gradient moves a policy towards what earned high advantages.
 *
 * <p>{@code losses} are the token losses (B,T) before aggregation, or one for each row where the loss is one of whole
 * sequences. On policy the value says nothing (with mean-zero advantages it is 0) while the gradient does: look at
 * {@code reward} and the gradient norm beside it.
 */
@FunctionalInterface
public interface PolicyLoss extends Loss<PolicyBatch> {

    /**
     * The optional arrays of its batch that it cannot do without, so that a trainer makes those that cost something where they are
     * read and nowhere else. A lambda says nothing and gets what costs nothing.
     */
    default Set<PolicyBatch.Part> reads() {
        return Set.of();
    }

    /** The clipped surrogate of PPO, with its dual clip at 3 and a mean over tokens. */
    static PolicyLoss ppoClip(double clip) {
        return new PpoClip(clip, clip);
    }

    /** PPO with a range that is wider upwards, as in DAPO (0.2, 0.28). */
    static PolicyLoss ppoClip(double clipLow, double clipHigh) {
        return new PpoClip(clipLow, clipHigh);
    }

    /** PPO weighted by truncated importance weights to the engine that sampled. */
    static PolicyLoss rolloutCorrected(RolloutCorrectedPpo.Correction correction, double low, double high) {
        return new RolloutCorrectedPpo(correction, low, high, 0.2, 0.2, Aggregation.tokenMean());
    }

    /** One ratio for a whole sequence; 3e-4 and 4e-4 are usual. */
    static PolicyLoss gspo(double clipLow, double clipHigh) {
        return new Gspo(clipLow, clipHigh);
    }

    /** A sigmoid gate in place of the clip; 1 and 1.05 are usual. */
    static PolicyLoss sapo(double tauPos, double tauNeg) {
        return new Sapo(tauPos, tauNeg);
    }

    /** REINFORCE with a clipped importance weight. */
    static PolicyLoss cispo(double clipLow, double clipHigh) {
        return new Cispo(clipLow, clipHigh);
    }

    /** The policy gradient itself, a mean over tokens. */
    static PolicyLoss reinforce() {
        return new Reinforce();
    }

    /** The policy gradient with a denominator of choice. */
    static PolicyLoss reinforce(Aggregation aggregation) {
        return new Reinforce(aggregation);
    }

    /** Group policy gradient: REINFORCE, meant for group-relative advantages. */
    static PolicyLoss gpg() {
        return new Reinforce();
    }

    /** PPO that lets go of a random few of the tokens whose log-probability and advantage move together. */
    static PolicyLoss clipCov(double clip, double ratio, double covLow, double covHigh, long seed) {
        return new ClipCov(clip, clip, ratio, covLow, covHigh, seed, Aggregation.tokenMean());
    }

    /** An unclipped surrogate that holds back the tokens whose log-probability and advantage move together most. */
    static PolicyLoss klCov(double ratio, double klCoefficient) {
        return new KlCov(ratio, klCoefficient);
    }

    /** The geometric mean of token ratios clipped in log space; 0.4 is usual. */
    static PolicyLoss gmpo(double clip) {
        return new Gmpo(clip, clip);
    }

    /** PPO's clip on whole sequences, for leave-one-out advantages. */
    static PolicyLoss rloo(double clip) {
        return new RlooLoss(clip, clip);
    }

    /** Group relative policy optimization: means over tokens, then over sequences, no KL term. */
    static Grpo grpo(double epsilon) {
        return new Grpo(new GrpoSurrogate.Clipped(epsilon, epsilon, null), GrpoDenominator.sequenceMeans());
    }

    /** Dr. GRPO: a constant denominator, so that length earns nothing. */
    static Grpo drGrpo(double epsilon, double maxCompletionLength) {
        return new Grpo(
                new GrpoSurrogate.Clipped(epsilon, epsilon, null), GrpoDenominator.maxLength(maxCompletionLength));
    }

    /** DAPO: a wider upper end and a mean over the tokens of the batch; 0.2 and 0.28 are usual. */
    static Grpo dapo(double epsilonLow, double epsilonHigh) {
        return new Grpo(new GrpoSurrogate.Clipped(epsilonLow, epsilonHigh, null), GrpoDenominator.tokens());
    }

    /** LUSPO: sequence ratios, each sequence counting as much as it has tokens. */
    static Grpo luspo(double epsilonLow, double epsilonHigh) {
        return new Grpo(new GrpoSurrogate.Clipped(epsilonLow, epsilonHigh, null), GrpoDenominator.sequenceSums())
                .withImportance(ImportanceLevel.SEQUENCE);
    }

    /** This loss plus a KL penalty by {@link KlEstimator#k3()}, a mean over counted tokens. */
    default PolicyLoss plusKl(double coefficient) {
        return plusKl(coefficient, KlEstimator.k3(), Aggregation.tokenMean());
    }

    /** This loss plus a KL penalty. */
    default PolicyLoss plusKl(double coefficient, KlEstimator estimator, Aggregation aggregation) {
        return new PlusKl(this, coefficient, estimator, aggregation);
    }

    /** This loss less a bonus for the mean entropy of counted tokens. */
    default PolicyLoss plusEntropy(double coefficient) {
        return new PlusEntropy(this, coefficient, Aggregation.tokenMean());
    }

    /** VESPO: a smooth bump in the sequence's ratio, at its usual powers and dampings (2, 3, 3, 2). */
    static Grpo vespo() {
        return new Grpo(new GrpoSurrogate.Damped(2, 3, 3, 2), GrpoDenominator.tokens());
    }

    /** PPO's clip on the steps of an agent, each one action. */
    static PolicyLoss stepPpo(double clip) {
        return new StepPpo(clip, clip);
    }

    /** PPO's clip on sentences, by the mean of their log-probabilities, with a squared distance to the reference. */
    static PolicyLoss lengthNormalizedPpo(double clip, double klCoefficient) {
        return new LengthNormalizedPpo(clip, klCoefficient, LengthNormalizedPpo.Distance.SQUARED);
    }
}
