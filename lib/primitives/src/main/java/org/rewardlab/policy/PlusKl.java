package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;

/**
 * A policy loss plus a KL penalty in the loss itself, and not in the reward. Shao et al. 2024 (GRPO), eq. 3.
 *
 * <p>{@code loss + coefficient * aggregate(kl)} over counted tokens, with gradient through the estimate: {@link
 * KlEstimator#k1()} has none to expect, {@link KlEstimator#k2()} that of the KL divergence on policy. Reads {@link
 * PolicyBatch#refLogps()}. {@code losses} are those of the base; metric {@code actor/kl_loss}, the aggregate, beside
 * its metrics. With coefficient 0 it is the base.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1}}), nd.create(new float[][] {{-1, -1}}),     // policy, when sampled
 *         nd.create(new float[][] {{1, -1}}), nd.create(new float[][] {{1, 1}}))        // advantages, mask
 *         .withRefLogps(nd.create(new float[][] {{-1, -3}}));
 * var held = new PlusKl(new PpoClip(0.2, 0.2), 0.1, KlEstimator.k2(), Aggregation.tokenMean());
 * held.loss(batch).loss()                         // 0, plus 0.1 times the mean of 0 and 2
 * // => ND: () cpu() float32 0.1
 * held.lossAndGradients(batch).of("logps")
 * // => ND: (1, 2) cpu() float32 [[-0.5, 0.6]]
 * }</pre>
 *
 * @param base the policy loss
 * @param coefficient of the penalty, at least 0
 * @param estimator of the KL of each token
 * @param aggregation which denominator the estimates have
 */
public record PlusKl(PolicyLoss base, double coefficient, KlEstimator estimator, Aggregation aggregation)
        implements PolicyLoss {

    public PlusKl {
        Check.notNegative("coefficient", coefficient);
    }

    /** {@inheritDoc} */
    @Override
    public Set<PolicyBatch.Part> reads() {
        return PolicyBatch.Part.REF_LOGPS.with(base.reads());
    }

    @Override
    public LossOutput loss(PolicyBatch batch) {
        NDArray reference = Check.present("refLogps", batch.refLogps(), "a KL penalty");
        try (Scope scope = Scope.open()) {
            LossOutput result = base.loss(batch);
            NDArray mask = batch.mask();
            NDArray kl =
                    estimator.estimate(Masked.zeroOutside(batch.logps(), mask), Masked.zeroOutside(reference, mask));
            return Regularizer.add(result, aggregation.aggregate(kl, mask), coefficient, "actor/kl_loss")
                    .keptBy(scope);
        }
    }
}
