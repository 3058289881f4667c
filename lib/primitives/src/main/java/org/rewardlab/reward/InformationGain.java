package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * What a turn taught: by how much the belief in the right answer rose. Wang et al. 2025 (IGPO), eq. 4.
 *
 * <p>The gains of a trajectory telescope: they sum to the last belief minus the first (of logarithms for {@link Kind#LOGPROB}).
 *
 * @param kind what is subtracted
 */
public record InformationGain(Kind kind) implements Serializable {

    /** What is subtracted. */
    public enum Kind {
        /** Probabilities: gains are largest where belief is high. */
        PROB,
        /** Their logarithms: doubling a small belief counts as much as doubling a large one. */
        LOGPROB
    }

    /** Of probabilities. */
    public InformationGain() {
        this(Kind.PROB);
    }

    /**
     * The gain of each turn, 0 outside the mask; constant.
     *
     * @param belief in the answer before the first turn and after each (B,K+1), in (0, 1] beside turns that count
     * @param turnMask 1 on the turns there are (B,K)
     * @return (B,K)
     */
    public NDArray of(NDArray belief, NDArray turnMask) {
        Check.matrix("belief", belief);
        Check.floating("belief", belief);
        Check.matrix("turnMask", turnMask);
        Check.shape(
                "belief",
                belief,
                turnMask.getShape().get(0),
                turnMask.getShape().get(1) + 1);
        ValueCheck.of().mask("turnMask", turnMask).run();
        double[][] beliefs = Tensors.toRows(belief);
        double[][] gains = Tensors.toRows(turnMask);
        for (int b = 0; b < gains.length; b++) {
            for (int k = 0; k < gains[b].length; k++) {
                gains[b][k] = gains[b][k] == 0 ? 0 : value(beliefs[b][k + 1]) - value(beliefs[b][k]);
            }
        }
        return Tensors.fromRows(belief.getManager(), gains, belief.getDataType());
    }

    private double value(double belief) {
        if (!(belief > 0 && belief <= 1)) {
            throw Check.failure("belief", "probabilities in (0, 1]", belief);
        }
        return kind == Kind.PROB ? belief : Math.log(belief);
    }
}
