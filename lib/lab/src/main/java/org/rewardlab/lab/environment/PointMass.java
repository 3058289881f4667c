package org.rewardlab.lab.environment;

import org.rewardlab.tensor.Check;

/**
 * A mass in the plane that is pushed to a goal: the smallest world for planning and control.
 *
 * <p>A push is an acceleration of at most {@code maxPush} in each direction. Velocities change first, then positions: {@code v' = v + dt a, x' = x +
 * dt v'}. The reward is minus the distance to the goal after the step, minus a price on the square of the push.
 *
 * @param dt length of a step
 * @param maxPush bound on each component of a push
 * @param pushPrice price of a push of size 1
 * @param goalX of the goal
 * @param goalY of the goal
 */
public record PointMass(double dt, double maxPush, double pushPrice, double goalX, double goalY) {

    /**
     * Position and velocity.
     *
     * @param x position
     * @param y position
     * @param vx velocity
     * @param vy velocity
     */
    public record State(double x, double y, double vx, double vy) {}

    /**
     * What a push led to.
     *
     * @param state after it
     * @param reward of the step
     */
    public record Outcome(State state, double reward) {}

    public PointMass {
        Check.positive("dt", dt);
        Check.positive("maxPush", maxPush);
        Check.notNegative("pushPrice", pushPrice);
        Check.finite("goalX", goalX);
        Check.finite("goalY", goalY);
    }

    /** Steps of 0.05, pushes up to 1 at a price of 0.001, the goal at (1, 1). */
    public PointMass() {
        this(0.05, 1, 1e-3, 1, 1);
    }

    /** At rest in the origin. */
    public State start() {
        return new State(0, 0, 0, 0);
    }

    /** The distance to the goal. */
    public double distance(State state) {
        return Math.hypot(state.x() - goalX, state.y() - goalY);
    }

    /** One step; pushes beyond the bound are cut. */
    public Outcome step(State state, double pushX, double pushY) {
        double ax = Math.max(-maxPush, Math.min(maxPush, Check.finite("pushX", pushX)));
        double ay = Math.max(-maxPush, Math.min(maxPush, Check.finite("pushY", pushY)));
        double vx = state.vx() + dt * ax;
        double vy = state.vy() + dt * ay;
        State after = new State(state.x() + dt * vx, state.y() + dt * vy, vx, vy);
        return new Outcome(after, -distance(after) - pushPrice * (ax * ax + ay * ay));
    }
}
