package org.rewardlab.lab.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;

/**
 * Diffusion in the plane: points that a drift carries from noise to a goal in a few steps, {@code x(t-1) = x(t) + f(x(t), t) + sigma z}.
 *
 * <p>Each step is a Gaussian action, so that the trajectory has a likelihood and the drift a policy gradient. Goals lie on a circle, one for each
 * prompt; a sample is worth {@code exp(-|x0 - goal|^2 / 2)}. Deng et al. 2024 (PRDP), part B.
 *
 * @param steps from noise to sample, at least 1
 * @param sigma deviation of the noise of a step
 * @param prompts how many, with goals evenly around the circle
 * @param radius of the circle
 */
public record PlanarDiffusion(int steps, double sigma, int prompts, double radius) {

    /** A point of the plane. */
    public record Point(double x, double y) {
        /** The sum of two points. */
        public Point plus(Point other) {
            return new Point(x + other.x, y + other.y);
        }

        /** The square of the distance. */
        public double squaredDistance(Point other) {
            double dx = x - other.x;
            double dy = y - other.y;
            return dx * dx + dy * dy;
        }
    }

    /** How far a point is carried, besides noise. */
    @FunctionalInterface
    public interface Drift {
        /** The drift at a point, for a prompt, with {@code time} going from steps down to 1. */
        Point at(Point point, int prompt, int time);
    }

    /**
     * A trajectory.
     *
     * @param prompt which goal was asked for
     * @param points steps + 1 of them, the noise first and the sample last
     * @param reward of the sample
     */
    public record Trajectory(int prompt, List<Point> points, double reward) {
        public Trajectory {
            points = List.copyOf(points);
        }
    }

    public PlanarDiffusion {
        Check.atLeast("steps", steps, 1);
        Check.positive("sigma", sigma);
        Check.atLeast("prompts", prompts, 1);
        Check.notNegative("radius", radius);
    }

    /** Eight steps with noise 0.3 to goals on a circle of radius 1.5. */
    public PlanarDiffusion(int prompts) {
        this(8, 0.3, prompts, 1.5);
    }

    /** The goal of a prompt. */
    public Point goal(int prompt) {
        Check.within("prompt", prompt, 0, prompts - 1);
        double angle = 2 * Math.PI * prompt / prompts;
        return new Point(radius * Math.cos(angle), radius * Math.sin(angle));
    }

    /** What a sample is worth, from 0 to 1. */
    public double reward(Point sample, int prompt) {
        return Math.exp(-sample.squaredDistance(goal(prompt)) / 2);
    }

    /** A trajectory from standard normal noise. */
    public Trajectory sample(Drift drift, int prompt, RandomGenerator random) {
        Check.within("prompt", prompt, 0, prompts - 1);
        Point point = new Point(random.nextGaussian(), random.nextGaussian());
        List<Point> points = new ArrayList<>(List.of(point));
        for (int time = steps; time >= 1; time--) {
            Point noise = new Point(sigma * random.nextGaussian(), sigma * random.nextGaussian());
            point = point.plus(drift.at(point, prompt, time)).plus(noise);
            points.add(point);
        }
        return new Trajectory(prompt, points, reward(point, prompt));
    }

    /** The log-density of each step of a trajectory under a drift, in nats. */
    public double[] stepLogps(Drift drift, Trajectory trajectory) {
        double[] logps = new double[steps];
        for (int i = 0; i < steps; i++) {
            Point from = trajectory.points().get(i);
            Point mean = from.plus(drift.at(from, trajectory.prompt(), steps - i));
            double squared = mean.squaredDistance(trajectory.points().get(i + 1));
            logps[i] = -squared / (2 * sigma * sigma) - Math.log(2 * Math.PI * sigma * sigma);
        }
        return logps;
    }
}
