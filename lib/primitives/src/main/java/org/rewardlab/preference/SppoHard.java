package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Self-play preference optimization with hard labels: each log-ratio is pulled to the value that a certain win or loss
 * gives it. Wu et al. 2024.
 *
 * <p>{@code (c - 1/(2 beta))^2 + (r + 1/(2 beta))^2} with the scores c and r of the log-ratios.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new SppoHard(0.5).loss(pairs).losses()        // targets 1 and -1: the first pair is there
 * // => ND: (2) cpu() float32 [0., 9.]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record SppoHard(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.of(
            "(c - 0.5 / beta) ** 2 + (r + 0.5 / beta) ** 2", "2. * (c - 0.5 / beta)", "2. * (r + 0.5 / beta)");

    public SppoHard {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public SppoHard(double beta) {
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
