package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.ValueCheck;

/**
 * Sampled responses as estimators and credit assignments read them. B sequences of at most T response tokens, padded on
 * the right; position t of every array belongs to token t and to the choice of that token.
 *
 * <p>A record of arrays owns nothing: whoever made the arrays, or the scope around, frees them.
 *
 * @param rewards of each token (B,T); an outcome reward stands on one token, zeros elsewhere
 * @param mask 1 on tokens that the policy produced (B,T), 0 on padding and observations
 * @param logps log-probability of each token under the policy (B,T)
 * @param values a critic's value before each token (B,T)
 * @param refLogps under the reference (B,T)
 * @param oldLogps under the policy that sampled (B,T)
 * @param groups equal numbers mark answers to one prompt (B), any integers in any order
 * @param turns number of the turn that each token belongs to (B,T), from 0
 * @param nodes number of the tree node that each token belongs to (B,T)
 * @param entropies of the distribution that each token was drawn from (B,T), nats
 * @param baselines a reward to compare each sequence with (B), such as that of a greedy answer
 * @param squaredProbabilities sum over the vocabulary of squared probabilities where each token was drawn (B,T)
 * @param isWeights importance weights of each token (B,T)
 * @param stepScores what a judge says of each step (B,T), read at the step's last token: a process reward, a format check, an
 *     attribution; without turns every token is a step
 */
public record Rollouts(
        NDArray rewards,
        NDArray mask,
        @Nullable NDArray logps,
        @Nullable NDArray values,
        @Nullable NDArray refLogps,
        @Nullable NDArray oldLogps,
        @Nullable NDArray groups,
        @Nullable NDArray turns,
        @Nullable NDArray nodes,
        @Nullable NDArray entropies,
        @Nullable NDArray baselines,
        @Nullable NDArray squaredProbabilities,
        @Nullable NDArray isWeights,
        @Nullable NDArray stepScores) {

    public Rollouts {
        Check.matrix("rewards", rewards);
        Check.floating("rewards", rewards);
        Check.sameShape("mask", mask, "rewards", rewards);
        tokens("logps", logps, rewards);
        tokens("values", values, rewards);
        tokens("refLogps", refLogps, rewards);
        tokens("oldLogps", oldLogps, rewards);
        rows("groups", groups, rewards);
        tokens("turns", turns, rewards);
        tokens("nodes", nodes, rewards);
        tokens("entropies", entropies, rewards);
        rows("baselines", baselines, rewards);
        tokens("squaredProbabilities", squaredProbabilities, rewards);
        tokens("isWeights", isWeights, rewards);
        tokens("stepScores", stepScores, rewards);
    }

    /** Rewards and mask alone. */
    public static Rollouts of(NDArray rewards, NDArray mask) {
        return new Rollouts(rewards, mask, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static void tokens(String name, @Nullable NDArray array, NDArray rewards) {
        if (array != null) {
            Check.sameShape(name, array, "rewards", rewards);
        }
    }

    private static void rows(String name, @Nullable NDArray array, NDArray rewards) {
        if (array != null) {
            Check.shape(name, array, rewards.getShape().get(0));
        }
    }

    /** Rejects masks that hold anything but 0 and 1, and NaN rewards on counted tokens. */
    void checkValues() {
        ValueCheck.of().mask("mask", mask).noNaN("rewards", rewards, mask).run();
    }

    /** The same rollouts with other token rewards. */
    public Rollouts withRewards(NDArray array) {
        return new Rollouts(
                array,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with log-probabilities under the policy. */
    public Rollouts withLogps(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                array,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with a critic's values. */
    public Rollouts withValues(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                array,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with log-probabilities under the reference. */
    public Rollouts withRefLogps(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                array,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with log-probabilities under the policy that sampled. */
    public Rollouts withOldLogps(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                array,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with the prompt that each row answers. */
    public Rollouts withGroups(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                array,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with the turn of each token. */
    public Rollouts withTurns(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                array,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with the tree node of each token. */
    public Rollouts withNodes(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                array,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with the entropy at each token. */
    public Rollouts withEntropies(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                array,
                baselines,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with a reward to compare each row with. */
    public Rollouts withBaselines(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                array,
                squaredProbabilities,
                isWeights,
                stepScores);
    }

    /** The same rollouts with the sum of squared probabilities at each token. */
    public Rollouts withSquaredProbabilities(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                array,
                isWeights,
                stepScores);
    }

    /** The same rollouts with importance weights. */
    public Rollouts withIsWeights(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                array,
                stepScores);
    }

    /** The same rollouts with a judge's word on each step. */
    public Rollouts withStepScores(NDArray array) {
        return new Rollouts(
                rewards,
                mask,
                logps,
                values,
                refLogps,
                oldLogps,
                groups,
                turns,
                nodes,
                entropies,
                baselines,
                squaredProbabilities,
                isWeights,
                array);
    }
}
