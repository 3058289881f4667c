package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Sequence likelihood calibration: a hinge on the difference of implicit rewards. Zhao et al. 2023 (SLiC-HF); on
 * log-ratios to a reference as in Liu et al. 2023 (RSO).
 *
 * <p>{@code max(0, 1 - z)} with z as in {@link Dpo}: pairs that are apart by 1 are left alone.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new Slic(0.5).loss(pairs).losses()            // 1 - z with z = 1 and -0.5
 * // => ND: (2) cpu() float32 [0., 1.5]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record Slic(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.ofMargin("torch.relu(1. - z)", "-torch.type_as(z < 1., z)");

    public Slic {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public Slic(double beta) {
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
