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
 */
public record ScoredResponses(
        NDArray rewards,
        @Nullable NDArray lengths,
        @Nullable NDArray truncated,
        @Nullable NDArray groups) {

    public ScoredResponses {
        Check.vector("rewards", rewards);
        Check.floating("rewards", rewards);
        sameRows("lengths", lengths, rewards);
        sameRows("truncated", truncated, rewards);
        sameRows("groups", groups, rewards);
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
        return new ScoredResponses(array, lengths, truncated, groups);
    }

    /** The same responses with their lengths. */
    public ScoredResponses withLengths(NDArray array) {
        return new ScoredResponses(rewards, array, truncated, groups);
    }

    /** The same responses with marks for those that were cut off. */
    public ScoredResponses withTruncated(NDArray array) {
        return new ScoredResponses(rewards, lengths, array, groups);
    }

    /** The same responses with the prompt that each answers. */
    public ScoredResponses withGroups(NDArray array) {
        return new ScoredResponses(rewards, lengths, truncated, array);
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

    /** Rewards of these responses' type from Java numbers (B). */
    NDArray rewardsOf(double[] numbers) {
        return Tensors.create(rewards.getManager(), numbers, rewards.getDataType(), numbers.length);
    }
}
