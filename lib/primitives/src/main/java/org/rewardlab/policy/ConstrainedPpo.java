package org.rewardlab.policy;

import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;

/**
 * {@link PpoClip PPO} under constraints on component rewards, with the KL divergence as the objective. Moskovitz et al.
 * 2023: inequality constraints with {@link Squash#SIGMOID} (mu-PPO), equalities with {@link Squash#TANH} (xi-PPO).
 *
 * <p>The clipped surrogate on {@link ConstrainedAdvantages}, the same clip on both sides, no dual clip, mean over counted
 * tokens. Metrics are those of {@link PpoClip}. Critics of the components are trained by half the mean square error, that of the
 * KL reward by a fifth of it ({@link SquaredValue}). {@link LagrangeMultipliers} moves the multipliers.
 *
 * <pre>{@code
 * var batch = new ConstrainedBatch(
 *         nd.create(new float[][] {{-1, -1}}),               // policy in training
 *         nd.create(new float[][] {{-1, -1.5f}}),            // when sampled: ratios 1 and 1.65
 *         nd.create(new float[][] {{1, 1}}),                 // mask
 *         nd.create(new float[] {3, 3}, new Shape(1, 2, 1)), // advantages of one component
 *         nd.create(new float[][] {{1, -1}}),                // of the KL reward
 *         nd.create(new float[] {0}));                       // multiplier
 * var half = new ConstrainedPpo(Squash.SIGMOID, 0.2, false); // sigmoid(0) = 1/2 of each
 * half.advantages(batch).advantages()
 * // => ND: (1, 2) cpu() float32 [[2., 1.]]
 * half.loss(batch).losses().toFloatArray()
 * // => float[2] { -2.0, -1.2 }
 * new ConstrainedPpo(Squash.TANH, 0.2, false).advantages(batch).advantages() // tanh(0) = 0: staying near is all
 * // => ND: (1, 2) cpu() float32 [[1., -1.]]
 * }</pre>
 *
 * @param squash how multipliers become weights
 * @param clip how far a ratio may move from 1, above 0
 * @param normalize whether each stream of advantages is standardised over counted tokens
 */
public record ConstrainedPpo(Squash squash, double clip, boolean normalize) implements Loss<ConstrainedBatch> {

    public ConstrainedPpo {
        Check.positive("clip", clip);
    }

    /** With a clip at 0.2 and standardised streams. */
    public ConstrainedPpo(Squash squash) {
        this(squash, 0.2, true);
    }

    @Override
    public LossOutput loss(ConstrainedBatch batch) {
        try (Scope scope = Scope.open()) {
            return surrogate().loss(mixed(batch)).keptBy(scope);
        }
    }

    @Override
    public LossGradients lossAndGradients(ConstrainedBatch batch) {
        try (Scope scope = Scope.open()) {
            LossGradients result = surrogate().lossAndGradients(mixed(batch));
            result.gradients().values().forEach(scope::keep);
            return new LossGradients(result.output().keptBy(scope), result.gradients());
        }
    }

    /** The mixed advantages that the loss reads: lambda (N), advantages (B,T), 0 outside the mask. */
    public ConstrainedAdvantages advantages(ConstrainedBatch batch) {
        return ConstrainedAdvantages.mix(
                batch.constraintAdvantages(),
                batch.klAdvantages(),
                batch.mask(),
                batch.multipliers(),
                squash,
                normalize,
                ConstrainedAdvantages.EPSILON);
    }

    private PpoClip surrogate() {
        return new PpoClip(clip, clip, null, Aggregation.tokenMean());
    }

    private PolicyBatch mixed(ConstrainedBatch batch) {
        return new PolicyBatch(
                batch.logps(), batch.oldLogps(), advantages(batch).advantages(), batch.mask());
    }
}
