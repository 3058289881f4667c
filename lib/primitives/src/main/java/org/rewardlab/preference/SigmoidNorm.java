package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * DPO on log-ratios per token, so that long responses weigh no more than short ones. Lambert et al. 2024 (Tulu 3), who
 * use beta 5.
 *
 * <p>{@code -log sigmoid(beta (c/n_c - r/n_r))} with the scores c and r of the log-ratios and the lengths n of the
 * responses, 1 where they are not given: then it is {@link Dpo}.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * var lengths = nd.create(new float[] {2, 4});
 * new SigmoidNorm(5).loss(pairs.withLengths(lengths, lengths)).losses()   // z = 5, and -5/4
 * // => ND: (2) cpu() float32 [0.0067, 1.5019]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record SigmoidNorm(double beta, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula FORMULA =
            PairFormula.perToken("-torch.log_sigmoid(z)", "-beta * torch.sigmoid(-z)", "beta * torch.sigmoid(-z)");

    public SigmoidNorm {
        Check.positive("beta", beta);
    }

    /** With reverse KL. */
    public SigmoidNorm(double beta) {
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
