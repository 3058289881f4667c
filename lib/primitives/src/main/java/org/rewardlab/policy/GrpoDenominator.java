package org.rewardlab.policy;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/**
 * How {@link Grpo} makes one number of token losses: the difference between GRPO and most of its offspring. Empty rows
 * add 0 to the sum and stay in every count of rows.
 *
 * <pre>{@code
 * var batch = new PolicyBatch(
 *         nd.create(new float[][] {{-1, -1, -1}}),           // policy in training
 *         nd.create(new float[][] {{-1, -1.5f, -0.5f}}),     // when sampled: ratios 1, 1.65 and 0.61
 *         nd.create(new float[][] {{1, 1, 1}}),             // advantages
 *         nd.create(new float[][] {{1, 1, 1}}));             // mask
 * var clipped = new GrpoSurrogate.Clipped(0.2, 0.2, null);
 * new Grpo(clipped, GrpoDenominator.sequenceMeans()).loss(batch).loss()
 * // => ND: () cpu() float32 -0.9355
 * new Grpo(clipped, GrpoDenominator.maxLength(6)).loss(batch).loss()   // half of it: three tokens of six
 * // => ND: () cpu() float32 -0.4678
 * }</pre>
 *
 * @param kind which denominator
 * @param value read by {@link Kind#MAX_LENGTH} and {@link Kind#TOKENS}; null where the batch decides
 */
public record GrpoDenominator(Kind kind, @Nullable Double value) implements Serializable {

    /** The denominators. */
    public enum Kind {
        /** Mean over a row's tokens, then over all rows: each sequence counts the same (GRPO). */
        SEQUENCE_MEANS,
        /** All rows times a fixed length: no token counts more because its sequence is short (Dr. GRPO). */
        MAX_LENGTH,
        /** Tokens: those of the batch (BNPO), or of the whole optimizer step (DAPO). */
        TOKENS,
        /** Rows: each sequence counts as much as it has tokens (LUSPO). */
        SEQUENCE_SUMS
    }

    public GrpoDenominator {
        if (kind == Kind.MAX_LENGTH) {
            if (value == null) {
                throw Check.failure("maxCompletionLength", "a number above 0", "none");
            }
            Check.positive("maxCompletionLength", value);
        } else if (value != null) {
            Check.notNegative("numItemsInBatch", value);
        }
    }

    /** Mean over tokens, then over rows. */
    public static GrpoDenominator sequenceMeans() {
        return new GrpoDenominator(Kind.SEQUENCE_MEANS, null);
    }

    /** Rows times the longest completion that may be sampled. */
    public static GrpoDenominator maxLength(double tokens) {
        return new GrpoDenominator(Kind.MAX_LENGTH, tokens);
    }

    /** Counted tokens of the batch. */
    public static GrpoDenominator tokens() {
        return new GrpoDenominator(Kind.TOKENS, null);
    }

    /** Counted tokens of the whole optimizer step. */
    public static GrpoDenominator tokensOfStep(double tokens) {
        return new GrpoDenominator(Kind.TOKENS, tokens);
    }

    /** Rows. */
    public static GrpoDenominator sequenceSums() {
        return new GrpoDenominator(Kind.SEQUENCE_SUMS, null);
    }

    /** The divisor of the sum, 0 for the counted tokens of the batch. */
    double divisor(long rows) {
        return switch (kind) {
            case SEQUENCE_MEANS, SEQUENCE_SUMS -> rows;
            case MAX_LENGTH -> rows * (value == null ? 1 : value);
            case TOKENS -> value == null ? 0 : Math.max(value, 1);
        };
    }
}
