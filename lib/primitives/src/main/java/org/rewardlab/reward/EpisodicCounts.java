package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/** How often a message has been met in its episode: what makes repeated messages stop paying. */
public final class EpisodicCounts {

    private EpisodicCounts() {}

    /**
     * Occurrences of each message within its episode, this step included. Zheng et al. 2024 (ONI), section 3.2.
     *
     * @param messageIds (B,T), integers; each row is a stream of its own
     * @param done 1 on the last step of an episode (B,T), after which all counts start again
     * @return (B,T), int64, at least 1
     */
    public static NDArray of(NDArray messageIds, NDArray done) {
        double[] ids = MessageIds.of(messageIds);
        Check.sameShape("done", done, "messageIds", messageIds);
        ValueCheck.of().mask("done", done).run();
        double[] ends = Tensors.toDoubles(done);
        int steps = (int) messageIds.getShape().get(1);
        long[] counts = new long[ids.length];
        Map<Long, Long> seen = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (i % steps == 0) {
                seen.clear();
            }
            counts[i] = seen.merge((long) ids[i], 1L, Long::sum);
            if (ends[i] != 0) {
                seen.clear();
            }
        }
        return Tensors.create(
                messageIds.getManager(), counts, messageIds.getShape().getShape());
    }
}
