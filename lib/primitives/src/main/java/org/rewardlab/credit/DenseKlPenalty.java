package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Token rewards where they stand, less a KL penalty on each. Jing and Du 2024 (FGAIF); {@link KlPenalizedRewards} is the case of
 * one score a row.
 *
 * <p>{@code (reward - coefficient * kl) * mask}; what stands outside the mask, NaN included, is not read.
 *
 * <pre>{@code
 * var rewards = nd.create(new float[][] {{1, 1, 1}});
 * var rollouts = Rollouts.of(rewards, nd.create(new float[][] {{1, 1, 0}}))
 *         .withLogps(nd.create(new float[][] {{-1, -1, -1}}))
 *         .withRefLogps(nd.create(new float[][] {{-1, -5, -1}}));
 * new DenseKlPenalty().assign(rollouts)                            // k1: 0 and 4
 * // => ND: (1, 3) cpu() float32 [[1., 0.6, 0.]]
 * new DenseKlPenalty(0.1, KlEstimator.k2()).assign(rollouts)       // k2: 0 and 8
 * // => ND: (1, 3) cpu() float32 [[1., 0.2, 0.]]
 * }</pre>
 *
 * @param coefficient weight of the penalty
 * @param estimator of the KL of each token, {@link KlEstimator#k1()} as a rule
 */
public record DenseKlPenalty(double coefficient, KlEstimator estimator) implements CreditAssignment {

    private static final Script COUNTED = Script.of("""
            def counted(self, values: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), values, torch.zeros_like(values))
            """);

    private static final Script PENALIZE = Script.of("""
            def penalize(self, rewards: Tensor, kl: Tensor, mask: Tensor, coefficient: float) -> Tensor:
              penalized = torch.sub(rewards, torch.mul(torch.type_as(kl, rewards), coefficient))
              return torch.where(torch.ne(mask, 0), penalized, torch.zeros_like(penalized))
            """);

    public DenseKlPenalty {
        Check.finite("coefficient", coefficient);
    }

    /** With k1. */
    public DenseKlPenalty(double coefficient) {
        this(coefficient, KlEstimator.k1());
    }

    /** With k1 and coefficient 0.1. */
    public DenseKlPenalty() {
        this(0.1);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.LOGPS, Rollouts.Part.REF_LOGPS);
    }

    /** {@inheritDoc} Reads rewards, mask, logps and refLogps; rejects NaN on counted tokens. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        NDArray logps = Check.present("logps", rollouts.logps(), "the KL penalty");
        NDArray refLogps = Check.present("refLogps", rollouts.refLogps(), "the KL penalty");
        NDArray mask = rollouts.mask();
        rollouts.checkValues();
        ValueCheck.of()
                .noNaN("logps", logps, mask)
                .noNaN("refLogps", refLogps, mask)
                .run();
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray kl = estimator.estimate(COUNTED.call(logps, mask), COUNTED.call(refLogps, mask));
            return scope.keep(PENALIZE.call(rollouts.rewards(), kl, mask, coefficient));
        }
    }
}
