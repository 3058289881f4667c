package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a response that was cut off is worth, as in OpenRLHF.
 *
 * <p>Truncated responses get {@code reward * coefficient} for a coefficient in [0, 1] (1 changes nothing), the
 * coefficient itself where it is negative.
 *
 * <pre>{@code
 * var responses = new ScoredResponses(nd.create(new float[] {1, 1}))
 *         .withTruncated(nd.create(new float[] {0, 1}));
 * new StopProperly(0.5).transform(responses)
 * // => ND: (2) cpu() float32 [1., 0.5]
 * new StopProperly(-1).transform(responses)
 * // => ND: (2) cpu() float32 [1., -1.]
 * }</pre>
 *
 * @param coefficient at most 1
 */
public record StopProperly(double coefficient) implements RewardTransform {

    public StopProperly {
        Check.finite("coefficient", coefficient);
        if (coefficient > 1) {
            throw Check.failure("coefficient", "a number of at most 1", coefficient);
        }
    }

    /** {@inheritDoc} Reads rewards and truncated. */
    @Override
    public NDArray transform(ScoredResponses responses) {
        NDArray truncated = Check.present("truncated", responses.truncated(), "the stop-properly penalty");
        ValueCheck.of().mask("truncated", truncated).run();
        double[] cut = Tensors.toDoubles(truncated);
        double[] rewards = responses.requireRewards();
        for (int b = 0; b < rewards.length; b++) {
            if (cut[b] != 0) {
                rewards[b] = coefficient < 0 ? coefficient : rewards[b] * coefficient;
            }
        }
        return responses.rewardsOf(rewards);
    }
}
