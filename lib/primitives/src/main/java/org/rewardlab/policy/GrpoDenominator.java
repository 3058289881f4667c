package org.rewardlab.policy;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/**
 * How {@link Grpo} makes one number of token losses: the difference between GRPO and most of its offspring. Empty rows add 0 to
 * the sum and stay in every count of rows.
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
