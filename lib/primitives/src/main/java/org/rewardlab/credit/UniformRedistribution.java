package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * The outcome of a row in equal shares on its counted tokens or steps: what one does who knows nothing of who earned it. Gangwani et al.
 * 2020 (IRCR).
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.zeros(new Shape(2, 3)), nd.create(new float[][] {{1, 1, 1}, {1, 1, 0}}))
 *         .withOutcomes(nd.create(new float[] {6, 6}));
 * new UniformRedistribution().assign(rollouts)
 * // => ND: (2, 3) cpu() float32 [[2., 2., 2.], [3., 3., 0.]]
 * }</pre>
 */
public record UniformRedistribution() implements CreditAssignment {

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.OUTCOMES);
    }

    /** {@inheritDoc} Reads mask and outcomes; rejects a row that counts nothing. */
    @Override
    public NDArray assign(Rollouts rollouts) {
        NDArray outcomes = Check.present("outcomes", rollouts.outcomes(), "uniform redistribution");
        ValueCheck.of()
                .mask("mask", rollouts.mask())
                .finite("outcomes", outcomes)
                .run();
        Groups.requireCounted(rollouts.mask());
        double[] shares = Tensors.toDoubles(outcomes);
        double[] lengths = Groups.lengths(rollouts.mask());
        for (int b = 0; b < shares.length; b++) {
            shares[b] /= lengths[b];
        }
        return Groups.spread(shares, rollouts);
    }
}
