package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.reward.RunningMoments;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Binary classifier optimization: a classifier of good and bad responses whose score is the implicit reward, shifted by
 * the mean reward seen so far. Jung et al. 2024.
 *
 * <p>With the reward {@code r = beta u}: {@code -log sigmoid(r - delta)} for desirable, {@code -log sigmoid(delta - r)}
 * for undesirable responses. Where {@link UnpairedLogps#desirableProbability()} q is given, undesirable ones are
 * weighted by {@code clip(q / (1 - q + 1e-8), minDensityRatio, maxDensityRatio)}, so that prompts that mostly have good
 * responses count as much on both sides.
 *
 * <p>The mean is a value that training passes on; evaluation leaves it alone:
 *
 * <pre>{@code
 * mean = bco.next(mean, responses);               // from RunningMoments.initial()
 * LossGradients step = bco.at(mean).lossAndGradients(responses);
 * }</pre>
 *
 * <p>By itself, without a past, the loss takes the mean of the batch at hand.
 *
 * <pre>{@code
 * var responses = new UnpairedLogps(
 *         nd.create(new float[] {-10, -12}), nd.create(new float[] {-12, -11}), nd.create(new float[] {1, 0}));
 * var bco = new Bco(0.5);
 * var seen = bco.next(RunningMoments.initial(), responses);
 * seen.mean()                                   // of the rewards 1 and -0.5
 * // => 0.25
 * bco.at(seen).loss(responses).losses()
 * // => ND: (2) cpu() float32 [0.3869, 0.3869]
 * }</pre>
 *
 * @param beta scale of the reward, above 0
 * @param minDensityRatio lower bound of the weights, at least 0; 0.5 is usual
 * @param maxDensityRatio upper bound of the weights, not below the lower; 10 is usual
 */
public record Bco(double beta, double minDensityRatio, double maxDensityRatio) implements UnpairedPreferenceLoss {

    private static final NDArray[] NONE = {};

    public Bco {
        Check.positive("beta", beta);
        Check.notNegative("minDensityRatio", minDensityRatio);
        if (!(maxDensityRatio >= minDensityRatio)) {
            throw Check.failure("maxDensityRatio", "a number of at least minDensityRatio", maxDensityRatio);
        }
    }

    /** With the usual bounds. */
    public Bco(double beta) {
        this(beta, 0.5, 10);
    }

    /** The moments of all rewards seen, after those of a batch, desirable and undesirable alike. */
    public RunningMoments next(RunningMoments seen, UnpairedLogps responses) {
        try (NDArray rewards = ImplicitRewards.of(responses, beta)) {
            return seen.next(rewards);
        }
    }

    /** The loss with its shift delta at the mean of the rewards seen. */
    public UnpairedPreferenceLoss at(RunningMoments seen) {
        return new Shifted(this, seen.mean());
    }

    @Override
    public LossOutput loss(UnpairedLogps responses) {
        return at(next(RunningMoments.initial(), responses)).loss(responses);
    }

    @Override
    public LossGradients lossAndGradients(UnpairedLogps responses) {
        return at(next(RunningMoments.initial(), responses)).lossAndGradients(responses);
    }

    /** The loss at a given shift. */
    private record Shifted(Bco bco, double delta) implements UnpairedPreferenceLoss {

        @Override
        public LossOutput loss(UnpairedLogps responses) {
            responses.check();
            return formula().loss(responses, delta, NONE);
        }

        @Override
        public LossGradients lossAndGradients(UnpairedLogps responses) {
            responses.check();
            return formula().lossAndGradients(responses, delta, NONE);
        }

        private UnpairedFormula formula() {
            return new UnpairedFormula(true, bco.beta, 1, 1, bco.minDensityRatio, bco.maxDensityRatio, "delta");
        }
    }
}
