package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Advantages from a pairwise judge alone: one response of the group, drawn at random, is the reference of this step, and
 * the others earn 1 where they beat it and -1 where they lose. Jia et al. 2025 (Writing-Zero), BRPO.
 *
 * <p>No mean is taken off and nothing is divided: over references and members the expectation is 0 already if the
 * judge is antisymmetric, and the policy gradient is that of the probability of winning against a fresh sample. Scores are never
 * compared across groups, so that any increasing change of the judge's scale changes nothing.
 */
public final class BootstrappedRelative {

    private BootstrappedRelative() {}

    /**
     * The advantages of a group against one of its members.
     *
     * @param preferences 1, 0 or -1 where a response is better than, equal to or worse than the reference (G); the
     *     reference's own entry is not read
     * @param reference index of the reference: {@link #drawReference} as published, or that of the best of the group
     * @return (G), the preferences with 0 at the reference, the same at each token of a response
     * @throws IllegalArgumentException for fewer than two responses, an index out of range, other preferences
     */
    public static NDArray advantages(NDArray preferences, int reference) {
        Check.vector("preferences", preferences);
        Check.floating("preferences", preferences);
        double[] values = Tensors.toDoubles(preferences);
        if (values.length < 2) {
            throw Check.failure("preferences", "at least two responses", values.length);
        }
        if (reference < 0 || reference >= values.length) {
            throw Check.failure("reference", "an index from 0 to " + (values.length - 1), reference);
        }
        values[reference] = 0;
        return signs(preferences, values);
    }

    /**
     * The advantages of a group against a fixed response from outside: the preferences themselves.
     *
     * @param preferences 1, 0 or -1 (G), G at least 1
     * @return (G)
     * @throws IllegalArgumentException for other preferences and an empty group
     */
    public static NDArray advantages(NDArray preferences) {
        Check.vector("preferences", preferences);
        Check.floating("preferences", preferences);
        return signs(preferences, Tensors.toDoubles(preferences));
    }

    /** A reference drawn uniformly, afresh for each group and step; rejects groups of fewer than two. */
    public static int drawReference(int groupSize, RandomGenerator random) {
        return random.nextInt((int) Check.atLeast("groupSize", groupSize, 2));
    }

    private static NDArray signs(NDArray like, double[] values) {
        for (double value : values) {
            if (value != 0 && Math.abs(value) != 1) {
                throw Check.failure("preferences", "-1, 0 or 1", value);
            }
        }
        return Tensors.create(like.getManager(), values, like.getDataType(), values.length);
    }
}
