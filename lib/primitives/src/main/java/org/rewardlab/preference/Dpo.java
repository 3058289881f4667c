package org.rewardlab.preference;

import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Logistic;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Direct preference optimization: a logistic loss on the difference of implicit rewards. Rafailov et al. 2023, eq. 7;
 * with label smoothing, conservative DPO (Mitchell 2023).
 *
 * <p>{@code -(1-e) log sigmoid(z) - e log sigmoid(-z)} with {@code z = beta ((chosen - refChosen) - (rejected -
 * refRejected))}. At policy = reference the loss is log 2 and the gradient of each pair -+beta (1-2e) / 2B. A constant
 * added to all log-probabilities of the policy changes nothing: how likely the preferred response itself becomes is
 * left open, other than in {@link NcaPair}, {@link BcoPair}, {@link SppoHard}, {@link ApoZero} and {@link ApoDown}.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),    // policy: chosen, rejected
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10})); // reference
 * new Dpo(0.5).loss(pairs).losses()
 * // => ND: (2) cpu() float32 [0.3133, 0.9741]
 * new Dpo(0.5).lossAndGradients(pairs).of("chosenLogps")
 * // => ND: (2) cpu() float32 [-0.0672, -0.1556]
 * new Dpo(0.5).loss(pairs).metrics().toMap()
 * // => {rewards/chosen=0.5, rewards/rejected=0.25, rewards/accuracies=0.5, rewards/margins=0.25, logps/chosen=-9.5,
 * //    logps/rejected=-11.0}
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param labelSmoothing share e of pairs whose label is taken to be wrong, in [0, 0.5]
 * @param divergence how log-ratios are scored; reverse KL is the published loss
 */
public record Dpo(double beta, double labelSmoothing, FDivergence divergence) implements PreferenceLoss {

    private static final PairFormula PLAIN = PairFormula.ofMargin(
            "-torch.log_sigmoid(z)",
            "-torch.sigmoid(-z)",
            new FewPairs((z, e) -> Logistic.softplus(-z), (z, e) -> -Logistic.sigmoid(-z)));

    private static final PairFormula SMOOTHED = PairFormula.ofMargin(
            "(e - 1.) * torch.log_sigmoid(z) - e * torch.log_sigmoid(-z)",
            "torch.sigmoid(z) - (1. - e)",
            new FewPairs(
                    (z, e) -> (1 - e) * Logistic.softplus(-z) + e * Logistic.softplus(z),
                    (z, e) -> e * Logistic.sigmoid(z) - (1 - e) * Logistic.sigmoid(-z)));

    public Dpo {
        Check.positive("beta", beta);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.5);
    }

    /** Without label smoothing. */
    public Dpo(double beta) {
        this(beta, 0);
    }

    /** With reverse KL. */
    public Dpo(double beta, double labelSmoothing) {
        this(beta, labelSmoothing, FDivergence.reverseKl());
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return formula().loss(pairs, beta, labelSmoothing, divergence);
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return formula().lossAndGradients(pairs, beta, labelSmoothing, divergence);
    }

    private PairFormula formula() {
        return labelSmoothing == 0 ? PLAIN : SMOOTHED;
    }
}
