package org.rewardlab.preference;

import java.io.Serializable;
import org.rewardlab.tensor.Check;

/**
 * How a log-ratio {@code u = log policy - log reference} is scored before chosen and rejected are compared. Wang et al.
 * 2023, "Beyond reverse KL".
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10}), nd.create(new float[] {-14}),
 *         nd.create(new float[] {-11}), nd.create(new float[] {-13}));
 * new Dpo(0.5, 0, FDivergence.reverseKl()).loss(pairs).loss()
 * // => ND: () cpu() float32 0.3133
 * new Dpo(0.5, 0, FDivergence.forwardKl()).loss(pairs).loss()     // scores -exp(-1) and -exp(1)
 * // => ND: () cpu() float32 0.2691
 * new Dpo(0.5, 0, FDivergence.alpha(1)).loss(pairs).loss()        // reverse KL again
 * // => ND: () cpu() float32 0.3133
 * }</pre>
 *
 * @param kind which divergence the policy is held by
 * @param alpha read by {@link Kind#ALPHA} alone
 */
public record FDivergence(Kind kind, double alpha) implements Serializable {

    /** The divergences with their scores phi(u). */
    public enum Kind {
        /** {@code u}. */
        REVERSE_KL(0),
        /** {@code -exp(-u)}. */
        FORWARD_KL(1),
        /** {@code log sigmoid(u)}. */
        JENSEN_SHANNON(2),
        /** {@code exp(min((alpha-1) u, 80)) / (alpha-1)}, {@code u} where alpha is 1. */
        ALPHA(3);

        private final long code;

        Kind(long code) {
            this.code = code;
        }
    }

    public FDivergence {
        Check.finite("alpha", alpha);
    }

    /** The divergence of the published DPO. */
    public static FDivergence reverseKl() {
        return new FDivergence(Kind.REVERSE_KL, 1);
    }

    /** Mass-covering. */
    public static FDivergence forwardKl() {
        return new FDivergence(Kind.FORWARD_KL, 1);
    }

    /** Jensen-Shannon. */
    public static FDivergence jensenShannon() {
        return new FDivergence(Kind.JENSEN_SHANNON, 1);
    }

    /** Alpha-divergence; alpha = 1 is reverse KL. */
    public static FDivergence alpha(double alpha) {
        return new FDivergence(Kind.ALPHA, alpha);
    }

    /** The number by which scripts know the score. */
    long code() {
        return kind == Kind.ALPHA && Math.abs(alpha - 1) < 1e-6 ? Kind.REVERSE_KL.code : kind.code;
    }
}
