package org.rewardlab.lab.environment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.rewardlab.reward.RewardTransform;
import org.rewardlab.reward.ScoredResponses;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * A world of one number in which hacking the reward pays: the proxy rises for ever, what is wanted rises to 5 and then
 * falls. The policy is a normal distribution around a mean that it learns; its reference stays where it started.
 *
 * <p>One of these is one run: it changes as it learns.
 */
public final class GaussianHacking {

    /** Where the policy and its reference start. */
    public static final double START = 2;

    /** Standard deviation of the actions. */
    public static final double DEVIATION = 0.7;

    private static final double PEAK = 5;
    private static final double SLOPE = 1.2;
    private static final double NOISE = 0.3;
    private static final int POINTS = 41;

    private final RandomGenerator random;
    private double mean = START;

    /** The world at its start. */
    public GaussianHacking(RandomGenerator random) {
        this.random = random;
    }

    /** What is wanted: {@code a - 2} up to 5, then as steeply down. */
    public static double gold(double action) {
        return action <= PEAK ? action - START : PEAK - START - (action - PEAK);
    }

    /** Actions of the policy. */
    public double[] sample(int count) {
        return drawn(mean, (int) Check.atLeast("count", count, 1));
    }

    /** What is paid for actions: {@code 1.2 (a - 2)} and noise of 0.3. */
    public double[] proxy(double... actions) {
        return Arrays.stream(actions)
                .map(action -> SLOPE * (action - START) + NOISE * random.nextGaussian())
                .toArray();
    }

    /** What is paid for fresh actions of the reference, so many for each row. */
    public double[][] references(int rows, int count) {
        Check.atLeast("rows", rows, 1);
        Check.atLeast("count", count, 1);
        double[][] rewards = new double[rows][];
        for (int b = 0; b < rows; b++) {
            rewards[b] = proxy(drawn(START, count));
        }
        return rewards;
    }

    /**
     * What a shape pays for actions: their proxy rewards, shaped beside those of fresh actions of the reference.
     *
     * @param references how many for each action
     */
    public double[] paid(RewardTransform shape, int references, double... actions) {
        double[][] others = references(actions.length, references);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray rewards = Tensors.create(manager, proxy(actions), DataType.FLOAT64, actions.length);
            return Tensors.toDoubles(shape.transform(
                    new ScoredResponses(rewards).withReferences(Tensors.fromRows(manager, others, DataType.FLOAT64))));
        }
    }

    /** The log-ratio of policy and reference at an action, nats. */
    public double logRatio(double action) {
        double fromStart = (action - START) / DEVIATION;
        double fromMean = (action - mean) / DEVIATION;
        return (fromStart * fromStart - fromMean * fromMean) / 2;
    }

    /** KL divergence of the policy from its reference, nats. */
    public double kl() {
        double distance = (mean - START) / DEVIATION;
        return distance * distance / 2;
    }

    /** One step of REINFORCE on the mean, the batch mean as the baseline. */
    public void reinforce(double[] actions, double[] rewards, double stepSize) {
        if (rewards.length != actions.length || actions.length == 0) {
            throw Check.failure("rewards", "one for each of at least one action", rewards.length);
        }
        double baseline = Arrays.stream(rewards).average().orElseThrow();
        double gradient = 0;
        for (int b = 0; b < actions.length; b++) {
            gradient += (rewards[b] - baseline) * (actions[b] - mean) / (DEVIATION * DEVIATION);
        }
        mean += stepSize * gradient / actions.length;
    }

    /** What the policy achieves of what is wanted: the mean over 41 points within two deviations. */
    public double expectedGold() {
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            sum += gold(mean + DEVIATION * (4.0 * i / (POINTS - 1) - 2));
        }
        return sum / POINTS;
    }

    /** What it is paid on average. */
    public double expectedProxy() {
        return SLOPE * (mean - START);
    }

    private double[] drawn(double around, int count) {
        double[] actions = new double[count];
        for (int b = 0; b < count; b++) {
            actions[b] = around + DEVIATION * random.nextGaussian();
        }
        return actions;
    }
}
