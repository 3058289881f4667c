package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/** The score of a step against explicit principles. */
public final class PrincipleScore {

    private PrincipleScore() {}

    /**
     * Points obtained of points possible over the principles that apply. Xu et al. 2025 (PPR).
     *
     * <p>Points are clamped to [0, max]. A step that no principle applies to scores 0. Multiplying points and possible points
     * alike changes nothing.
     *
     * @param points given by a judge (B,K,P)
     * @param maxPoints possible (B,K,P), above 0 where a principle applies
     * @param mask 1 where a principle applies (B,K,P)
     * @return (B,K) in [0, 1], constant
     * @throws IllegalArgumentException for shapes that differ, NaN points and possible points that are not finite and above 0
     *     where a principle applies
     */
    public static NDArray of(NDArray points, NDArray maxPoints, NDArray mask) {
        Check.rank("points", points, 3);
        Check.floating("points", points);
        Check.sameShape("maxPoints", maxPoints, "points", points);
        Check.sameShape("mask", mask, "points", points);
        ValueCheck.of().mask("mask", mask).run();
        long[] shape = points.getShape().getShape();
        double[] given = Tensors.toDoubles(points);
        double[] most = Tensors.toDoubles(maxPoints);
        double[] counted = Tensors.toDoubles(mask);
        double[] scores = new double[(int) (shape[0] * shape[1])];
        for (int step = 0; step < scores.length; step++) {
            double obtained = 0;
            double possible = 0;
            for (int i = step * (int) shape[2]; i < (step + 1) * (int) shape[2]; i++) {
                if (counted[i] != 0) {
                    if (Double.isNaN(given[i])) {
                        throw Check.failure("points", "numbers", given[i]);
                    }
                    obtained += Math.min(Math.max(given[i], 0), Check.positive("maxPoints", most[i]));
                    possible += most[i];
                }
            }
            scores[step] = possible == 0 ? 0 : obtained / possible;
        }
        return Tensors.create(points.getManager(), scores, points.getDataType(), shape[0], shape[1]);
    }
}
