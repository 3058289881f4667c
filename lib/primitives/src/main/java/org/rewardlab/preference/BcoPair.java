package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Binary classifier optimization on pairs: preferred responses are one class, the others the second, with no shift
 * between them. Jung et al. 2024; {@link Bco} is the loss with its running shift.
 *
 * <p>{@code -log sigmoid(beta c) - log sigmoid(-beta r)} with the scores c and r of the log-ratios.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new BcoPair(0.5).loss(pairs).losses()         // -lsig(0.5) - lsig(0.5), and -lsig(0.5) - lsig(-1)
 * // => ND: (2) cpu() float32 [0.9482, 1.7873]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record BcoPair(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.of(
            "-torch.log_sigmoid(beta * c) - torch.log_sigmoid(-beta * r)",
            "-beta * torch.sigmoid(-beta * c)",
            "beta * torch.sigmoid(beta * r)");

    public BcoPair {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public BcoPair(double beta) {
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
