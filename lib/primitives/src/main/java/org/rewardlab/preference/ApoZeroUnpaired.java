package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Anchored preference optimization on single responses: good ones become more, bad ones less likely than under the
 * reference. D'Oosterlinck et al. 2024.
 *
 * <p>{@link Kto} with the reference point 0: {@code w_d (1 - sigmoid(beta u))} for desirable responses, {@code w_u
 * sigmoid(beta u)} for undesirable ones, with the log-ratio u. Needs no mismatched responses; metric {@code kl} is 0.
 *
 * <pre>{@code
 * var responses = new UnpairedLogps(
 *         nd.create(new float[] {-10, -12}), nd.create(new float[] {-12, -11}), nd.create(new float[] {1, 0}));
 * new ApoZeroUnpaired(0.5, 1, 1).loss(responses).losses()     // 1 - sigmoid(1) and sigmoid(-0.5)
 * // => ND: (2) cpu() float32 [0.2689, 0.3775]
 * }</pre>
 *
 * @param beta scale of the reward, above 0
 * @param desirableWeight w_d, at least 0
 * @param undesirableWeight w_u, at least 0
 */
public record ApoZeroUnpaired(double beta, double desirableWeight, double undesirableWeight)
        implements UnpairedPreferenceLoss {

    private static final NDArray[] NONE = {};

    public ApoZeroUnpaired {
        Check.positive("beta", beta);
        Check.notNegative("desirableWeight", desirableWeight);
        Check.notNegative("undesirableWeight", undesirableWeight);
    }

    @Override
    public LossOutput loss(UnpairedLogps responses) {
        responses.check();
        return formula().loss(responses, 0, NONE);
    }

    @Override
    public LossGradients lossAndGradients(UnpairedLogps responses) {
        responses.check();
        return formula().lossAndGradients(responses, 0, NONE);
    }

    private UnpairedFormula formula() {
        return new UnpairedFormula(false, beta, desirableWeight, undesirableWeight, 1, 1, "kl");
    }
}
