package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;

/**
 * Kahneman-Tversky optimization: single responses, each good or bad, are valued around a reference point as people
 * value gains and losses. Ethayarajh et al. 2024, eq. 7 and 8.
 *
 * <p>With the log-ratio u and {@code z = max(0, mean(klLogps - refKlLogps))}, a constant: {@code w_d (1 - sigmoid(beta
 * (u - z)))} for desirable responses, {@code w_u (1 - sigmoid(beta (z - u)))} for undesirable ones. Their mean over the
 * batch is the loss; z is the metric {@code kl}. No gradient reaches the arrays that z is made of. With z = 0 it is
 * {@link ApoZeroUnpaired}.
 *
 * <pre>{@code
 * var logps = nd.create(new float[] {-10, -12});
 * var reference = nd.create(new float[] {-12, -11});
 * var labels = nd.create(new float[] {1, 0});   // the first response was good
 * var responses = new UnpairedLogps(logps, reference, labels)
 *         .withKl(nd.create(new float[] {-20, -20}), nd.create(new float[] {-21, -21}));
 * new Kto(0.5).loss(responses).losses()         // z = 1: 1 - sigmoid(0.5 (2 - 1)), 1 - sigmoid(0.5 (1 + 1))
 * // => ND: (2) cpu() float32 [0.3775, 0.2689]
 * new Kto(0.5).lossAndGradients(responses).of("logps")
 * // => ND: (2) cpu() float32 [-0.0588, 0.0492]
 * Kto.mismatched(List.of("a", "b", "c"))        // whose log-probabilities withKl takes
 * // => [b, c, a]
 * }</pre>
 *
 * @param beta scale of the reward, above 0
 * @param desirableWeight w_d, at least 0
 * @param undesirableWeight w_u, at least 0
 */
public record Kto(double beta, double desirableWeight, double undesirableWeight) implements UnpairedPreferenceLoss {

    public Kto {
        Check.positive("beta", beta);
        Check.notNegative("desirableWeight", desirableWeight);
        Check.notNegative("undesirableWeight", undesirableWeight);
    }

    /** With weights of 1. */
    public Kto(double beta) {
        this(beta, 1, 1);
    }

    /**
     * The responses that the KL divergence is estimated from: each prompt with the response of the next one, the last
     * with that of the first. No prompt gets its own response, whatever the number of prompts; score the result, in
     * this order, after the prompts in theirs.
     *
     * @throws IllegalArgumentException for fewer than two responses
     */
    public static <T> List<T> mismatched(List<T> responses) {
        if (responses.size() < 2) {
            throw Check.failure("responses", "at least two", responses.size());
        }
        List<T> rotated = new ArrayList<>(responses);
        Collections.rotate(rotated, -1);
        return rotated;
    }

    @Override
    public LossOutput loss(UnpairedLogps responses) {
        responses.check();
        return formula().loss(responses, 0, responses.mismatched());
    }

    @Override
    public LossGradients lossAndGradients(UnpairedLogps responses) {
        responses.check();
        NDArray[] mismatched = responses.mismatched();
        return formula().lossAndGradients(responses, 0, mismatched);
    }

    private UnpairedFormula formula() {
        return new UnpairedFormula(false, beta, desirableWeight, undesirableWeight, 1, 1, "kl");
    }
}
