package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Rewards of B responses and what transforms of rewards look at beside them.
 *
 * @param rewards one for each response (B)
 * @param lengths of the responses in tokens (B)
 * @param truncated 1 where a response was cut off at the length limit (B)
 * @param groups equal numbers mark answers to one prompt (B), any integers in any order
 * @param references rewards of M other answers to each prompt, such as those of the initial policy (B,M)
 */
public record ScoredResponses(
        NDArray rewards,
        @Nullable NDArray lengths,
        @Nullable NDArray truncated,
        @Nullable NDArray groups,
        @Nullable NDArray references) {

    public ScoredResponses {
        Check.vector("rewards", rewards);
        Check.floating("rewards", rewards);
        sameRows("lengths", lengths, rewards);
        sameRows("truncated", truncated, rewards);
        sameRows("groups", groups, rewards);
        if (references != null) {
            Check.matrix("references", references);
            Check.shape(
                    "references",
                    references,
                    rewards.getShape().get(0),
                    references.getShape().get(1));
        }
    }

    /** Responses without references. */
    public ScoredResponses(
            NDArray rewards, @Nullable NDArray lengths, @Nullable NDArray truncated, @Nullable NDArray groups) {
        this(rewards, lengths, truncated, groups, null);
    }

    /** Rewards alone. */
    public ScoredResponses(NDArray rewards) {
        this(rewards, null, null, null);
    }

    private static void sameRows(String name, @Nullable NDArray array, NDArray rewards) {
        if (array != null) {
            Check.sameShape(name, array, "rewards", rewards);
        }
    }

    /** The same responses with other rewards. */
    public ScoredResponses withRewards(NDArray array) {
        return new ScoredResponses(array, lengths, truncated, groups, references);
    }

    /** The same responses with their lengths. */
    public ScoredResponses withLengths(NDArray array) {
        return new ScoredResponses(rewards, array, truncated, groups, references);
    }

    /** The same responses with marks for those that were cut off. */
    public ScoredResponses withTruncated(NDArray array) {
        return new ScoredResponses(rewards, lengths, array, groups, references);
    }

    /** The same responses with the prompt that each answers. */
    public ScoredResponses withGroups(NDArray array) {
        return new ScoredResponses(rewards, lengths, truncated, array, references);
    }

    /** The same responses with rewards of other answers to each prompt (B,M). */
    public ScoredResponses withReferences(NDArray array) {
        return new ScoredResponses(rewards, lengths, truncated, groups, array);
    }

    /** The lengths as Java numbers; rejects their absence, negative ones and NaN. */
    double[] requireLengths(String neededBy) {
        return Lengths.of(Check.present("lengths", lengths, neededBy));
    }

    /** The rewards as Java numbers; rejects NaN. */
    double[] requireRewards() {
        double[] numbers = Tensors.toDoubles(rewards);
        for (double number : numbers) {
            if (Double.isNaN(number)) {
                throw Check.failure("rewards", "numbers", number);
            }
        }
        return numbers;
    }

    /** The references' rewards as Java numbers (B,M); rejects their absence, fewer than {@code least} and NaN. */
    double[][] requireReferences(String neededBy, int least) {
        NDArray array = Check.present("references", references, neededBy);
        if (array.getShape().get(1) < least) {
            throw Check.failure("references", "at least " + least + " for each response", array.getShape());
        }
        double[][] rows = Tensors.toRows(array);
        for (double[] row : rows) {
            for (double number : row) {
                if (Double.isNaN(number)) {
                    throw Check.failure("references", "numbers", number);
                }
            }
        }
        return rows;
    }

    /** Rewards of these responses' type from Java numbers (B). */
    NDArray rewardsOf(double[] numbers) {
        return Tensors.create(rewards.getManager(), numbers, rewards.getDataType(), numbers.length);
    }
}
