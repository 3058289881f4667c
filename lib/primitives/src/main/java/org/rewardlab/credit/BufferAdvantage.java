package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.Arrays;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.NanMoments;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Rewards standardised by the rewards of earlier batches, and clipped. Shi et al. 2021 (Refine and Imitate), released code.
 *
 * <p>{@code clamp((r - mean) / (std + epsilon), -clip, clip)}, deviation with divisor n, both of the buffer, or of the rewards themselves
 * while it is empty. Where the buffer does not vary the ratio is huge and the clamp bounds it; a reward at the mean gives 0.
 *
 * @param clip largest advantage, above 0
 * @param epsilon what is added to the standard deviation, above 0
 */
public record BufferAdvantage(double clip, double epsilon) implements Serializable {

    public BufferAdvantage {
        Check.positive("clip", clip);
        Check.positive("epsilon", epsilon);
    }

    /** At most 2, with epsilon 1e-5. */
    public BufferAdvantage() {
        this(2, 1e-5);
    }

    /**
     * The advantage of each reward (N), constant.
     *
     * @param rewards (N), finite
     * @param buffer earlier rewards, without these
     */
    public NDArray estimate(NDArray rewards, RewardBuffer buffer) {
        Check.vector("rewards", rewards);
        Check.floating("rewards", rewards);
        ValueCheck.of().finite("rewards", rewards).run();
        double[] advantages = Tensors.toDoubles(rewards);
        double[] seen = buffer.rewards().isEmpty() ? advantages.clone() : buffer.toArray();
        double mean = NanMoments.mean(seen);
        double variance = Arrays.stream(seen).map(r -> (r - mean) * (r - mean)).sum() / seen.length;
        double deviation = Math.sqrt(variance) + epsilon;
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] = Math.min(Math.max((advantages[i] - mean) / deviation, -clip), clip);
        }
        return Tensors.create(rewards.getManager(), advantages, rewards.getDataType(), advantages.length);
    }
}
