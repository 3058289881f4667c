package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Token rewards of RLHF with PPO: a score on the last token of a response, a KL penalty on each. Ziegler et al. 2019,
 * eq. 2; Ouyang et al. 2022, eq. 2.
 *
 * <p>{@code -coefficient * kl} on counted tokens, plus the score, clipped if so wished, on the last counted token of
 * the row; 0 outside the mask.
 *
 * <pre>{@code
 * var scores = nd.create(new float[] {1});
 * var logps = nd.create(new float[][] {{-1, -2, 0}});
 * var refLogps = nd.create(new float[][] {{-2, -2, 0}});
 * var mask = nd.create(new float[][] {{1, 1, 0}});
 * new KlPenalizedRewards(0.1).assign(scores, logps, refLogps, mask)
 * // => ND: (1, 3) cpu() float32 [[-0.1, 1., 0.]]
 * }</pre>
 *
 * @param coefficient weight of the penalty; a negative one counts as 0
 * @param estimator of the KL of each token, {@link KlEstimator#k1()} as a rule: here its gradient plays no part
 * @param clip bounds on the score, not on the penalty; null for none
 */
public record KlPenalizedRewards(
        double coefficient, KlEstimator estimator, @Nullable RewardBounds clip) implements CreditAssignment {

    private static final Script COUNTED = Script.of("""
            def counted(self, values: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), values, torch.zeros_like(values))
            """);

    private static final Script PENALIZE = Script.of("""
            def penalize(self, kl: Tensor, scores: Tensor, mask: Tensor, coefficient: float, low: float, high: float) -> Tensor:
              counted = torch.type_as(torch.ne(mask, 0), kl)
              place = torch.unsqueeze(torch.arange(1, torch.size(kl, 1) + 1, dtype=4, layout=None, device=kl.device, pin_memory=False), 0)
              places = torch.mul(place, torch.to(counted, 4))
              last = torch.type_as(torch.eq(places, torch.amax(places, [-1], True)), kl)
              score = torch.unsqueeze(torch.clamp(torch.type_as(scores, kl), low, high), -1)
              rewards = torch.mul(torch.mul(last, counted), score)
              if coefficient > 0.:
                rewards = torch.sub(rewards, torch.mul(torch.mul(kl, counted), coefficient))
              return rewards
            """);

    public KlPenalizedRewards {
        Check.finite("coefficient", coefficient);
    }

    /** With k1 and scores as they are. */
    public KlPenalizedRewards(double coefficient) {
        this(coefficient, KlEstimator.k1(), null);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.LOGPS, Rollouts.Part.REF_LOGPS);
    }

    /** {@inheritDoc} Reads the row sums of rewards as scores, mask, logps and refLogps. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        NDArray logps = Check.present("logps", rollouts.logps(), "the KL penalty");
        NDArray refLogps = Check.present("refLogps", rollouts.refLogps(), "the KL penalty");
        rollouts.checkValues();
        try (Scope scope = Scope.open()) {
            NDArray rewards = rollouts.rewards();
            double[] sums = Groups.scores(rollouts);
            NDArray scores = Tensors.create(rewards.getManager(), sums, rewards.getDataType(), sums.length);
            return scope.keep(assign(scores, logps, refLogps, rollouts.mask()));
        }
    }

    /**
     * The same from one score a row.
     *
     * @param scores (B)
     * @param logps (B,T) under the policy
     * @param refLogps (B,T) under the reference
     * @param mask (B,T), with a counted token in each row
     * @return (B,T), constant
     * @throws IllegalArgumentException for shapes that differ, NaN scores, NaN on counted tokens, a row that counts
     *     nothing
     */
    public NDArray assign(NDArray scores, NDArray logps, NDArray refLogps, NDArray mask) {
        Check.matrix("logps", logps);
        Check.floating("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        Check.shape("scores", scores, logps.getShape().get(0));
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("logps", logps, mask)
                .noNaN("refLogps", refLogps, mask)
                .noNaN("scores", scores)
                .run();
        Groups.requireCounted(mask);
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray kl = estimator.estimate(COUNTED.call(logps, mask), COUNTED.call(refLogps, mask));
            double low = clip == null ? Double.NEGATIVE_INFINITY : clip.low();
            double high = clip == null ? Double.POSITIVE_INFINITY : clip.high();
            return scope.keep(PENALIZE.call(kl, scores, mask, Math.max(coefficient, 0), low, high));
        }
    }
}
