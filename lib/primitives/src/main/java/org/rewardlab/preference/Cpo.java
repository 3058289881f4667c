package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Contrastive preference optimization: {@link Dpo} with a uniform reference, hence without one, and the likelihood of
 * the preferred response beside it. Xu et al. 2024.
 *
 * <p>With {@code d = chosen - rejected}: {@code -(1-e) log sigmoid(beta d) - e log sigmoid(-beta d)}, {@code max(0, 1 -
 * beta d)} or {@code (d - 1/(2 beta))^2}, plus {@code nllWeight * nll} where {@link PairLogps#nll()} is given. The
 * square loss works on log-probabilities per token. A reward is {@code beta} times the (transformed) log-probability.
 * With {@code alpha} other than 0 each log-probability x is first replaced by {@code (1 - exp(-alpha x)) / alpha}
 * (Gupta et al. 2025, AlphaPO).
 *
 * <pre>{@code
 * var pairs = new PairLogps(nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}));
 * new Cpo(Cpo.Kind.SIGMOID, 0.5).loss(pairs).losses()   // z = 2 and -0.5
 * // => ND: (2) cpu() float32 [0.1269, 0.9741]
 * new Cpo(Cpo.Kind.SIGMOID, 0.5).loss(pairs.withNll(nd.create(2f))).loss()
 * // => ND: () cpu() float32 2.5505
 * }</pre>
 *
 * @param kind which loss
 * @param beta scale of the difference, above 0
 * @param labelSmoothing share e of pairs whose label is taken to be wrong, in [0, 0.5]; read by {@link Kind#SIGMOID}
 *     alone
 * @param alpha of AlphaPO's transformation; 0 is none
 * @param nllWeight of the likelihood, at least 0
 */
public record Cpo(Kind kind, double beta, double labelSmoothing, double alpha, double nllWeight)
        implements PreferenceLoss {

    /** The losses by which the difference is judged. */
    public enum Kind {
        /** As in {@link Dpo}. */
        SIGMOID(ReferenceFreeFormula.Form.SIGMOID),
        /** As in {@link Slic}. */
        HINGE(ReferenceFreeFormula.Form.HINGE),
        /** As in {@link Ipo}. */
        IPO(ReferenceFreeFormula.Form.SQUARE);

        private final ReferenceFreeFormula.Form form;

        Kind(ReferenceFreeFormula.Form form) {
            this.form = form;
        }
    }

    public Cpo {
        Check.positive("beta", beta);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.5);
        Check.finite("alpha", alpha);
        Check.notNegative("nllWeight", nllWeight);
    }

    /** Without smoothing and transformation, with the likelihood at weight 1. */
    public Cpo(Kind kind, double beta) {
        this(kind, beta, 0, 0, 1);
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
        return new ReferenceFreeFormula(kind.form, beta, labelSmoothing, alpha, 0, nllWeight, kind == Kind.IPO);
    }
}
