package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.rewardlab.tensor.Scope;

/** From trajectories to the reward of each token: who earned what. */
@FunctionalInterface
public interface CreditAssignment extends Serializable {

    /**
     * The reward of each token (B,T), a constant for differentiation.
     *
     * @throws IllegalArgumentException if an array that the assignment reads is absent
     */
    NDArray assign(Rollouts rollouts);

    /**
     * The optional arrays of its rollouts that it cannot do without, so that a trainer makes those that cost something where they are
     * read and nowhere else. A lambda says nothing and gets what costs nothing.
     */
    default Set<Rollouts.Part> reads() {
        return Set.of();
    }

    /** This assignment and then another one on its result. */
    default CreditAssignment then(CreditAssignment next) {
        return new Chained(this, next);
    }

    /** The rewards as they came: an outcome stays on the token where it was given. */
    static CreditAssignment asGiven() {
        return Rollouts::rewards;
    }

    /** Each token's beta times its log-ratio to a reference, as a process reward model trained on outcomes implies it. */
    static CreditAssignment implicitReward(double beta) {
        return new ImplicitReward(beta);
    }

    /** Process rewards divided by the largest reward-to-go of the batch. */
    static CreditAssignment returnNorm() {
        return new ReturnNorm();
    }

    /** The outcome on the last turn, what was given on the others. */
    static CreditAssignment outcomeOnLastTurn() {
        return new OutcomeOnLastTurn();
    }

    /** Scores of steps centred together with the outcome. */
    static CreditAssignment centredSteps() {
        return new CentredStepRewards();
    }

    /** The outcome in equal shares. */
    static CreditAssignment uniform() {
        return new UniformRedistribution();
    }

    /**
     * One assignment and then another.
     *
     * <pre>{@code
     * var rollouts = Rollouts.of(nd.zeros(new Shape(1, 4)), nd.ones(new Shape(1, 4)))
     *         .withOutcomes(nd.create(new float[] {8}));
     * new UniformRedistribution().assign(rollouts)
     * // => ND: (1, 4) cpu() float32 [[2., 2., 2., 2.]]
     * new CreditAssignment.Chained(new UniformRedistribution(), new ReturnNorm()).assign(rollouts)
     * // => ND: (1, 4) cpu() float32 [[0.25, 0.25, 0.25, 0.25]]
     * new UniformRedistribution().then(new ReturnNorm())
     * // => Chained[first=UniformRedistribution[], second=ReturnNorm[epsilon=1.0E-6]]
     * }</pre>
     *
     * @param first applied to the rollouts
     * @param second applied to the rollouts with the rewards of the first
     */
    record Chained(CreditAssignment first, CreditAssignment second) implements CreditAssignment {
        /** {@inheritDoc} What either of them reads. */
        @Override
        public Set<Rollouts.Part> reads() {
            Set<Rollouts.Part> both = EnumSet.noneOf(Rollouts.Part.class);
            both.addAll(first.reads());
            both.addAll(second.reads());
            return both;
        }

        @Override
        public NDArray assign(Rollouts rollouts) {
            try (Scope scope = Scope.open()) {
                return scope.keep(second.assign(rollouts.withRewards(first.assign(rollouts))));
            }
        }
    }
}
