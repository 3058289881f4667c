package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.ValueCheck;

/**
 * Sampled responses as estimators and credit assignments read them. B sequences of at most T response tokens, padded on
 * the right; position t of every array belongs to token t and to the choice of that token.
 *
 * <p>Estimators of turns and steps read a position as a turn: {@code rewards} (B,K) of each turn, {@code mask} 1 on the turns
 * there are. {@link org.rewardlab.tensor.TurnTokens} goes from the one to the other.
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
 * @param turns number of the turn that each token belongs to (B,T), from 0; -1 on tokens of no turn
 * @param nodes number of the tree node that each token belongs to (B,T)
 * @param entropies of the distribution that each token was drawn from (B,T), nats
 * @param baselines a reward to compare each sequence with (B), such as that of a greedy answer
 * @param squaredProbabilities sum over the vocabulary of squared probabilities where each token was drawn (B,T)
 * @param isWeights importance weights of each token (B,T)
 * @param outcomes how well each sequence ended (B), where {@code rewards} say how well it went on the way
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
        @Nullable NDArray outcomes,
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
        rows("outcomes", outcomes, rewards);
        tokens("stepScores", stepScores, rewards);
    }

    /** The components that may be missing, in their order. */
    public enum Part {
        /** {@link Rollouts#logps()}. */
        LOGPS,
        /** {@link Rollouts#values()}. */
        VALUES,
        /** {@link Rollouts#refLogps()}. */
        REF_LOGPS,
        /** {@link Rollouts#oldLogps()}. */
        OLD_LOGPS,
        /** {@link Rollouts#groups()}. */
        GROUPS,
        /** {@link Rollouts#turns()}. */
        TURNS,
        /** {@link Rollouts#nodes()}. */
        NODES,
        /** {@link Rollouts#entropies()}. */
        ENTROPIES,
        /** {@link Rollouts#baselines()}. */
        BASELINES,
        /** {@link Rollouts#squaredProbabilities()}. */
        SQUARED_PROBABILITIES,
        /** {@link Rollouts#isWeights()}. */
        IS_WEIGHTS,
        /** {@link Rollouts#outcomes()}. */
        OUTCOMES,
        /** {@link Rollouts#stepScores()}. */
        STEP_SCORES
    }

    private EnumMap<Part, NDArray> parts() {
        EnumMap<Part, NDArray> parts = new EnumMap<>(Part.class);
        put(parts, Part.LOGPS, logps);
        put(parts, Part.VALUES, values);
        put(parts, Part.REF_LOGPS, refLogps);
        put(parts, Part.OLD_LOGPS, oldLogps);
        put(parts, Part.GROUPS, groups);
        put(parts, Part.TURNS, turns);
        put(parts, Part.NODES, nodes);
        put(parts, Part.ENTROPIES, entropies);
        put(parts, Part.BASELINES, baselines);
        put(parts, Part.SQUARED_PROBABILITIES, squaredProbabilities);
        put(parts, Part.IS_WEIGHTS, isWeights);
        put(parts, Part.OUTCOMES, outcomes);
        put(parts, Part.STEP_SCORES, stepScores);
        return parts;
    }

    private static void put(EnumMap<Part, NDArray> parts, Part part, @Nullable NDArray array) {
        if (array != null) {
            parts.put(part, array);
        }
    }

    private Rollouts with(Part part, NDArray array) {
        EnumMap<Part, NDArray> parts = parts();
        parts.put(part, array);
        return build(rewards, parts);
    }

    private Rollouts build(NDArray newRewards, EnumMap<Part, NDArray> p) {
        return new Rollouts(
                newRewards,
                mask,
                p.get(Part.LOGPS),
                p.get(Part.VALUES),
                p.get(Part.REF_LOGPS),
                p.get(Part.OLD_LOGPS),
                p.get(Part.GROUPS),
                p.get(Part.TURNS),
                p.get(Part.NODES),
                p.get(Part.ENTROPIES),
                p.get(Part.BASELINES),
                p.get(Part.SQUARED_PROBABILITIES),
                p.get(Part.IS_WEIGHTS),
                p.get(Part.OUTCOMES),
                p.get(Part.STEP_SCORES));
    }

    /** Rewards and mask alone. */
    public static Rollouts of(NDArray rewards, NDArray mask) {
        return new Rollouts(
                rewards, mask, null, null, null, null, null, null, null, null, null, null, null, null, null);
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
        return build(array, parts());
    }

    /** The same rollouts with log-probabilities under the policy. */
    public Rollouts withLogps(NDArray array) {
        return with(Part.LOGPS, array);
    }

    /** The same rollouts with a critic's values. */
    public Rollouts withValues(NDArray array) {
        return with(Part.VALUES, array);
    }

    /** The same rollouts with log-probabilities under the reference. */
    public Rollouts withRefLogps(NDArray array) {
        return with(Part.REF_LOGPS, array);
    }

    /** The same rollouts with log-probabilities under the policy that sampled. */
    public Rollouts withOldLogps(NDArray array) {
        return with(Part.OLD_LOGPS, array);
    }

    /** The same rollouts with the prompt that each row answers. */
    public Rollouts withGroups(NDArray array) {
        return with(Part.GROUPS, array);
    }

    /** The same rollouts with the turn of each token. */
    public Rollouts withTurns(NDArray array) {
        return with(Part.TURNS, array);
    }

    /** The same rollouts with the tree node of each token. */
    public Rollouts withNodes(NDArray array) {
        return with(Part.NODES, array);
    }

    /** The same rollouts with the entropy at each token. */
    public Rollouts withEntropies(NDArray array) {
        return with(Part.ENTROPIES, array);
    }

    /** The same rollouts with a reward to compare each row with. */
    public Rollouts withBaselines(NDArray array) {
        return with(Part.BASELINES, array);
    }

    /** The same rollouts with the sum of squared probabilities at each token. */
    public Rollouts withSquaredProbabilities(NDArray array) {
        return with(Part.SQUARED_PROBABILITIES, array);
    }

    /** The same rollouts with importance weights. */
    public Rollouts withIsWeights(NDArray array) {
        return with(Part.IS_WEIGHTS, array);
    }

    /** The same rollouts with how well each row ended. */
    public Rollouts withOutcomes(NDArray array) {
        return with(Part.OUTCOMES, array);
    }

    /** The same rollouts with a judge's word on each step. */
    public Rollouts withStepScores(NDArray array) {
        return with(Part.STEP_SCORES, array);
    }

    /** The same rollouts, every {@code size} rows in a row the answers to one prompt; rejects a rest. */
    public Rollouts withGroupsOf(int size) {
        return withGroups(Groups.blocks(rewards, size));
    }
}
