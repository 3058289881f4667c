package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
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
     * @param first applied to the rollouts
     * @param second applied to the rollouts with the rewards of the first
     */
    record Chained(CreditAssignment first, CreditAssignment second) implements CreditAssignment {
        @Override
        public NDArray assign(Rollouts rollouts) {
            try (Scope scope = Scope.open()) {
                return scope.keep(second.assign(rollouts.withRewards(first.assign(rollouts))));
            }
        }
    }
}
