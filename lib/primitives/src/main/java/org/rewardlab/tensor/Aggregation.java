package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How token losses become one number: which denominator.
 *
 * <p>The optional denominators are those of the whole optimizer step. Give every micro-batch the same global count, and
 * the losses (and gradients) of the micro-batches add up to that of the whole batch; a mean of means does not when
 * token counts differ.
 *
 * <pre>{@code
 * var losses = nd.create(new float[][] {{1, 1, 1, 1}, {6, 0, 0, 0}});
 * var mask = nd.create(new float[][] {{1, 1, 1, 1}, {1, 0, 0, 0}});
 * Aggregation.tokenMean().aggregate(losses, mask)                 // 10 / 5
 * // => ND: () cpu() float32 2.
 * Aggregation.sequenceMeanTokenSum().aggregate(losses, mask)      // (4 + 6) / 2
 * // => ND: () cpu() float32 5.
 * Aggregation.sequenceMeanTokenMean().aggregate(losses, mask)     // (1 + 6) / 2
 * // => ND: () cpu() float32 3.5
 * Aggregation.tokenSumOver(8).aggregate(losses, mask)             // 10 / 8
 * // => ND: () cpu() float32 1.25
 * Aggregation.tokenMean().weights(mask, losses)
 * // => ND: (2, 4) cpu() float32 [[0.2, 0.2, 0.2, 0.2], [0.2, 0., 0., 0.]]
 * }</pre>
 *
 * @param mode which denominator
 * @param batchNumTokens counted tokens of the whole step, read by {@link Mode#TOKEN_MEAN}
 * @param globalBatchSize non-empty rows of the whole step, read by the two sequence means
 * @param lossScaleFactor denominator of {@link Mode#SEQ_MEAN_TOKEN_SUM_NORM} (default: T); B times the longest
 *     completion makes it Dr. GRPO
 */
public record Aggregation(
        Mode mode,
        @Nullable Double batchNumTokens,
        @Nullable Double globalBatchSize,
        @Nullable Double lossScaleFactor) implements Serializable {

    /** Denominators by the names used in verl. */
    public enum Mode {
        /** Sum over counted tokens divided by their number: token-level PPO, DAPO. */
        TOKEN_MEAN("token-mean"),
        /** Sum within a row, mean over the rows that count anything. */
        SEQ_MEAN_TOKEN_SUM("seq-mean-token-sum"),
        /** Mean within a row, mean over the rows that count anything: the first GRPO. */
        SEQ_MEAN_TOKEN_MEAN("seq-mean-token-mean"),
        /** Sum over counted tokens divided by a constant: Dr. GRPO. */
        SEQ_MEAN_TOKEN_SUM_NORM("seq-mean-token-sum-norm");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        /** The mode of that name. */
        public static Mode of(String name) {
            return Check.labelled("mode", values(), name);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final Script AGGREGATE = Script.of("""
            def aggregate(self, losses: Tensor, mask: Tensor, row_means: bool, over_rows: bool, denominator: float) -> Tensor:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, losses, torch.zeros_like(losses))
              n = torch.sum(torch.type_as(counted, losses), [-1])
              rows = torch.sum(kept, [-1])
              if row_means:
                rows = torch.div(rows, torch.add(n, 1e-08))
              total = torch.sum(rows)
              if denominator > 0.:
                result = torch.div(total, denominator)
              else:
                if over_rows:
                  result = torch.div(total, torch.sum(torch.type_as(torch.gt(n, 0), losses)))
                else:
                  result = torch.div(total, torch.sum(n))
              return result
            """);

    private static final Script WEIGHTS = Script.of("""
            def weights(self, mask: Tensor, like: Tensor, row_means: bool, over_rows: bool, denominator: float) -> Tensor:
              weights = torch.type_as(torch.ne(mask, 0), like)
              n = torch.sum(weights, [-1], True)
              if row_means:
                weights = torch.div(weights, torch.add(n, 1e-08))
              if denominator > 0.:
                result = torch.div(weights, denominator)
              else:
                if over_rows:
                  result = torch.div(weights, torch.sum(torch.type_as(torch.gt(n, 0), like)))
                else:
                  result = torch.div(weights, torch.sum(n))
              return result
            """);

    public Aggregation {
        if (batchNumTokens != null) {
            Check.positive("batchNumTokens", batchNumTokens);
        }
        if (globalBatchSize != null) {
            Check.positive("globalBatchSize", globalBatchSize);
        }
        if (lossScaleFactor != null) {
            Check.positive("lossScaleFactor", lossScaleFactor);
        }
    }

    /** A mode with the denominators of the batch at hand. */
    public static Aggregation of(Mode mode) {
        return new Aggregation(mode, null, null, null);
    }

    /** Mean over counted tokens. */
    public static Aggregation tokenMean() {
        return of(Mode.TOKEN_MEAN);
    }

    /** Sum within sequences, mean over them. */
    public static Aggregation sequenceMeanTokenSum() {
        return of(Mode.SEQ_MEAN_TOKEN_SUM);
    }

    /** Mean within sequences, mean over them. */
    public static Aggregation sequenceMeanTokenMean() {
        return of(Mode.SEQ_MEAN_TOKEN_MEAN);
    }

    /** Sum over tokens divided by a constant. */
    public static Aggregation tokenSumOver(double constant) {
        return new Aggregation(Mode.SEQ_MEAN_TOKEN_SUM_NORM, null, null, constant);
    }

    /**
     * One loss from token losses; what stands outside the mask counts neither in value nor in gradient.
     *
     * @param tokenLosses (B,T), differentiable
     * @param mask (B,T) of 0 and 1
     * @return the loss ()
     * @throws IllegalArgumentException for other shapes, and for a mask that counts nothing unless a denominator is
     *     given or the mode divides by a constant
     */
    public NDArray aggregate(NDArray tokenLosses, NDArray mask) {
        Check.matrix("tokenLosses", tokenLosses);
        Check.floating("tokenLosses", tokenLosses);
        Check.sameShape("mask", mask, "tokenLosses", tokenLosses);
        ValueCheck.of().mask("mask", mask).run();
        return aggregateChecked(tokenLosses, mask);
    }

    /**
     * The derivative of {@link #aggregate} with respect to each token loss: how much each token weighs.
     *
     * @param mask (B,T) of 0 and 1
     * @param like (B,T), whose type the weights have
     * @return (B,T), 0 outside the mask
     * @throws IllegalArgumentException as {@link #aggregate}
     */
    public NDArray weights(NDArray mask, NDArray like) {
        Check.matrix("mask", mask);
        Check.sameShape("mask", mask, "like", like);
        ValueCheck.of().mask("mask", mask).run();
        double denominator = denominator(mask.getShape().get(1));
        if (denominator <= 0 && Masked.count(mask) == 0) {
            throw Check.failure("mask", "at least one counted token", "none");
        }
        try (GradientMode paused = GradientMode.paused()) {
            return WEIGHTS.call(mask, like, mode == Mode.SEQ_MEAN_TOKEN_MEAN, mode != Mode.TOKEN_MEAN, denominator);
        }
    }

    /** {@link #aggregate} for a mask that has been checked by the caller. */
    NDArray aggregateChecked(NDArray tokenLosses, NDArray mask) {
        double denominator = denominator(tokenLosses.getShape().get(1));
        if (denominator <= 0 && Masked.count(mask) == 0) {
            throw Check.failure("mask", "at least one counted token", "none");
        }
        return AGGREGATE.call(
                tokenLosses, mask, mode == Mode.SEQ_MEAN_TOKEN_MEAN, mode != Mode.TOKEN_MEAN, denominator);
    }

    /**
     * The denominator that does not depend on the mask, 0 if it is counted from the batch at hand.
     *
     * @param tokens T, the number of columns
     */
    public double denominator(long tokens) {
        @Nullable
        Double given = switch (mode) {
            case TOKEN_MEAN -> batchNumTokens;
            case SEQ_MEAN_TOKEN_SUM, SEQ_MEAN_TOKEN_MEAN -> globalBatchSize;
            case SEQ_MEAN_TOKEN_SUM_NORM -> lossScaleFactor == null ? Double.valueOf((double) tokens) : lossScaleFactor;
        };
        return given == null ? 0 : given;
    }
}
