package org.rewardlab.policy;

import org.rewardlab.tensor.Loss;

/** What a critic is trained by. {@code losses} are the token losses (B,T) before aggregation. */
@FunctionalInterface
public interface ValueLoss extends Loss<ValueBatch> {

    /** Half the mean squared error over counted tokens. */
    static ValueLoss squared() {
        return new SquaredValue();
    }

    /** The same with predictions that may move by at most {@code range} from the old ones; 0.2 and 0.5 are usual. */
    static ValueLoss clipped(double range) {
        return new SquaredValue(range);
    }
}
