package org.rewardlab.policy;

import java.io.Serializable;
import org.rewardlab.tensor.Check;

/**
 * How the weight of a regulariser, a KL penalty or an entropy bonus, moves with what is measured.
 *
 * <p>A controller holds hyperparameters alone; its state is a value that is passed in and given back, so that arms of
 * an experiment cannot disturb each other:
 *
 * <pre>{@code
 * KlController.State state = controller.initial();
 * for (...) {
 *     double weight = state.applied();            // what this step uses
 *     state = controller.next(state, measuredKl, sequences);
 * }
 * }</pre>
 *
 * <p>Say whether the KL is a sum over a response's tokens or a mean over them: targets and coefficients of the two
 * differ by the length. Usual are 0.2 with target 6 and horizon 10000 for sums, a fixed 0.001 for means.
 */
public interface KlController extends Serializable {

    /**
     * Where a controller stands.
     *
     * @param coefficient the weight that is carried on
     * @param applied the weight to use now, the same unless a controller switches it off
     */
    record State(double coefficient, double applied) implements Serializable {}

    /** The state before anything is measured. */
    State initial();

    /**
     * The state after a step.
     *
     * @param state before it
     * @param measured the mean KL, or entropy, of the step
     * @param steps how many steps (usually sequences) the measurement stands for, at least 0
     */
    State next(State state, double measured, long steps);

    /** A weight that never changes. */
    static KlController fixed(double coefficient) {
        return new FixedKl(coefficient);
    }

    /** A weight steered towards a target KL. */
    static KlController adaptive(double coefficient, double target, double horizon) {
        return new AdaptiveKl(coefficient, target, horizon);
    }

    /** The weight of an entropy bonus that acts only while entropy is low. */
    static KlController adaptiveEntropy(double coefficient) {
        return new AdaptiveEntropy(coefficient);
    }

    /** Rejects a measurement that is not a number, and a negative number of steps. */
    private static void check(double measured, long steps) {
        Check.finite("measured", measured);
        Check.atLeast("steps", steps, 0);
    }

    /**
     * A weight that never changes.
     *
     * <pre>{@code
     * var fixed = new KlController.FixedKl(0.05);
     * fixed.next(fixed.initial(), 100, 64)
     * // => State[coefficient=0.05, applied=0.05]
     * }</pre>
     *
     * @param coefficient at least 0
     */
    record FixedKl(double coefficient) implements KlController {
        public FixedKl {
            Check.notNegative("coefficient", coefficient);
        }

        @Override
        public State initial() {
            return new State(coefficient, coefficient);
        }

        @Override
        public State next(State state, double measured, long steps) {
            check(measured, steps);
            return state;
        }
    }

    /**
     * A weight steered towards a target KL. Ziegler et al. 2019, section 2.2.
     *
     * <p>{@code coefficient *= 1 + clip(kl / target - 1, -0.2, 0.2) * steps / horizon}: at the target it stays, beyond
     * a fifth off it moves by at most a fifth in a horizon.
     *
     * <pre>{@code
     * var adaptive = new KlController.AdaptiveKl(0.2, 6, 10000);
     * adaptive.next(adaptive.initial(), 12, 500)    // twice the target: up by a fifth of 500/10000
     * // => State[coefficient=0.202, applied=0.202]
     * }</pre>
     *
     * @param coefficient the first weight, at least 0
     * @param target the KL wanted, above 0
     * @param horizon steps over which the weight adapts, above 0
     */
    record AdaptiveKl(double coefficient, double target, double horizon) implements KlController {
        public AdaptiveKl {
            Check.notNegative("coefficient", coefficient);
            Check.positive("target", target);
            Check.positive("horizon", horizon);
        }

        @Override
        public State initial() {
            return new State(coefficient, coefficient);
        }

        @Override
        public State next(State state, double measured, long steps) {
            check(measured, steps);
            double error = Math.min(Math.max(measured / target - 1, -0.2), 0.2);
            double moved = state.coefficient() * (1 + error * steps / horizon);
            return new State(moved, moved);
        }
    }

    /**
     * The weight of an entropy bonus that acts only while entropy is low. He et al. 2025 (Skywork-OR1), section 4.
     *
     * <p>Entropy at most the target raises the weight by {@code delta}, otherwise it falls by {@code delta}, between
     * the bounds. It is applied only if the step before measured at most the target, so never in the first step. The
     * number of steps is not read.
     *
     * <pre>{@code
     * var bonus = new KlController.AdaptiveEntropy(0.01);
     * var first = bonus.next(bonus.initial(), 0.1, 1);      // entropy below its target of 0.2
     * first
     * // => State[coefficient=0.015, applied=0.015]
     * bonus.next(first, 0.5, 1)                             // above it: down again, and not applied
     * // => State[coefficient=0.009999999999999998, applied=0.0]
     * }</pre>
     *
     * @param coefficient the first weight
     * @param delta by how much it moves, at least 0
     * @param min lower bound
     * @param max upper bound
     * @param target the entropy wanted, in nats a token
     */
    record AdaptiveEntropy(double coefficient, double delta, double min, double max, double target)
            implements KlController {
        public AdaptiveEntropy {
            Check.finite("coefficient", coefficient);
            Check.notNegative("delta", delta);
            Check.finite("min", min);
            Check.finite("max", max);
            Check.within("min", min, Double.NEGATIVE_INFINITY, max);
            Check.finite("target", target);
        }

        /** By 0.005 between 0 and 1, for an entropy of 0.2. */
        public AdaptiveEntropy(double coefficient) {
            this(coefficient, 0.005, 0, 1, 0.2);
        }

        @Override
        public State initial() {
            return new State(coefficient, 0);
        }

        @Override
        public State next(State state, double measured, long steps) {
            check(measured, steps);
            boolean low = measured <= target;
            double moved =
                    low ? Math.min(state.coefficient() + delta, max) : Math.max(state.coefficient() - delta, min);
            return new State(moved, low ? moved : 0);
        }
    }
}
