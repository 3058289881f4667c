package org.rewardlab.text;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * Whether a sentence means what an earlier one meant: the cosine of their vectors. The semantic variant of {@link
 * JaccardRepetition}. Shi et al. 2021.
 *
 * <pre>{@code
 * var earlier = nd.create(new float[][] {{4, 3}, {4, -3}});
 * new SemanticRepetition().detect(nd.create(new float[] {3, 4}), earlier) // 24/25, and a right angle
 * // => RepetitionMatch[repetition=true, ratios=[0.96, 0.0]]
 * new SemanticRepetition(0.97).detect(nd.create(new float[] {3, 4}), earlier).repetition()
 * // => false
 * }</pre>
 *
 * @param threshold from which cosine on a sentence repeats another, in (-1, 1]
 */
public record SemanticRepetition(double threshold) implements Serializable {

    public SemanticRepetition {
        if (!(threshold > -1 && threshold <= 1)) {
            throw Check.failure("threshold", "a number in (-1, 1]", threshold);
        }
    }

    /** Vectors less than 45 degrees apart. */
    public SemanticRepetition() {
        this(0.707);
    }

    /**
     * Compares a sentence with earlier ones.
     *
     * @param candidate the vector of the sentence (D)
     * @param contexts the vectors of earlier sentences (N,D); (0,D) is no repetition
     * @throws IllegalArgumentException for other shapes, numbers that are not finite, a vector of zeros
     */
    public RepetitionMatch detect(NDArray candidate, NDArray contexts) {
        Check.vector("candidate", candidate);
        if (contexts.getShape().dimension() != 2) {
            throw Check.failure("contexts", "an array of rank 2", "shape " + contexts.getShape());
        }
        Check.shape(
                "contexts",
                contexts,
                contexts.getShape().get(0),
                candidate.getShape().get(0));
        ValueCheck.of()
                .finite("candidate", candidate)
                .finite("contexts", contexts)
                .run();
        double[] mine = Tensors.toDoubles(candidate);
        double[][] theirs = Tensors.toRows(contexts);
        double[] ratios = new double[theirs.length];
        boolean found = false;
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = dot(mine, theirs[i]) / (norm("candidate", mine) * norm("contexts", theirs[i]));
            found |= ratios[i] >= threshold;
        }
        return RepetitionMatch.of(found, ratios);
    }

    private static double norm(String name, double[] vector) {
        double square = dot(vector, vector);
        if (square == 0) {
            throw Check.failure(name, "a vector that is not 0", "zeros");
        }
        return Math.sqrt(square);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
