package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * An intrinsic reward that generalises: 1 where a classifier finds a message helpful. Zheng et al. 2024 (ONI), section 3.2
 * (classification). The classifier is trained by cross-entropy with the labels.
 *
 * @param threshold above which probability of "helpful" a message earns 1, in [0, 1]
 */
public record ClassificationReward(double threshold) implements Serializable {

    private static final Script PROBABILITY = Script.of("""
            def probability(self, logits: Tensor) -> Tensor:
              return torch.sigmoid(torch.sub(torch.select(logits, -1, 1), torch.select(logits, -1, 0)))
            """);

    private static final Script ABOVE = Script.of("""
            def above(self, probability: Tensor, threshold: float) -> Tensor:
              return torch.type_as(torch.gt(probability, threshold), probability)
            """);

    public ClassificationReward {
        Check.within("threshold", threshold, 0, 1);
    }

    /** More likely helpful than not. */
    public ClassificationReward() {
        this(0.5);
    }

    /**
     * 1 where the probability of "helpful" is above the threshold, 0 elsewhere; constant.
     *
     * @param logits of "unhelpful" and "helpful" on the last axis (...,2), finite
     * @return (...)
     */
    public NDArray rewards(NDArray logits) {
        try (NDArray probability = probabilities(logits)) {
            return ABOVE.call(probability, threshold);
        }
    }

    /** The probability of "helpful" (...) of logits (...,2); constant. */
    public static NDArray probabilities(NDArray logits) {
        Check.floating("logits", logits);
        Check.notEmpty("logits", logits);
        int rank = logits.getShape().dimension();
        if (rank == 0 || logits.getShape().get(rank - 1) != 2) {
            throw Check.failure("logits", "two classes on the last axis", "shape " + logits.getShape());
        }
        ValueCheck.of().finite("logits", logits).run();
        try (GradientMode mode = GradientMode.paused()) {
            return PROBABILITY.call(logits);
        }
    }
}
