package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * The likelihood of a pleased or displeased user as a reward. Zhang et al. 2024 (FLR); the combination into one number is our
 * reading.
 *
 * <p>A follow-up's score is the mean score of its tokens. A category's reward is the mean score of its positive follow-ups
 * minus that of its negative ones, and the reward is the mean over categories. A constant that a response adds to all
 * scores, such as fluency, cancels in the difference and not in either part; difference = positive + negative.
 *
 * @param reward of each response (B), differentiable with respect to the token scores
 * @param byCategory the reward of each category (B,C)
 * @param followupScores mean token score of each follow-up (B,F)
 */
public record FollowupLikelihood(NDArray reward, NDArray byCategory, NDArray followupScores) {

    /** Which follow-ups count. */
    public enum Mode {
        /** Positive minus negative. */
        DIFFERENCE,
        /** The positive ones alone. */
        POSITIVE,
        /** Minus the negative ones alone. */
        NEGATIVE
    }

    private static final Script REWARD = Script.of("""
            def reward(self, scores: Tensor, mask: Tensor, weights: Tensor) -> List[Tensor]:
              counted = torch.ne(mask, 0)
              kept = torch.where(counted, scores, torch.zeros_like(scores))
              s = torch.div(torch.sum(kept, [-1]), torch.sum(torch.type_as(counted, scores), [-1]))
              categories = torch.matmul(s, weights)
              return [torch.mean(categories, [-1]), categories, s]
            """);

    /**
     * The reward of each response.
     *
     * @param numCategories C, at least 1
     * @param mode which follow-ups count
     * @throws IllegalArgumentException for a follow-up without tokens, NaN on one, a category that lacks a polarity which
     *     the mode reads, and labels out of range
     */
    public static FollowupLikelihood of(Followups followups, int numCategories, Mode mode) {
        Check.atLeast("numCategories", numCategories, 1);
        int[] polarity = followups.polarities();
        int[] category = followups.categories(numCategories);
        followups.checkTokens();
        NDArray scores = followups.tokenScores();
        double[] weights = weights(polarity, category, numCategories, mode);
        try (NDArray matrix =
                Tensors.create(scores.getManager(), weights, scores.getDataType(), polarity.length, numCategories)) {
            NDArray[] results = REWARD.callMany(scores, followups.mask(), matrix);
            return new FollowupLikelihood(results[0], results[1], results[2]);
        }
    }

    /** The difference of both polarities. */
    public static FollowupLikelihood of(Followups followups, int numCategories) {
        return of(followups, numCategories, Mode.DIFFERENCE);
    }

    /** What each follow-up (rows) adds to each category (columns), in row-major order. */
    private static double[] weights(int[] polarity, int[] category, int count, Mode mode) {
        int[] positive = new int[count];
        int[] negative = new int[count];
        for (int f = 0; f < polarity.length; f++) {
            (polarity[f] > 0 ? positive : negative)[category[f]]++;
        }
        for (int c = 0; c < count; c++) {
            if (mode != Mode.NEGATIVE && positive[c] == 0) {
                throw Check.failure("polarity", "a positive follow-up in category " + c, "none");
            }
            if (mode != Mode.POSITIVE && negative[c] == 0) {
                throw Check.failure("polarity", "a negative follow-up in category " + c, "none");
            }
        }
        double[] weights = new double[polarity.length * count];
        for (int f = 0; f < polarity.length; f++) {
            int c = category[f];
            double weight = 0;
            if (polarity[f] > 0 && mode != Mode.NEGATIVE) {
                weight = 1.0 / positive[c];
            } else if (polarity[f] < 0 && mode != Mode.POSITIVE) {
                weight = -1.0 / negative[c];
            }
            weights[f * count + c] = weight;
        }
        return weights;
    }
}
