package org.rewardlab.preference;

import java.util.List;
import org.rewardlab.tensor.Loss;

/**
 * A loss on pairs of a preferred and another response, given their log-probabilities.
 *
 * <p>The loss is the mean over the batch (of the losses times {@link PairLogps#weights()}); metrics go by the names
 * {@code rewards/chosen}, {@code rewards/rejected}, {@code rewards/accuracies} (ties are wrong), {@code
 * rewards/margins}, {@code logps/chosen}, {@code logps/rejected}. A reward is the implicit one, a constant for
 * differentiation: {@code beta * (logps - refLogps)}, never divided by lengths, or {@code beta} times the
 * log-probability in losses without reference.
 *
 * <p>All of them have their derivatives in closed form. What a factory leaves out is an argument of the record.
 */
@FunctionalInterface
public interface PreferenceLoss extends Loss<PairLogps> {

    /** Direct preference optimization. */
    static PreferenceLoss dpo(double beta) {
        return new Dpo(beta);
    }

    /** DPO with a share of labels taken to be wrong: conservative DPO. */
    static PreferenceLoss dpo(double beta, double labelSmoothing) {
        return new Dpo(beta, labelSmoothing);
    }

    /** DPO that is unbiased under a known rate of flipped labels. */
    static PreferenceLoss robust(double beta, double labelSmoothing) {
        return new RobustDpo(beta, labelSmoothing);
    }

    /** A hinge on the difference of implicit rewards: SLiC. */
    static PreferenceLoss hinge(double beta) {
        return new Slic(beta);
    }

    /** {@link #hinge} under the method's name. */
    static PreferenceLoss slic(double beta) {
        return new Slic(beta);
    }

    /** Identity preference optimization: a square loss with a finite target. */
    static PreferenceLoss ipo(double beta) {
        return new Ipo(beta);
    }

    /** DPO per token. */
    static PreferenceLoss sigmoidNorm(double beta) {
        return new SigmoidNorm(beta);
    }

    /** Efficient exact optimization on pairs. */
    static PreferenceLoss exo(double beta) {
        return new ExoPair(beta);
    }

    /** Noise contrastive alignment on pairs. */
    static PreferenceLoss nca(double beta) {
        return new NcaPair(beta);
    }

    /** Binary classifier optimization on pairs, without its shift. */
    static PreferenceLoss bcoPair(double beta) {
        return new BcoPair(beta);
    }

    /** Self-play preference optimization with hard labels. */
    static PreferenceLoss sppoHard(double beta) {
        return new SppoHard(beta);
    }

    /** Optimal transport between the differences under policy and reference. */
    static PreferenceLoss aot(double beta) {
        return new Aot(beta, 0, true);
    }

    /** Optimal transport between the log-ratios of chosen and rejected responses. */
    static PreferenceLoss aotUnpaired(double beta) {
        return new Aot(beta, 0, false);
    }

    /** Anchored preference optimization for a policy worse than the data. */
    static PreferenceLoss apoZero(double beta) {
        return new ApoZero(beta);
    }

    /** Anchored preference optimization for a policy better than the data. */
    static PreferenceLoss apoDown(double beta) {
        return new ApoDown(beta);
    }

    /** The loss that a search over losses discovered. */
    static PreferenceLoss discopop(double beta) {
        return new DiscoPop(beta);
    }

    /** Contrastive preference optimization: no reference, a likelihood term where {@link PairLogps#nll()} is given. */
    static PreferenceLoss cpo(double beta) {
        return new Cpo(Cpo.Kind.SIGMOID, beta);
    }

    /** Simple preference optimization: no reference, per token, with a margin. */
    static PreferenceLoss simpo(double beta, double gamma) {
        return new Simpo(beta, gamma);
    }

    /** Odds ratio preference optimization: no reference, reads {@link PairLogps#nll()}. */
    static PreferenceLoss orpo(double beta) {
        return new Orpo(beta);
    }

    /** Triple preference optimization: no reference, {@link PairLogps#nll()} is that of a gold response. */
    static PreferenceLoss tpo(double beta) {
        return new Tpo(Tpo.Kind.SIGMOID, beta);
    }

    /** The sum of losses, each times its weight. */
    static PreferenceLoss combined(List<? extends PreferenceLoss> losses, List<Double> weights) {
        return new CombinedPreference(List.copyOf(losses), weights);
    }

    /** This loss plus {@code weight} times {@link PairLogps#nll()}. */
    default PreferenceLoss plusNll(double weight) {
        return new PlusNll(this, weight);
    }
}
