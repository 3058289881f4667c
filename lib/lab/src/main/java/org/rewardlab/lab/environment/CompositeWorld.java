package org.rewardlab.lab.environment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;

/**
 * Responses with two component rewards, each a proxy that is good only up to a point: beyond 0.65 of the first and 0.60 of
 * the second, more of it makes the responses worse. Whoever pushes the components up overshoots.
 *
 * <p>The components are drawn from normal distributions of a given correlation and scaled to [0, 1] over all responses.
 */
public final class CompositeWorld {

    /** How much of each component is best. */
    public static final List<Double> PROXY_POINTS = List.of(0.65, 0.60);

    private static final double FALL = 4;

    private final double[][] rewards;

    /**
     * Draws the responses.
     *
     * @param responses how many, at least 2
     * @param correlation of the components before scaling, in [-1, 1]
     */
    public CompositeWorld(int responses, double correlation, RandomGenerator random) {
        Check.atLeast("responses", responses, 2);
        Check.within("correlation", correlation, -1, 1);
        rewards = new double[responses][2];
        for (double[] reward : rewards) {
            reward[0] = random.nextGaussian();
            reward[1] = correlation * reward[0] + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
        }
        scale(0);
        scale(1);
    }

    private void scale(int component) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] reward : rewards) {
            low = Math.min(low, reward[component]);
            high = Math.max(high, reward[component]);
        }
        for (double[] reward : rewards) {
            reward[component] = (reward[component] - low) / (high - low);
        }
    }

    /** How many responses there are. */
    public int responses() {
        return rewards.length;
    }

    /** The two component rewards of a response. */
    public List<Double> rewards(int response) {
        return List.of(rewards[response][0], rewards[response][1]);
    }

    /**
     * What a policy earns of each component on average.
     *
     * @param probabilities of the responses
     */
    public List<Double> expected(double... probabilities) {
        if (probabilities.length != rewards.length) {
            throw Check.failure("probabilities", "one for each of " + rewards.length, probabilities.length);
        }
        double first = 0;
        double second = 0;
        for (int a = 0; a < rewards.length; a++) {
            first += probabilities[a] * rewards[a][0];
            second += probabilities[a] * rewards[a][1];
        }
        return List.of(first, second);
    }

    /** What is wanted of a policy with these expected components: {@code 1 - 4 |v - (0.65, 0.60)|^2}, at most 1. */
    public static double gold(List<Double> expected) {
        double first = expected.get(0) - PROXY_POINTS.get(0);
        double second = expected.get(1) - PROXY_POINTS.get(1);
        return 1 - FALL * (first * first + second * second);
    }
}
