package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Aggregation;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.TurnTokens;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a policy loss reads of B sequences of T tokens.
 *
 * @param logps log-probability of each token under the policy in training (B,T), differentiable
 * @param oldLogps under the policy that the ratios are taken to (B,T)
 * @param advantages (B,T), constant
 * @param mask 1 on tokens that count (B,T)
 * @param refLogps under the reference (B,T), for losses with a KL term
 * @param rolloutLogps under the engine that sampled (B,T), where that is not the policy itself
 * @param entropies at each token (B,T), for losses that pick tokens by entropy
 * @param isWeights importance weights (B,T), or (B,1) for whole sequences, constant, multiplied onto the token losses
 * @param turns number of the turn that each token belongs to (B,T), from 0, -1 on tokens of no turn, for losses of turns
 */
public record PolicyBatch(
        NDArray logps,
        NDArray oldLogps,
        NDArray advantages,
        NDArray mask,
        @Nullable NDArray refLogps,
        @Nullable NDArray rolloutLogps,
        @Nullable NDArray entropies,
        @Nullable NDArray isWeights,
        @Nullable NDArray turns)
        implements LossInput<PolicyBatch> {

    /** The components that may be missing, in their order. */
    public enum Part {
        /** {@link PolicyBatch#refLogps()}. */
        REF_LOGPS,
        /** {@link PolicyBatch#rolloutLogps()}. */
        ROLLOUT_LOGPS,
        /** {@link PolicyBatch#entropies()}. */
        ENTROPIES,
        /** {@link PolicyBatch#isWeights()}. */
        IS_WEIGHTS,
        /** {@link PolicyBatch#turns()}. */
        TURNS;

        /** This part and others. */
        Set<Part> with(Set<Part> others) {
            Set<Part> all = EnumSet.of(this);
            all.addAll(others);
            return all;
        }
    }

    private static final NDArray[] NONE = {};

    private static final Script BROADCAST = Script.of("""
            def broadcast(self, advantages: Tensor, logps: Tensor) -> Tensor:
              return torch.contiguous(torch.expand_as(torch.unsqueeze(torch.detach(advantages), -1), logps))
            """);

    /** Without turns. */
    public PolicyBatch(
            NDArray logps,
            NDArray oldLogps,
            NDArray advantages,
            NDArray mask,
            @Nullable NDArray refLogps,
            @Nullable NDArray rolloutLogps,
            @Nullable NDArray entropies,
            @Nullable NDArray isWeights) {
        this(logps, oldLogps, advantages, mask, refLogps, rolloutLogps, entropies, isWeights, null);
    }

    /** What every policy loss reads. */
    public PolicyBatch(NDArray logps, NDArray oldLogps, NDArray advantages, NDArray mask) {
        this(logps, oldLogps, advantages, mask, null, null, null, null, null);
    }

    /**
     * A batch whose advantages belong to whole sequences.
     *
     * @param advantages one for each sequence (B), given to all of its tokens
     */
    public static PolicyBatch ofSequences(NDArray logps, NDArray oldLogps, NDArray advantages, NDArray mask) {
        Check.matrix("logps", logps);
        Check.shape("advantages", advantages, logps.getShape().get(0));
        try (Scope scope = Scope.open()) {
            return new PolicyBatch(logps, oldLogps, scope.keep(BROADCAST.call(advantages, logps)), mask);
        }
    }

    /**
     * A batch whose advantages belong to turns.
     *
     * @param advantages of each turn (B,K), given to all of its tokens
     * @param turns the turn of each token (B,T) in [-1, K), -1 on tokens that do not count
     */
    public static PolicyBatch ofTurns(NDArray logps, NDArray oldLogps, NDArray advantages, NDArray turns) {
        Check.matrix("logps", logps);
        Check.sameShape("turns", turns, "logps", logps);
        try (Scope scope = Scope.open()) {
            NDArray mask = scope.keep(TurnTokens.mask(turns, logps.getDataType()));
            return new PolicyBatch(logps, oldLogps, scope.keep(TurnTokens.broadcast(advantages, turns)), mask)
                    .withTurns(turns);
        }
    }

    /** A batch that the policy in training has just sampled: the old log-probabilities are its own, held constant. */
    public static PolicyBatch onPolicy(NDArray logps, NDArray advantages, NDArray mask) {
        return new PolicyBatch(logps, logps.stopGradient(), advantages, mask);
    }

    /** The same batch with log-probabilities under the reference. */
    public PolicyBatch withRefLogps(@Nullable NDArray array) {
        return new PolicyBatch(logps, oldLogps, advantages, mask, array, rolloutLogps, entropies, isWeights, turns);
    }

    /** The same batch with log-probabilities under the engine that sampled. */
    public PolicyBatch withRolloutLogps(@Nullable NDArray array) {
        return new PolicyBatch(logps, oldLogps, advantages, mask, refLogps, array, entropies, isWeights, turns);
    }

    /** The same batch with entropies. */
    public PolicyBatch withEntropies(@Nullable NDArray array) {
        return new PolicyBatch(logps, oldLogps, advantages, mask, refLogps, rolloutLogps, array, isWeights, turns);
    }

    /** The same batch with importance weights. */
    public PolicyBatch withIsWeights(@Nullable NDArray array) {
        return new PolicyBatch(logps, oldLogps, advantages, mask, refLogps, rolloutLogps, entropies, array, turns);
    }

    /** The same batch with the turn of each token. */
    public PolicyBatch withTurns(@Nullable NDArray array) {
        return new PolicyBatch(logps, oldLogps, advantages, mask, refLogps, rolloutLogps, entropies, isWeights, array);
    }

    @Override
    public List<Named> differentiable() {
        return List.of(new Named("logps", logps));
    }

    @Override
    public PolicyBatch withDifferentiable(List<NDArray> arrays) {
        return new PolicyBatch(
                arrays.get(0), oldLogps, advantages, mask, refLogps, rolloutLogps, entropies, isWeights, turns);
    }

    /** The importance weights as a script reads them: a list of one or none. */
    NDArray[] weights() {
        return isWeights == null ? NONE : new NDArray[] {isWeights};
    }

    /**
     * Rejects shapes that differ, an empty batch, and NaN on counted tokens.
     *
     * @return whether all numbers, outside the mask too, were seen to be finite: then a product with the mask hides
     *     them
     */
    boolean check() {
        Check.floating("logps", logps);
        Check.matrix("logps", logps);
        Check.sameShape("oldLogps", oldLogps, "logps", logps);
        Check.sameShape("advantages", advantages, "logps", logps);
        Check.sameShape("mask", mask, "logps", logps);
        var values = ValueCheck.of()
                .mask("mask", mask)
                .noNaN("logps", logps, mask)
                .noNaN("oldLogps", oldLogps, mask)
                .noNaN("advantages", advantages, mask);
        check("refLogps", refLogps, values);
        check("rolloutLogps", rolloutLogps, values);
        check("entropies", entropies, values);
        if (turns != null) {
            Check.sameShape("turns", turns, "logps", logps);
        }
        if (isWeights != null
                && isWeights.getShape().dimension() == 2
                && isWeights.getShape().get(1) == 1) {
            Check.shape("isWeights", isWeights, logps.getShape().get(0), 1);
            values.noNaN("isWeights", isWeights);
        } else {
            check("isWeights", isWeights, values);
        }
        return values.runAndSeeFinite();
    }

    /** Like {@link #check()}; rejects a mask that counts nothing where its tokens or rows are the denominator. */
    boolean check(Aggregation aggregation) {
        boolean finite = check();
        if (aggregation.denominator(logps.getShape().get(1)) <= 0 && Masked.count(mask) == 0) {
            throw Check.failure("mask", "at least one counted token", "none");
        }
        return finite;
    }

    private void check(String name, @Nullable NDArray array, ValueCheck values) {
        if (array != null) {
            Check.sameShape(name, array, "logps", logps);
            values.noNaN(name, array, mask);
        }
    }
}
