package org.rewardlab.credit;

import java.io.Serializable;
import org.rewardlab.tensor.Check;

/**
 * Bounds that rewards are clipped to, either of which may be infinite.
 *
 * <pre>{@code
 * new RewardBounds(-5, 5).clip(7)
 * // => 5.0
 * }</pre>
 *
 * @param low at most {@code high}
 * @param high at least {@code low}
 */
public record RewardBounds(double low, double high) implements Serializable {

    public RewardBounds {
        if (!(low <= high)) {
            throw Check.failure("bounds", "low at most high", "[" + low + ", " + high + "]");
        }
    }

    /** The nearest number within the bounds; NaN stays NaN. */
    public double clip(double reward) {
        return Math.min(Math.max(reward, low), high);
    }
}
