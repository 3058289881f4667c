package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Identity preference optimization: a square loss that pulls the difference of log-ratios to a finite target, so that
 * sure preferences do not drive the policy away from the reference for ever. Azar et al. 2023, eq. 17; per token as in
 * TRL.
 *
 * <p>{@code (c/n_c - r/n_r - 1/(2 beta))^2} with the scores c and r of the log-ratios and the lengths n of the
 * responses, 1 where they are not given.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new Ipo(0.25).loss(pairs).losses()            // differences 2 and -1, target 1 / (2 beta) = 2
 * // => ND: (2) cpu() float32 [0., 9.]
 * var lengths = nd.create(new float[] {2, 2});
 * new Ipo(0.25).loss(pairs.withLengths(lengths, lengths)).losses()
 * // => ND: (2) cpu() float32 [1., 6.25]
 * }</pre>
 *
 * @param beta the regularization, called tau in the paper, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record Ipo(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.perToken(
            "(c - r - 0.5 / beta) ** 2", "2. * (c - r - 0.5 / beta)", "-2. * (c - r - 0.5 / beta)");

    public Ipo {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public Ipo(double beta) {
        this(beta, FDivergence.reverseKl());
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return FORMULA.loss(pairs, beta, 0, divergence);
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return FORMULA.lossAndGradients(pairs, beta, 0, divergence);
    }
}
