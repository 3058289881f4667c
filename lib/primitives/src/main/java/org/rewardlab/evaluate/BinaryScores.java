package org.rewardlab.evaluate;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.tensor.ValueCheck;

/**
 * How well yes-or-no verdicts agree with labels.
 *
 * <pre>{@code
 * var scores = BinaryScores.of(
 *         nd.create(new float[] {1, 1, 1, 1, 0, 0, 0, 0}),  // verdicts
 *         nd.create(new float[] {1, 1, 1, 0, 1, 1, 1, 0})); // labels
 * scores
 * // => BinaryScores[truePositives=3, falsePositives=1, falseNegatives=3, trueNegatives=1]
 * scores.accuracy()
 * // => 0.5
 * scores.precision()  // of 4 yeses 3 are right
 * // => 0.75
 * scores.recall()     // of 6 positives 3 were seen
 * // => 0.5
 * scores.f1()
 * // => 0.6
 * }</pre>
 *
 * @param truePositives yes, and right
 * @param falsePositives yes, and wrong
 * @param falseNegatives no, and wrong
 * @param trueNegatives no, and right
 */
public record BinaryScores(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

    public BinaryScores {
        Check.atLeast("truePositives", truePositives, 0);
        Check.atLeast("falsePositives", falsePositives, 0);
        Check.atLeast("falseNegatives", falseNegatives, 0);
        Check.atLeast("trueNegatives", trueNegatives, 0);
        Check.atLeast("count", truePositives + falsePositives + falseNegatives + trueNegatives, 1);
    }

    /**
     * The counts of a list of verdicts.
     *
     * @param predicted 0 or 1 (N)
     * @param labels 0 or 1 (N)
     * @throws IllegalArgumentException for none, different lengths, other numbers
     */
    public static BinaryScores of(NDArray predicted, NDArray labels) {
        Check.vector("predicted", predicted);
        Check.sameShape("labels", labels, "predicted", predicted);
        ValueCheck.of().mask("predicted", predicted).mask("labels", labels).run();
        double[] said = Tensors.toDoubles(predicted);
        double[] is = Tensors.toDoubles(labels);
        long[] counts = new long[4];
        for (int i = 0; i < said.length; i++) {
            counts[said[i] != 0 ? (is[i] != 0 ? 0 : 1) : (is[i] != 0 ? 2 : 3)]++;
        }
        return new BinaryScores(counts[0], counts[1], counts[2], counts[3]);
    }

    /** The share of verdicts that are right. */
    public double accuracy() {
        return (truePositives + trueNegatives)
                / (double) (truePositives + falsePositives + falseNegatives + trueNegatives);
    }

    /** The share of yeses that are right; 0 without any. */
    public double precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    /** The share of positives that were seen; 0 without any. */
    public double recall() {
        return share(truePositives, truePositives + falseNegatives);
    }

    /** The harmonic mean of precision and recall, 0 where both are. */
    public double f1() {
        return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }
}
