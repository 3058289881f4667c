package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;

/** Rollouts with every array that an estimator of this package may read, and changes of them. */
final class Drawn {

    private Drawn() {}

    /** Binary outcome rewards on the last column, everything else random. */
    static Rollouts rollouts(Draws draw, NDArray mask) {
        int rows = (int) mask.getShape().get(0);
        int tokens = (int) mask.getShape().get(1);
        double[][] rewards = new double[rows][tokens];
        for (double[] row : rewards) {
            row[tokens - 1] = draw.random().nextInt(2);
        }
        return withRewards(draw, draw.matrix(rewards), mask);
    }

    /** Dense random rewards. */
    static Rollouts dense(Draws draw, NDArray mask) {
        return withRewards(draw, draw.normal(mask.getShape().getShape()), mask);
    }

    private static Rollouts withRewards(Draws draw, NDArray rewards, NDArray mask) {
        int rows = (int) mask.getShape().get(0);
        long[] shape = mask.getShape().getShape();
        return Rollouts.of(rewards, mask)
                .withValues(draw.normal(shape))
                .withLogps(draw.logps(shape))
                .withRefLogps(draw.logps(shape))
                .withOldLogps(draw.logps(shape))
                .withSquaredProbabilities(draw.uniform(0.1, 0.9, shape))
                .withIsWeights(draw.uniform(0.5, 1.5, shape))
                .withGroups(draw.groups(rows, 2))
                .withBaselines(draw.normal(rows))
                .withOutcomes(draw.flags(rows));
    }

    /** The rows in another order. */
    static Rollouts permuted(Draws draw, Rollouts r, int[] order) {
        return each(r, array -> draw.permuted(array, order));
    }

    /** More columns: rewards 0, the mask 0, and a given number everywhere else. */
    static Rollouts padded(Draws draw, Rollouts r, int left, int right, double number) {
        Rollouts wide =
                each(r, array -> array.getShape().dimension() == 1 ? array : draw.padded(array, left, right, number));
        return new Rollouts(
                draw.padded(r.rewards(), left, right, 0),
                draw.padded(r.mask(), left, right, 0),
                wide.logps(),
                wide.values(),
                wide.refLogps(),
                wide.oldLogps(),
                wide.groups(),
                null,
                null,
                null,
                wide.baselines(),
                wide.squaredProbabilities(),
                wide.isWeights(),
                wide.outcomes(),
                null);
    }

    /** The same numbers in another type; groups stay integers. */
    static Rollouts as(Rollouts r, DataType type) {
        return each(
                r,
                array -> array.getDataType() == DataType.INT64
                        ? array
                        : Tensors.create(
                                array.getManager(),
                                Tensors.toDoubles(array),
                                type,
                                array.getShape().getShape()));
    }

    private static Rollouts each(Rollouts r, java.util.function.UnaryOperator<NDArray> change) {
        return new Rollouts(
                change.apply(r.rewards()),
                change.apply(r.mask()),
                change.apply(some(r.logps())),
                change.apply(some(r.values())),
                change.apply(some(r.refLogps())),
                change.apply(some(r.oldLogps())),
                change.apply(some(r.groups())),
                null,
                null,
                null,
                change.apply(some(r.baselines())),
                change.apply(some(r.squaredProbabilities())),
                change.apply(some(r.isWeights())),
                change.apply(some(r.outcomes())),
                null);
    }

    private static NDArray some(@org.jspecify.annotations.Nullable NDArray array) {
        return java.util.Objects.requireNonNull(array);
    }
}
