package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;

/**
 * A policy loss less an entropy bonus, so that the policy keeps trying. Mnih et al. 2016 (A3C), section 4; after
 * Williams and Peng 1991.
 *
 * <p>{@code loss - coefficient * aggregate(entropies)} over counted tokens. Reads {@link PolicyBatch#entropies()}, and
 * a gradient flows to them: those of {@link org.rewardlab.tensor.Entropy#fromLogits} of the policy in training. {@code
 * losses} are those of the base; metric {@code actor/entropy}, the aggregate, beside its metrics. With coefficient 0 it
 * is the base. {@link KlController#adaptiveEntropy} moves the coefficient.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1}}), nd.create(new float[][] {{-1, -1}}),     // policy, when sampled
 *         nd.create(new float[][] {{1, -1}}), nd.create(new float[][] {{1, 1}}))        // advantages, mask
 *         .withEntropies(nd.create(new float[][] {{0.5f, 1.5f}}));
 * var curious = new PlusEntropy(new PpoClip(0.2, 0.2), 0.01, Aggregation.tokenMean());
 * curious.loss(batch).loss()                      // 0, less 0.01 times the mean entropy of 1
 * // => ND: () cpu() float32 -0.01
 * curious.lossAndGradients(batch).of("entropies")
 * // => ND: (1, 2) cpu() float32 [[-0.005, -0.005]]
 * }</pre>
 *
 * @param base the policy loss
 * @param coefficient of the bonus, at least 0
 * @param aggregation which denominator the entropies have
 */
public record PlusEntropy(PolicyLoss base, double coefficient, Aggregation aggregation) implements PolicyLoss {

    public PlusEntropy {
        Check.notNegative("coefficient", coefficient);
    }

    /** {@inheritDoc} */
    @Override
    public Set<PolicyBatch.Part> reads() {
        return PolicyBatch.Part.ENTROPIES.with(base.reads());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        NDArray entropies = entropies(batch);
        try (Scope scope = Scope.open()) {
            LossOutput result = base.loss(batch);
            return output(result, entropies, batch.mask()).keptBy(scope);
        }
    }

    /** {@inheritDoc} Beside the gradients of the base, that of {@code entropies}. */
    @Override
    public LossGradients lossAndGradients(PolicyBatch batch) {
        NDArray entropies = entropies(batch);
        try (Scope scope = Scope.open()) {
            LossGradients result = base.lossAndGradients(batch);
            Map<String, NDArray> gradients = new LinkedHashMap<>(result.gradients());
            NDArray weights = aggregation.weights(batch.mask(), entropies);
            NDArray before = gradients.get("entropies"); // of another bonus inside the base
            gradients.put("entropies", Regularizer.slope(weights, -coefficient, before));
            gradients.values().forEach(scope::keep);
            LossOutput output = output(result.output(), entropies.stopGradient(), batch.mask());
            return new LossGradients(output.keptBy(scope), gradients);
        }
    }

    private static NDArray entropies(PolicyBatch batch) {
        return Check.present("entropies", batch.entropies(), "an entropy bonus");
    }

    private LossOutput output(LossOutput result, NDArray entropies, NDArray mask) {
        return Regularizer.add(result, aggregation.aggregate(entropies, mask), -coefficient, "actor/entropy");
    }
}
