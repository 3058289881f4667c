package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Triple preference optimization: a loss on pairs without a reference, and the likelihood of a third, gold response
 * beside it. Saeidi et al. 2024.
 *
 * <p>The formulas of {@link Cpo}, or that of {@link Simpo} for {@link Kind#TPO_L}, plus {@code nllWeight * nll}, where
 * {@link PairLogps#nll()} is that of the gold response. The square loss and TPO-L work on log-probabilities per token.
 *
 * <pre>{@code
 * var pairs = new PairLogps(nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}));
 * var gold = nd.create(1.5f);                   // the likelihood of a third, better response
 * new Tpo(Tpo.Kind.SIGMOID, 0.01).loss(pairs.withNll(gold)).loss()
 * // => ND: () cpu() float32 2.1858
 * }</pre>
 *
 * @param kind which loss
 * @param beta scale of the difference, above 0; small (0.01) on sums, larger for TPO-L
 * @param labelSmoothing share of pairs whose label is taken to be wrong, in [0, 0.5]; not read by hinge and square loss
 * @param gamma margin that the rewards should differ by, at least 0; read by TPO-L alone
 * @param nllWeight of the gold response's likelihood, at least 0
 */
public record Tpo(Kind kind, double beta, double labelSmoothing, double gamma, double nllWeight)
        implements PreferenceLoss {

    /** The losses by which the difference is judged. */
    public enum Kind {
        /** As in {@link Dpo}. */
        SIGMOID(ReferenceFreeFormula.Form.SIGMOID),
        /** As in {@link Slic}. */
        HINGE(ReferenceFreeFormula.Form.HINGE),
        /** As in {@link Ipo}, per token. */
        IPO(ReferenceFreeFormula.Form.SQUARE),
        /** As in {@link Simpo}, per token with a margin. */
        TPO_L(ReferenceFreeFormula.Form.SIGMOID);

        private final ReferenceFreeFormula.Form form;

        Kind(ReferenceFreeFormula.Form form) {
            this.form = form;
        }
    }

    public Tpo {
        Check.positive("beta", beta);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.5);
        Check.notNegative("gamma", gamma);
        Check.notNegative("nllWeight", nllWeight);
    }

    /** Without smoothing, with a margin of 0.5 and the likelihood at weight 1. */
    public Tpo(Kind kind, double beta) {
        this(kind, beta, 0, 0.5, 1);
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
        boolean perToken = kind == Kind.IPO || kind == Kind.TPO_L;
        double target = kind == Kind.TPO_L ? gamma / beta : 0;
        return new ReferenceFreeFormula(kind.form, beta, labelSmoothing, 0, target, nllWeight, perToken);
    }
}
