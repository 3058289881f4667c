package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Noise contrastive alignment on pairs: like {@link Dpo}, and it keeps the likelihood of the preferred response from
 * falling. Chen et al. 2024.
 *
 * <p>{@code -log sigmoid(beta c) - (log sigmoid(-beta c) + log sigmoid(-beta r)) / 2} with the scores c and r of the
 * log-ratios.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new NcaPair(0.5).loss(pairs).losses()
 * // => ND: (2) cpu() float32 [1.1982, 1.6177]
 * new NcaPair(0.5).lossAndGradients(pairs).of("rejectedLogps")
 * // => ND: (2) cpu() float32 [0.0472, 0.0914]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record NcaPair(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA = PairFormula.of(
            "-torch.log_sigmoid(beta * c) - 0.5 * (torch.log_sigmoid(-beta * c) + torch.log_sigmoid(-beta * r))",
            "beta * (1.5 * torch.sigmoid(beta * c) - 1.)",
            "0.5 * beta * torch.sigmoid(beta * r)");

    public NcaPair {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public NcaPair(double beta) {
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
