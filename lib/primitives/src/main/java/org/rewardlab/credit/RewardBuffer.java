package org.rewardlab.credit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * The newest raw rewards, as statistics to normalise by. A value: {@link #next} gives the buffer after another batch.
 *
 * @param capacity how many are kept, at least 1
 * @param rewards the newest, oldest first, finite
 */
public record RewardBuffer(int capacity, List<Double> rewards) implements Serializable {

    /** How many rewards are kept unless told otherwise. */
    public static final int CAPACITY = 512;

    public RewardBuffer {
        Check.atLeast("capacity", capacity, 1);
        for (double reward : rewards) {
            Check.finite("rewards", reward);
        }
        rewards = List.copyOf(rewards.subList(Math.max(rewards.size() - capacity, 0), rewards.size()));
    }

    /** An empty buffer for 512 rewards. */
    public static RewardBuffer initial() {
        return initial(CAPACITY);
    }

    /** An empty buffer. */
    public static RewardBuffer initial(int capacity) {
        return new RewardBuffer(capacity, List.of());
    }

    /** The buffer after more rewards; the oldest fall out. */
    public RewardBuffer next(double... more) {
        List<Double> all = new ArrayList<>(rewards);
        for (double reward : more) {
            all.add(reward);
        }
        return new RewardBuffer(capacity, all);
    }

    double[] toArray() {
        return rewards.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
