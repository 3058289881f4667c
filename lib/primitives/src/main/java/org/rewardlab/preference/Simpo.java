package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Simple preference optimization: the mean log-probability of a token is the reward, no reference is needed, and
 * preferred responses should be ahead by a margin. Meng et al. 2024, eq. 6.
 *
 * <p>With {@code d = chosen - rejected - gamma/beta} on log-probabilities per token: {@code -(1-e) log sigmoid(beta d)
 * - e log sigmoid(-beta d)}, plus {@code nllWeight * nll} where {@link PairLogps#nll()} is given (CPO-SimPO; give none
 * for the published loss). With {@code alpha} other than 0 each log-probability x is first replaced by {@code (1 -
 * exp(-alpha x)) / alpha} (Gupta et al. 2025, AlphaPO). With gamma = 0 on sums it is {@link Cpo}. In the paper beta is
 * 2.0 to 2.5, up to 10, and gamma/beta 0.1 to 0.8.
 *
 * <pre>{@code
 * var pairs = new PairLogps(nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}));
 * var perToken = pairs.withLengths(nd.create(new float[] {10, 9}), nd.create(new float[] {7, 8}));
 * new Simpo(2, 1).loss(perToken).losses()       // 2 (-1 + 2) - 1 = 1, and 2 (-1 + 1) - 1 = -1
 * // => ND: (2) cpu() float32 [0.3133, 1.3133]
 * }</pre>
 *
 * @param beta scale of the reward, above 0
 * @param gamma margin that the rewards should differ by, at least 0
 * @param labelSmoothing share e of pairs whose label is taken to be wrong, in [0, 0.5]
 * @param alpha of AlphaPO's transformation; 0 is none
 * @param nllWeight of the likelihood, at least 0
 */
public record Simpo(double beta, double gamma, double labelSmoothing, double alpha, double nllWeight)
        implements PreferenceLoss {

    public Simpo {
        Check.positive("beta", beta);
        Check.notNegative("gamma", gamma);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.5);
        Check.finite("alpha", alpha);
        Check.notNegative("nllWeight", nllWeight);
    }

    /** The published loss. */
    public Simpo(double beta, double gamma) {
        this(beta, gamma, 0, 0, 1);
    }

    /** The rewards that are logged, per pair. */
    public ImplicitRewards rewards(PairLogps pairs) {
        return formula().rewards(pairs);
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return formula().loss(pairs);
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return formula().lossAndGradients(pairs);
    }

    private ReferenceFreeFormula formula() {
        return new ReferenceFreeFormula(
                ReferenceFreeFormula.Form.SIGMOID, beta, labelSmoothing, alpha, gamma / beta, nllWeight, true);
    }
}
