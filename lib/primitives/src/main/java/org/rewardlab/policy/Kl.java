package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * The estimators behind {@link KlEstimator}'s factories, {@code d = logps - refLogps} throughout.
 *
 * <pre>{@code
 * var logits = nd.create(new float[] {0, 0}, new Shape(1, 1, 2));
 * var refLogits = nd.create(new float[] {2, 0}, new Shape(1, 1, 2));
 * Kl.exact(logits, refLogits, Kl.Direction.REVERSE)
 * // => ND: (1, 1) cpu() float32 [[0.4338]]
 * Kl.exact(logits, refLogits, Kl.Direction.FORWARD)
 * // => ND: (1, 1) cpu() float32 [[0.3278]]
 * var logps = nd.create(new float[] {-1, -2});
 * Kl.importanceCorrected(logps, logps, nd.create(new float[] {-1, -1}))   // on policy: k3
 * // => ND: (2) cpu() float32 [0., 0.7183]
 * }</pre>
 */
public final class Kl {

    private static final Script D = Script.of("""
            def d(self, logps: Tensor, ref: Tensor) -> Tensor:
              return torch.sub(logps, ref)
            """);

    private static final Script HALF_SQUARE = Script.of("""
            def k2(self, logps: Tensor, ref: Tensor) -> Tensor:
              d = torch.sub(logps, ref)
              return torch.mul(torch.mul(d, d), 0.5)
            """);

    private static final Script EXPONENTIAL = Script.of("""
            def k3(self, logps: Tensor, ref: Tensor) -> Tensor:
              e = torch.sub(ref, logps)
              return torch.sub(torch.expm1(e), e)
            """);

    private static final Script EXPONENTIAL_CLAMPED = Script.of("""
            def k3(self, logps: Tensor, ref: Tensor, bound: float) -> Tensor:
              e = torch.clamp(torch.sub(ref, logps), torch.neg(bound), bound)
              return torch.sub(torch.expm1(e), e)
            """);

    private static final Script MAGNITUDE = Script.of("""
            def magnitude(self, logps: Tensor, ref: Tensor) -> Tensor:
              return torch.abs(torch.sub(logps, ref))
            """);

    /**
     * Where the value exceeds the bound, the policy's log-probability is replaced by the reference's, as a constant.
     */
    private static final Script WITHIN = Script.of("""
            def within(self, value: Tensor, logps: Tensor, ref: Tensor, bound: float) -> Tensor:
              return torch.where(torch.le(torch.abs(value), bound), logps, torch.detach(ref))
            """);

    private static final Script CLAMP = Script.of("""
            def clamp(self, value: Tensor, inside: Tensor, bound: float) -> Tensor:
              constant = torch.clamp(torch.detach(value), torch.neg(bound), bound)
              return torch.where(torch.le(torch.abs(value), bound), inside, constant)
            """);

    private static final Script VALUE_OF_GRADIENT_OF = Script.of("""
            def straight(self, value: Tensor, logps: Tensor, ref: Tensor) -> Tensor:
              d = torch.sub(logps, torch.detach(ref))
              b = torch.mul(torch.mul(d, d), 0.5)
              return torch.add(torch.sub(b, torch.detach(b)), torch.detach(value))
            """);

    private static final Script IMPORTANCE_CORRECTED = Script.of("""
            def corrected(self, logps: Tensor, old: Tensor, ref: Tensor) -> Tensor:
              e = torch.sub(torch.detach(ref), logps)
              return torch.mul(torch.exp(torch.sub(logps, torch.detach(old))), torch.sub(torch.expm1(e), e))
            """);

    /** Where p is 0 nothing is added, so that logits of minus infinity are fine as long as both have them. */
    private static final Script EXACT = Script.of("""
            def exact(self, logits: Tensor, other: Tensor, forward: bool) -> Tensor:
              a = torch.log_softmax(logits, -1)
              b = torch.log_softmax(other, -1)
              if forward:
                result = self.divergence(b, a)
              else:
                result = self.divergence(a, b)
              return result
            def divergence(self, logp: Tensor, logq: Tensor) -> Tensor:
              p = torch.exp(logp)
              zero = torch.zeros_like(p)
              some = torch.gt(p, 0)
              d = torch.sub(torch.where(some, logp, zero), torch.where(some, logq, zero))
              return torch.sum(torch.mul(p, d), [-1])
            """);

    /** Which of the two distributions the expectation is over. */
    public enum Direction {
        /** {@code KL(policy || reference)}: mode seeking. */
        REVERSE("reverse"),
        /** {@code KL(reference || policy)}: mass covering. */
        FORWARD("forward");

        private final String label;

        Direction(String label) {
            this.label = label;
        }

        /** The direction of that name. */
        public static Direction of(String name) {
            return Check.labelled("direction", values(), name);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private Kl() {}

    /**
     * {@code exp(logps - oldLogps) * k3}: unbiased in value and gradient off policy, since the gradient flows through
     * both factors. Equal to {@link KlEstimator#k3()} in value where {@code oldLogps = logps}.
     *
     * @param logps under the policy, of any one shape, differentiable
     * @param oldLogps under the policy that sampled, constant
     * @param refLogps under the reference, constant
     * @return of the same shape; no clamp keeps the exponentials from overflowing
     * @throws IllegalArgumentException for shapes that differ, an empty batch, NaN
     */
    public static NDArray importanceCorrected(NDArray logps, NDArray oldLogps, NDArray refLogps) {
        check(logps, refLogps);
        Check.sameShape("oldLogps", oldLogps, "logps", logps);
        ValueCheck.of().noNaN("oldLogps", oldLogps).run();
        return IMPORTANCE_CORRECTED.call(logps, oldLogps, refLogps);
    }

    /**
     * The KL divergence of whole next-token distributions, for each token.
     *
     * <p>What the means of {@link KlEstimator#k1()} and {@link KlEstimator#k3()} over tokens drawn from the policy
     * converge to, if reversed.
     *
     * @param logits of the policy (B,T,V), differentiable
     * @param refLogits of the reference (B,T,V), differentiable
     * @param direction which of the two the expectation is over
     * @return (B,T), at least 0
     * @throws IllegalArgumentException for other ranks, shapes that differ, an empty batch, NaN
     */
    public static NDArray exact(NDArray logits, NDArray refLogits, Direction direction) {
        Check.rank("logits", logits, 3);
        Check.floating("logits", logits);
        Check.sameShape("refLogits", refLogits, "logits", logits);
        NDArray kl = EXACT.call(logits, refLogits, direction == Direction.FORWARD);
        try {
            ValueCheck.of().noNaN("logits", kl).run(); // of the size of one token each, where the logits are large
        } catch (IllegalArgumentException e) {
            kl.close();
            ValueCheck.of()
                    .noNaN("logits", logits)
                    .noNaN("refLogits", refLogits)
                    .run();
            throw e;
        }
        return kl;
    }

    private static void check(NDArray logps, NDArray refLogps) {
        Check.floating("logps", logps);
        Check.notEmpty("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        ValueCheck.of().noNaN("logps", logps).noNaN("refLogps", refLogps).run();
    }

    /**
     * {@code d}: unbiased, may be negative.
     *
     * <pre>{@code
     * var logps = nd.create(new float[] {-1, -2, -1});
     * var refLogps = nd.create(new float[] {-1, -1, -3});    // d = 0, -1, 2
     * new Kl.K1().estimate(logps, refLogps)
     * // => ND: (3) cpu() float32 [0., -1., 2.]
     * }</pre>
     */
    public record K1() implements KlEstimator {
        @Override
        public NDArray estimate(NDArray logps, NDArray refLogps) {
            check(logps, refLogps);
            return D.call(logps, refLogps);
        }
    }

    /**
     * {@code d^2 / 2}: biased, with the right gradient on policy.
     *
     * <pre>{@code
     * var logps = nd.create(new float[] {-1, -2, -1});
     * var refLogps = nd.create(new float[] {-1, -1, -3});    // d = 0, -1, 2
     * new Kl.K2().estimate(logps, refLogps)
     * // => ND: (3) cpu() float32 [0., 0.5, 2.]
     * }</pre>
     */
    public record K2() implements KlEstimator {
        @Override
        public NDArray estimate(NDArray logps, NDArray refLogps) {
            check(logps, refLogps);
            return HALF_SQUARE.call(logps, refLogps);
        }
    }

    /**
     * {@code exp(-d) - 1 + d}: unbiased, never negative.
     *
     * <pre>{@code
     * var logps = nd.create(new float[] {-1, -2, -1});
     * var refLogps = nd.create(new float[] {-1, -1, -3});    // d = 0, -1, 2
     * new Kl.K3(null).estimate(logps, refLogps)
     * // => ND: (3) cpu() float32 [0., 0.7183, 1.1353]
     * }</pre>
     *
     * @param logRatioClamp bound on |d| in both places, without gradient beyond it; null for none
     */
    public record K3(@Nullable Double logRatioClamp) implements KlEstimator {
        public K3 {
            if (logRatioClamp != null) {
                Check.positive("logRatioClamp", logRatioClamp);
            }
        }

        @Override
        public NDArray estimate(NDArray logps, NDArray refLogps) {
            check(logps, refLogps);
            return logRatioClamp == null
                    ? EXPONENTIAL.call(logps, refLogps)
                    : EXPONENTIAL_CLAMPED.call(logps, refLogps, logRatioClamp);
        }
    }

    /**
     * {@code |d|}.
     *
     * <pre>{@code
     * var logps = nd.create(new float[] {-1, -2, -1});
     * var refLogps = nd.create(new float[] {-1, -1, -3});    // d = 0, -1, 2
     * new Kl.Absolute().estimate(logps, refLogps)
     * // => ND: (3) cpu() float32 [0., 1., 2.]
     * }</pre>
     */
    public record Absolute() implements KlEstimator {
        @Override
        public NDArray estimate(NDArray logps, NDArray refLogps) {
            check(logps, refLogps);
            return MAGNITUDE.call(logps, refLogps);
        }
    }

    /**
     * An estimate clipped to [-bound, bound]; 0 gradient where it is clipped, also where the estimate overflows.
     *
     * <pre>{@code
     * var logps = nd.create(new float[] {-1, -2, -1});
     * var refLogps = nd.create(new float[] {-1, -1, -3});    // d = 0, -1, 2
     * new Kl.Clamped(new Kl.K3(null), 1).estimate(logps, refLogps)   // the last estimate was 1.135
     * // => ND: (3) cpu() float32 [0., 0.7183, 1.]
     * }</pre>
     *
     * @param inner what is clipped
     * @param bound above 0
     */
    public record Clamped(KlEstimator inner, double bound) implements KlEstimator {
        public Clamped {
            Check.positive("bound", bound);
        }

        @Override
        public NDArray estimate(NDArray logps, NDArray refLogps) {
            try (Scope scope = Scope.open()) {
                NDArray value = inner.estimate(logps.stopGradient(), refLogps.stopGradient());
                NDArray inside = inner.estimate(WITHIN.call(value, logps, refLogps, bound), refLogps);
                return scope.keep(CLAMP.call(value, inside, bound));
            }
        }
    }

    /**
     * The value of one estimate with the gradient of {@code d^2 / 2}, which is that of the KL on policy.
     *
     * <pre>{@code
     * var logps = nd.create(new float[] {-1, -2, -1});
     * var refLogps = nd.create(new float[] {-1, -1, -3});    // d = 0, -1, 2
     * var kl = new Kl.StraightThrough(new Kl.K1());
     * kl.estimate(logps, refLogps)
     * // => ND: (3) cpu() float32 [0., -1., 2.]
     * Gradients.at(x -> kl.estimate(x.get(0), refLogps).sum(), List.of(logps))[0]   // that of k2
     * // => ND: (3) cpu() float32 [0., -1., 2.]
     * }</pre>
     *
     * @param inner whose value is taken
     */
    public record StraightThrough(KlEstimator inner) implements KlEstimator {
        @Override
        public NDArray estimate(NDArray logps, NDArray refLogps) {
            try (Scope scope = Scope.open()) {
                NDArray value = inner.estimate(logps.stopGradient(), refLogps.stopGradient());
                return scope.keep(VALUE_OF_GRADIENT_OF.call(value, logps, refLogps));
            }
        }
    }
}
