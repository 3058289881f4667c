package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/** The estimators behind {@link KlEstimator}'s factories, {@code d = logps - refLogps} throughout. */
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

    /** Where the value exceeds the bound, the policy's log-probability is replaced by the reference's, as a constant. */
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

    private Kl() {}

    private static void check(NDArray logps, NDArray refLogps) {
        Check.floating("logps", logps);
        Check.notEmpty("logps", logps);
        Check.sameShape("refLogps", refLogps, "logps", logps);
        ValueCheck.of().noNaN("logps", logps).noNaN("refLogps", refLogps).run();
    }

    /** {@code d}: unbiased, may be negative. */
    public record K1() implements KlEstimator {
        @Override
        public NDArray estimate(NDArray logps, NDArray refLogps) {
            check(logps, refLogps);
            return D.call(logps, refLogps);
        }
    }

    /** {@code d^2 / 2}: biased, with the right gradient on policy. */
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

    /** {@code |d|}. */
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
