package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * How a language model scores what a user might say next: F follow-ups after each of B responses, of at most T tokens.
 *
 * <p>A token's score is its log-probability or its raw logit, the caller's choice. Logits are not normalised over the
 * vocabulary and order responses differently.
 *
 * @param tokenScores score of each token of each follow-up (B,F,T), differentiable
 * @param mask 1 on the tokens of a follow-up (B,F,T)
 * @param polarity 1 for a pleased follow-up, -1 for a displeased one (F)
 * @param category what a follow-up is about, from 0 (F)
 */
public record Followups(NDArray tokenScores, NDArray mask, NDArray polarity, NDArray category) {

    public Followups {
        Check.rank("tokenScores", tokenScores, 3);
        Check.floating("tokenScores", tokenScores);
        Check.sameShape("mask", mask, "tokenScores", tokenScores);
        Check.atLeast("tokenScores", tokenScores.getShape().get(2), 1);
        long followups = tokenScores.getShape().get(1);
        Check.shape("polarity", polarity, followups);
        Check.shape("category", category, followups);
    }

    /** The polarities as Java numbers; rejects any but 1 and -1. */
    int[] polarities() {
        double[] numbers = Tensors.toDoubles(polarity);
        int[] signs = new int[numbers.length];
        for (int f = 0; f < signs.length; f++) {
            if (Math.abs(numbers[f]) != 1) {
                throw Check.failure("polarity", "1 or -1", numbers[f] + " for follow-up " + f);
            }
            signs[f] = (int) numbers[f];
        }
        return signs;
    }

    /** The categories as Java numbers; rejects any outside 0 to {@code count - 1}. */
    int[] categories(int count) {
        double[] numbers = Tensors.toDoubles(category);
        int[] labels = new int[numbers.length];
        for (int f = 0; f < labels.length; f++) {
            if (!(numbers[f] >= 0 && numbers[f] < count && numbers[f] == Math.rint(numbers[f]))) {
                throw Check.failure(
                        "category", "whole numbers from 0 to " + (count - 1), numbers[f] + " for follow-up " + f);
            }
            labels[f] = (int) numbers[f];
        }
        return labels;
    }

    /** Rejects NaN on counted tokens, other masks than of 0 and 1, and a follow-up without tokens. */
    void checkTokens() {
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("tokenScores", tokenScores, mask)
                .run();
        double[] counted = Tensors.toDoubles(mask);
        int tokens = (int) mask.getShape().get(2);
        for (int row = 0; row * tokens < counted.length; row++) {
            double length = 0;
            for (int t = 0; t < tokens; t++) {
                length += counted[row * tokens + t];
            }
            if (length == 0) {
                throw Check.failure("mask", "a counted token in each follow-up", "none at flat index " + row);
            }
        }
    }
}
