package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.ejml.data.SingularMatrixException;
import org.ejml.simple.SimpleMatrix;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.PrefixMask;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Rewards of steps from returns of episodes in closed form, for a linear decoder of latent factors: ridge regression of the
 * episodes' mean rewards on their mean factors.
 *
 * <p>With X the mean of the factors over the steps of each episode and y = return / steps, {@code w = (X'X + lambda I)^-1 X'y}, no
 * intercept; a step's proxy reward is {@code factors . w}. It minimises {@link ReturnDecomposition} over all steps, plus {@code lambda
 * |w|^2 / B}. A lambda without end gives w = 0.
 *
 * @param lambda strength of the penalty, at least 0; 0 needs at least as many episodes as factors
 */
public record LatentRidge(double lambda) implements Serializable {

    public LatentRidge {
        Check.notNegative("lambda", lambda);
    }

    /**
     * What was fitted.
     *
     * @param weights of the factors (D)
     * @param proxyRewards of each step (B,T), 0 on padding
     */
    public record Fit(NDArray weights, NDArray proxyRewards) {}

    /**
     * Fits the weights; constant.
     *
     * @param latent factors of each step (B,T,D)
     * @param mask 1 on the steps of each episode, 0 on the padding behind them (B,T)
     * @param returns of the episodes (B)
     * @throws IllegalArgumentException for shapes that do not fit, an episode without step, a mask with holes, numbers that are not
     *     finite, lambda 0 with more factors than episodes or with factors that depend on each other
     */
    public Fit fit(NDArray latent, NDArray mask, NDArray returns) {
        int[] lengths = check(latent, mask);
        Check.shape("returns", returns, lengths.length);
        ValueCheck.of().finite("returns", returns).run();
        int factors = (int) latent.getShape().get(2);
        if (lambda == 0 && factors > lengths.length) {
            throw Check.failure("lambda", "above 0 for " + factors + " factors of " + lengths.length + " episodes", 0);
        }
        double[] numbers = Tensors.toDoubles(latent);
        double[] given = Tensors.toDoubles(returns);
        int steps = (int) latent.getShape().get(1);
        SimpleMatrix means = new SimpleMatrix(lengths.length, factors);
        SimpleMatrix targets = new SimpleMatrix(lengths.length, 1);
        for (int b = 0; b < lengths.length; b++) {
            targets.set(b, 0, given[b] / lengths[b]);
            for (int d = 0; d < factors; d++) {
                double sum = 0;
                for (int t = 0; t < lengths[b]; t++) {
                    sum += numbers[(b * steps + t) * factors + d];
                }
                means.set(b, d, sum / lengths[b]);
            }
        }
        double[] weights = solve(means, targets);
        NDArray array = Tensors.create(latent.getManager(), weights, latent.getDataType(), factors);
        return new Fit(array, rewards(latent, mask, lengths, weights));
    }

    private double[] solve(SimpleMatrix means, SimpleMatrix targets) {
        SimpleMatrix gram = means.transpose().mult(means);
        SimpleMatrix regular =
                gram.plus(SimpleMatrix.identity(gram.getNumRows()).scale(lambda));
        try {
            double[] weights = regular.solve(means.transpose().mult(targets))
                    .getDDRM()
                    .getData()
                    .clone();
            for (double weight : weights) {
                if (!Double.isFinite(weight)) {
                    throw singular();
                }
            }
            return weights;
        } catch (SingularMatrixException e) {
            IllegalArgumentException failure = singular();
            failure.initCause(e);
            throw failure;
        }
    }

    private IllegalArgumentException singular() {
        return Check.failure("lambda", "a number large enough to tell dependent factors apart", lambda);
    }

    /**
     * The proxy reward of each step of other episodes (B,T), 0 on padding.
     *
     * @param latent factors of each step (B,T,D)
     * @param mask 1 on the steps of each episode (B,T), without holes
     * @param weights of the factors (D)
     */
    public static NDArray rewards(NDArray latent, NDArray mask, NDArray weights) {
        int[] lengths = check(latent, mask);
        Check.shape("weights", weights, latent.getShape().get(2));
        ValueCheck.of().finite("weights", weights).run();
        return rewards(latent, mask, lengths, Tensors.toDoubles(weights));
    }

    private static NDArray rewards(NDArray latent, NDArray mask, int[] lengths, double[] weights) {
        double[] numbers = Tensors.toDoubles(latent);
        int steps = (int) mask.getShape().get(1);
        double[][] rewards = new double[lengths.length][steps];
        for (int b = 0; b < lengths.length; b++) {
            for (int t = 0; t < lengths[b]; t++) {
                for (int d = 0; d < weights.length; d++) {
                    rewards[b][t] += numbers[(b * steps + t) * weights.length + d] * weights[d];
                }
            }
        }
        return Tensors.fromRows(latent.getManager(), rewards, latent.getDataType());
    }

    private static int[] check(NDArray latent, NDArray mask) {
        Check.rank("latent", latent, 3);
        Check.floating("latent", latent);
        Check.atLeast("latent", latent.getShape().get(2), 1);
        Check.matrix("mask", mask);
        Check.shape("mask", mask, latent.getShape().get(0), latent.getShape().get(1));
        int[] lengths = PrefixMask.positiveLengths("mask", mask);
        double[] numbers = Tensors.toDoubles(latent);
        int row = (int) (latent.getShape().get(1) * latent.getShape().get(2));
        int factors = (int) latent.getShape().get(2);
        for (int b = 0; b < lengths.length; b++) {
            for (int i = b * row; i < b * row + lengths[b] * factors; i++) {
                Check.finite("latent", numbers[i]);
            }
        }
        return lengths;
    }
}
