package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * An environment's reward and an intrinsic one that wears off when it is earned again. Zheng et al. 2024 (ONI), eq. 2.
 *
 * <p>{@code extrinsicCoefficient * extrinsic + intrinsicCoefficient * intrinsic / count^countExponent}. Exponent 0 switches counting
 * off, an extrinsic coefficient of 0 is the setting without rewards.
 *
 * @param extrinsicCoefficient finite; 0.1 for dense scores, 10 for sparse tasks
 * @param intrinsicCoefficient finite
 * @param countExponent at least 0
 */
public record IntrinsicBonus(double extrinsicCoefficient, double intrinsicCoefficient, double countExponent)
        implements Serializable {

    public IntrinsicBonus {
        Check.finite("extrinsicCoefficient", extrinsicCoefficient);
        Check.finite("intrinsicCoefficient", intrinsicCoefficient);
        Check.notNegative("countExponent", countExponent);
    }

    /** 0.1, 0.4 and exponent 3. */
    public IntrinsicBonus() {
        this(0.1, 0.4, 3);
    }

    /**
     * The reward of each step, constant.
     *
     * @param extrinsic reward of the environment (B,T), finite
     * @param intrinsic reward (B,T), finite
     * @param counts how often the step's message has been met in its episode (B,T), at least 1
     * @return (B,T) of the type of the extrinsic reward
     */
    public NDArray combine(NDArray extrinsic, NDArray intrinsic, NDArray counts) {
        Check.matrix("extrinsic", extrinsic);
        Check.floating("extrinsic", extrinsic);
        Check.sameShape("intrinsic", intrinsic, "extrinsic", extrinsic);
        Check.sameShape("counts", counts, "extrinsic", extrinsic);
        ValueCheck.of()
                .finite("extrinsic", extrinsic)
                .finite("intrinsic", intrinsic)
                .run();
        double[] given = Tensors.toDoubles(extrinsic);
        double[] earned = Tensors.toDoubles(intrinsic);
        double[] met = Tensors.toDoubles(counts);
        for (int i = 0; i < given.length; i++) {
            if (!(met[i] >= 1) || Double.isInfinite(met[i])) {
                throw Check.failure("counts", "finite numbers of at least 1", met[i]);
            }
            given[i] = combine(given[i], earned[i], met[i]);
        }
        return Tensors.create(
                extrinsic.getManager(),
                given,
                extrinsic.getDataType(),
                extrinsic.getShape().getShape());
    }

    /** The reward of one step. */
    public double combine(double extrinsic, double intrinsic, double count) {
        return extrinsicCoefficient * extrinsic + intrinsicCoefficient * intrinsic / Math.pow(count, countExponent);
    }
}
