package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * What to make of tokens that an inference engine sampled with other numbers than the policy has for them: weights,
 * ratios, or rejection. Yao et al. 2025, "Your efficient RL framework secretly brings you off-policy training".
 *
 * <p>The log-ratio is {@code oldLogps - rolloutLogps}, the policy that the engine stood for against the engine. Nothing
 * here carries a gradient. All arrays are (B,T); rejected are shapes that differ, an empty batch, masks with other
 * numbers than 0 and 1, and NaN on counted tokens.
 *
 * <pre>{@code
 * var old = nd.create(new float[][] {{-1, -1, -1}});
 * var engine = nd.create(new float[][] {{-1, -2, -0.5f}});     // log-ratios 0, 1 and -0.5
 * var mask = nd.create(new float[][] {{1, 1, 1}});
 * RolloutCorrection.weights(old, engine, mask, ImportanceLevel.TOKEN, 2, false)
 * // => ND: (1, 3) cpu() float32 [[1., 2., 0.6065]]
 * RolloutCorrection.ratio(old, engine, mask, ImportanceLevel.TOKEN, RolloutCorrection.Outside.MASK, 0.5, 2.0)
 * // => ND: (1, 3) cpu() float32 [[1., 0., 0.6065]]
 * RolloutCorrection.keep(old.sub(engine), mask, RolloutCorrection.Unit.TOKEN, RolloutCorrection.Statistic.K1, 2, 0.5)
 * // => ND: (1, 3) cpu() float32 [[1., 0., 1.]]
 * }</pre>
 */
public final class RolloutCorrection {

    private static final Script WEIGHTS = Script.of("""
            def weights(self, old: Tensor, rollout: Tensor, mask: Tensor, sequence: bool, threshold: float, normalize: bool) -> Tensor:
              counted = torch.ne(mask, 0)
              m = torch.type_as(counted, old)
              x = torch.where(counted, torch.sub(old, rollout), torch.zeros_like(old))
              if sequence:
                x = torch.expand_as(torch.sum(x, [-1], True), old)
              w = torch.clamp_max(torch.mul(torch.exp(torch.clamp(x, -20., 20.)), m), threshold)
              if normalize:
                lengths = torch.sum(m, [-1])
                if sequence:
                  rows = torch.div(torch.sum(w, [-1]), torch.add(lengths, 1e-08))
                  mean = torch.div(torch.sum(rows), torch.clamp(torch.sum(torch.type_as(torch.gt(lengths, 0), old)), 1.))
                else:
                  mean = torch.div(torch.sum(w), torch.add(torch.sum(lengths), 1e-08))
                w = torch.where(torch.gt(mean, 1e-08), torch.div(w, mean), w)
              return w
            """);

    private static final Script RATIO = Script.of("""
            def ratio(self, old: Tensor, rollout: Tensor, mask: Tensor, sequence: bool, truncate: bool, least: float, most: float) -> Tensor:
              x = torch.where(torch.ne(mask, 0), torch.sub(old, rollout), torch.zeros_like(old))
              if sequence:
                x = torch.sum(x, [-1], True)
              ratio = torch.exp(x)
              if truncate:
                ratio = torch.clamp(ratio, least, most)
              else:
                inside = torch.logical_and(torch.ge(ratio, least), torch.le(ratio, most))
                ratio = torch.where(inside, ratio, torch.zeros_like(ratio))
              return ratio
            """);

    private static final Script KEEP = Script.of("""
            def keep(self, ratio: Tensor, mask: Tensor, statistic: int, over: int, least: float, most: float) -> Tensor:
              counted = torch.ne(mask, 0)
              m = torch.type_as(counted, ratio)
              x = torch.clamp(torch.where(counted, ratio, torch.zeros_like(ratio)), -20., 20.)
              if statistic == 1:
                s = torch.neg(x)
              else:
                if statistic == 2:
                  s = torch.mul(torch.mul(x, x), 0.5)
                else:
                  s = torch.sub(torch.expm1(x), x)
              lengths = torch.sum(m, [-1], True)
              if over == 1:
                s = torch.sum(s, [-1], True)
              if over == 2:
                s = torch.div(torch.sum(s, [-1], True), torch.add(lengths, 1e-08))
              if over == 3:
                s = torch.where(counted, s, torch.full_like(s, torch.neg(inf)))
                s = torch.amax(s, [-1], True)
                s = torch.where(torch.gt(lengths, 0), s, torch.zeros_like(s))
              kept = torch.le(s, most)
              if statistic == 1:
                kept = torch.logical_and(kept, torch.ge(s, least))
              return torch.mul(m, torch.type_as(kept, m))
            """);

    /** What happens to a ratio outside its range. */
    public enum Outside {
        /** It is clamped. */
        TRUNCATE,
        /** It becomes 0. */
        MASK
    }

    /** How far engine and policy are apart, from the clamped log-ratio {@code x}. */
    public enum Statistic {
        /** {@code -x}, held from both sides. */
        K1(1),
        /** {@code x^2 / 2}. */
        K2(2),
        /** {@code e^x - 1 - x}. */
        K3(3);

        private final long code;

        Statistic(long code) {
            this.code = code;
        }
    }

    /** What is judged, and rejected, as one. */
    public enum Unit {
        /** Each token for itself. */
        TOKEN(0),
        /** A row by its sum. */
        SEQUENCE_SUM(1),
        /** A row by its mean. */
        SEQUENCE_MEAN(2),
        /** A row by its largest token. */
        SEQUENCE_MAX(3);

        private final long code;

        Unit(long code) {
            this.code = code;
        }
    }

    private RolloutCorrection() {}

    /**
     * Truncated importance weights: {@code min(exp(x), threshold)}, {@code x} the log-ratio of the token or the sum of
     * its row, clamped to [-20, 20]; 0 outside the mask.
     *
     * @param level whether tokens or sequences are weighted; a sequence's weight stands on all its tokens
     * @param threshold upper bound, above 0; 2 is usual
     * @param batchNormalize divides by the mean weight, over counted tokens or over non-empty rows
     * @return (B,T)
     */
    public static NDArray weights(
            NDArray oldLogps,
            NDArray rolloutLogps,
            NDArray mask,
            ImportanceLevel level,
            double threshold,
            boolean batchNormalize) {
        Check.positive("threshold", threshold);
        check(oldLogps, rolloutLogps, mask);
        try (GradientMode mode = GradientMode.paused()) {
            return WEIGHTS.call(
                    oldLogps, rolloutLogps, mask, level == ImportanceLevel.SEQUENCE, threshold, batchNormalize);
        }
    }

    /**
     * Importance ratios without a clamp of the exponent: {@code exp} of the log-ratio, 1 outside the mask, or of its
     * row sum.
     *
     * @param low lower end of the range, at least 0; null for none
     * @param high upper end, above 0; null for none
     * @return (B,T), or (B,1) for sequences
     */
    public static NDArray ratio(
            NDArray oldLogps,
            NDArray rolloutLogps,
            NDArray mask,
            ImportanceLevel level,
            Outside outside,
            @Nullable Double low,
            @Nullable Double high) {
        if (low != null) {
            Check.notNegative("low", low);
        }
        if (high != null) {
            Check.positive("high", high);
        }
        double least = low == null ? Double.NEGATIVE_INFINITY : low;
        double most = high == null ? Double.POSITIVE_INFINITY : high;
        if (least > most) {
            throw Check.failure("high", "at least low = " + low, high);
        }
        check(oldLogps, rolloutLogps, mask);
        try (GradientMode mode = GradientMode.paused()) {
            return RATIO.call(
                    oldLogps,
                    rolloutLogps,
                    mask,
                    level == ImportanceLevel.SEQUENCE,
                    outside == Outside.TRUNCATE,
                    least,
                    most);
        }
    }

    /**
     * The mask without the tokens, or the rows, on which engine and policy are too far apart.
     *
     * @param logRatio {@code oldLogps - rolloutLogps} (B,T), clamped to [-20, 20]
     * @param upper bound on the statistic, above 0; for {@link Statistic#K1} on the ratio itself
     * @param lower other bound on the ratio, read by {@link Statistic#K1} alone; null for 1 / upper
     * @return (B,T) of 0 and 1
     */
    public static NDArray keep(
            NDArray logRatio, NDArray mask, Unit unit, Statistic statistic, double upper, @Nullable Double lower) {
        Check.positive("upper", upper);
        double least = lower == null ? 1 / upper : Check.positive("lower", lower);
        Check.matrix("logRatio", logRatio);
        Check.floating("logRatio", logRatio);
        Check.sameShape("mask", mask, "logRatio", logRatio);
        ValueCheck.of().mask("mask", mask).noNaN("logRatio", logRatio, mask).run();
        boolean both = statistic == Statistic.K1;
        try (GradientMode mode = GradientMode.paused()) {
            return KEEP.call(
                    logRatio,
                    mask,
                    statistic.code,
                    unit.code,
                    both ? Math.log(least) : 0.0,
                    both ? Math.log(upper) : upper);
        }
    }

    private static void check(NDArray oldLogps, NDArray rolloutLogps, NDArray mask) {
        Check.matrix("oldLogps", oldLogps);
        Check.floating("oldLogps", oldLogps);
        Check.sameShape("rolloutLogps", rolloutLogps, "oldLogps", oldLogps);
        Check.sameShape("mask", mask, "oldLogps", oldLogps);
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("oldLogps", oldLogps, mask)
                .noNaN("rolloutLogps", rolloutLogps, mask)
                .run();
    }
}
