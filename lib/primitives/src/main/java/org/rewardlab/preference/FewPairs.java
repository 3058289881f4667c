package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.function.DoubleBinaryOperator;
import org.rewardlab.tensor.Tensors;

/**
 * A paired loss in the margin alone, of unweighted pairs under reverse KL, in one loop over Java numbers: what
 * {@link PairFormula} computes, for a few hundred pairs on the CPU.
 *
 * @param loss of a margin {@code z} and the second number {@code e} of the loss
 * @param slope its derivative with respect to {@code z}
 */
record FewPairs(DoubleBinaryOperator loss, DoubleBinaryOperator slope) {

    /**
     * Loss, losses, metrics and the derivatives by the first two arrays.
     *
     * @param logps chosen and rejected under the policy, then under the reference
     */
    NDArray[] lossAndGradients(NDArray[] logps, double beta, double second) {
        double[] chosen = Tensors.toDoubles(logps[0]);
        double[] rejected = Tensors.toDoubles(logps[1]);
        double[] refChosen = Tensors.toDoubles(logps[2]);
        double[] refRejected = Tensors.toDoubles(logps[3]);
        int n = chosen.length;
        double[] losses = new double[n];
        double[] sums = new double[6];
        double total = 0;
        for (int i = 0; i < n; i++) {
            double up = beta * (chosen[i] - refChosen[i]);
            double down = beta * (rejected[i] - refRejected[i]);
            double z = up - down;
            sums[0] += up;
            sums[1] += down;
            sums[2] += up > down ? 1 : 0;
            sums[3] += z;
            sums[4] += chosen[i];
            sums[5] += rejected[i];
            losses[i] = loss.applyAsDouble(z, second);
            total += losses[i];
            chosen[i] = beta / n * slope.applyAsDouble(z, second);
            rejected[i] = -chosen[i];
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] /= n;
        }
        NDArray like = logps[0];
        return new NDArray[] {
            Tensors.scalar(like, total / n),
            Tensors.vector(like, losses),
            Tensors.vector(like, sums),
            Tensors.vector(like, chosen),
            Tensors.vector(logps[1], rejected)
        };
    }
}
