package org.rewardlab.policy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;

/**
 * How the multipliers of constraints move: up while a component reward is below its threshold, down above it. Moskovitz
 * et al. 2023, by gradient descent with momentum on {@code sum_i squash(mu_i) (v_i - theta_i)}.
 *
 * <p>{@code g = squash'(mu) (v - theta)}, scaled down to a norm of at most {@code maxGradNorm} ({@code g min(1, max / (|g| +
 * 1e-6))}); {@code velocity = momentum velocity + g}; {@code mu -= lr velocity}. Without squashing, multipliers of
 * inequalities stay at 0 or above. With {@link Squash#TANH} a weight becomes negative and pushes the component back.
 *
 * <pre>{@code
 * var multipliers = new LagrangeMultipliers(0.1, 0.5, 10, Squash.NONE, false);
 * var first = multipliers.next(
 *         new LagrangeMultipliers.State(List.of(0.5, 0.5)),
 *         List.of(1.0, 3.0),   // values: one too low, one more than enough
 *         List.of(2.0, 2.0));  // thresholds
 * first
 * // => State[multipliers=[0.6, 0.4], velocity=[-1.0, 1.0], gradient=[-1.0, 1.0]]
 * multipliers.next(first, List.of(1.0, 3.0), List.of(2.0, 2.0)).multipliers() // momentum: 1.5 times as far
 * // => [0.75, 0.25]
 * new LagrangeMultipliers(Squash.SIGMOID).weights(new LagrangeMultipliers.State(List.of(0.0, -20.0)))
 * // => [0.5, 2.0611536181902033E-9]
 * }</pre>
 *
 * @param lr step size, above 0
 * @param momentum in [0, 1)
 * @param maxGradNorm above 0
 * @param squash how multipliers become weights
 * @param equality whether constraints hold in both directions; matters without squashing only
 */
public record LagrangeMultipliers(double lr, double momentum, double maxGradNorm, Squash squash, boolean equality)
        implements Serializable {

    public LagrangeMultipliers {
        Check.positive("lr", lr);
        Check.withinHalfOpen("momentum", momentum, 0, 1);
        Check.positive("maxGradNorm", maxGradNorm);
    }

    /** With step size 0.1, momentum 0.1 and a gradient norm of at most 0.5; equalities if the weights are a tanh. */
    public LagrangeMultipliers(Squash squash) {
        this(0.1, 0.1, 0.5, squash, squash == Squash.TANH);
    }

    /**
     * Multipliers at some step.
     *
     * @param multipliers one for each constraint
     * @param velocity what momentum carries on, one for each
     * @param gradient of the last step after clipping, one for each; zeros at the start
     */
    public record State(List<Double> multipliers, List<Double> velocity, List<Double> gradient)
            implements Serializable {

        public State {
            multipliers = finite("multipliers", multipliers);
            velocity = finite("velocity", velocity);
            gradient = finite("gradient", gradient);
            sameSize("velocity", velocity, multipliers);
            sameSize("gradient", gradient, multipliers);
        }

        /** At the start of a step. */
        public State(List<Double> multipliers, List<Double> velocity) {
            this(multipliers, velocity, Collections.nCopies(multipliers.size(), 0.0));
        }

        /** At rest. */
        public State(List<Double> multipliers) {
            this(multipliers, Collections.nCopies(multipliers.size(), 0.0));
        }
    }

    /**
     * The start: one draw of N(0, 0.01), standard deviation, that all constraints share, or 0.5 each without squashing.
     *
     * @param constraints how many, at least 1
     */
    public State initial(int constraints, RandomGenerator random) {
        Check.atLeast("constraints", constraints, 1);
        double first = squash == Squash.NONE ? 0.5 : 0.01 * random.nextGaussian();
        return new State(Collections.nCopies(constraints, first));
    }

    /**
     * The multipliers after a step.
     *
     * @param values batch mean of each component's undiscounted reward-to-go
     * @param thresholds what each should reach
     * @throws IllegalArgumentException for sizes that differ, no constraint, numbers that are not finite
     */
    public State next(State state, List<Double> values, List<Double> thresholds) {
        List<Double> mu = state.multipliers();
        Check.atLeast("multipliers", mu.size(), 1);
        sameSize("values", finite("values", values), mu);
        sameSize("thresholds", finite("thresholds", thresholds), mu);
        double[] g = new double[mu.size()];
        double squares = 0;
        for (int i = 0; i < g.length; i++) {
            g[i] = squash.slope(mu.get(i)) * (values.get(i) - thresholds.get(i));
            squares += g[i] * g[i];
        }
        double scale = Math.min(1, maxGradNorm / (Math.sqrt(squares) + 1e-6));
        List<Double> gradient = new ArrayList<>();
        List<Double> velocity = new ArrayList<>();
        List<Double> moved = new ArrayList<>();
        for (int i = 0; i < g.length; i++) {
            gradient.add(g[i] * scale);
            velocity.add(momentum * state.velocity().get(i) + gradient.get(i));
            double next = mu.get(i) - lr * velocity.get(i);
            moved.add(squash == Squash.NONE && !equality ? Math.max(next, 0) : next);
        }
        return new State(moved, velocity, gradient);
    }

    /** The weight of each constraint. */
    public List<Double> weights(State state) {
        return state.multipliers().stream().map(squash::weight).toList();
    }

    private static List<Double> finite(String name, List<Double> numbers) {
        numbers.forEach(number -> Check.finite(name, number));
        return List.copyOf(numbers);
    }

    private static void sameSize(String name, List<Double> numbers, List<Double> multipliers) {
        if (numbers.size() != multipliers.size()) {
            throw Check.failure(name, multipliers.size() + " numbers, one for each multiplier", numbers.size());
        }
    }
}
